"""The text of a lesson with all that stands around it, the same for everybody: kept until the content changes."""

from dataclasses import dataclass

from lms.progress.course import LessonEntry, ModuleHead, QuizEntry, course, module_head
from lms.progress.farm import tools_of
from lms.progress.stories import stories_of
from lms.shared.kept import kept
from modules.farm import Tool
from modules.models import LessonRevision, Module
from modules.notes import Meaning, Source, meanings, sources
from modules.querysets import live_revisions
from modules.review import awaits_review
from modules.selectors import best_texts
from modules.shelf import Shelf
from modules.stories import StoryLine


@dataclass(frozen=True, slots=True)
class Heading:
    id: str
    title: str


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """All that is on the page of a lesson, whoever reads it. One is equal to no other: parts of pages are kept by it.

    `lessons` and `quizzes` are those of the module; `at` is this lesson's place among the lessons, from 0. `tools` are
    the tasks and calculators that go with the lesson; the `stories` of its module follow the last one. `awaits` is the
    language whose text waits for its native editor, or empty.
    """

    module: Module
    head: ModuleHead
    lessons: tuple[LessonEntry, ...]
    quizzes: tuple[QuizEntry, ...]
    at: int
    revision: LessonRevision
    contents: tuple[Heading, ...]
    sources: tuple[Source, ...]
    meanings: tuple[Meaning, ...]
    tools: tuple[Tool, ...]
    stories: tuple[StoryLine, ...]
    awaits: str
    is_older_translation: bool

    @property
    def entry(self) -> LessonEntry:
        return self.lessons[self.at]

    @property
    def previous(self) -> LessonEntry | None:
        return self.lessons[self.at - 1] if self.at else None

    @property
    def following(self) -> LessonEntry | None:
        return self.lessons[self.at + 1] if self.at + 1 < len(self.lessons) else None

    @property
    def quiz(self) -> str | None:
        """The final quiz, after the last lesson."""
        return next((quiz.key for quiz in self.quizzes if quiz.is_final and not self.following), None)

    @property
    def practice(self) -> QuizEntry | None:
        """The practice quiz of this lesson."""
        return next((quiz for quiz in self.quizzes if quiz.lesson == self.entry.id and not quiz.is_final), None)


@kept(most=256)
def reading(lesson_key: str, language: str, shelf: Shelf) -> Reading | None:
    """The live text in `language` or, failing that, in the source language. Few queries, once after each change."""
    rows = live_revisions(language).filter(lesson__key=lesson_key).select_related("lesson")
    found = best_texts(rows.defer("source"), language)
    shown = course(language, shelf)
    module = next((module for module in shown.modules if found and module.pk == found[0].lesson.module_id), None)
    if module is None:
        return None
    [revision] = found
    revision.lesson.module = module
    lessons = shown.lessons[module.pk]
    at = next(place for place, entry in enumerate(lessons) if entry.id == revision.lesson_id)
    return Reading(
        module=module,
        head=module_head(module, language),
        lessons=lessons,
        quizzes=shown.quizzes.get(module.pk, ()),
        at=at,
        revision=revision,
        contents=_contents(revision),
        sources=sources(revision, language),
        meanings=meanings(revision.html, module.programme_id, language),
        tools=tuple(tool for tool in tools_of(module.pk, language, shelf) if tool.lesson == revision.lesson_id),
        stories=stories_of(module.pk, language, shelf) if at + 1 == len(lessons) else (),
        awaits=awaits_review(module.programme.review, revision.language),
        is_older_translation=revision.edition < revision.lesson.edition,
    )


def _contents(revision: LessonRevision) -> tuple[Heading, ...]:
    """The headings of the first level, where there are enough of them to choose from."""
    found = tuple(Heading(part["id"], part["title"]) for part in revision.toc if part["level"] == 2)
    return found if len(found) > 1 else ()

"""The text of a lesson with all that stands around it, the same for everybody: kept until the content changes."""

from dataclasses import dataclass

from lms.progress.course import LessonEntry, QuizEntry, course
from lms.shared.kept import kept
from modules.models import LessonRevision, Module
from modules.notes import Meaning, Source, meanings, sources
from modules.querysets import live_revisions
from modules.selectors import best_texts
from modules.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Heading:
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Reading:
    """`lessons` and `quizzes` are those of the module; `at` is this lesson's place among the lessons, from 0."""

    module: Module
    lessons: tuple[LessonEntry, ...]
    quizzes: tuple[QuizEntry, ...]
    at: int
    revision: LessonRevision
    html: str
    contents: tuple[Heading, ...]
    sources: tuple[Source, ...]
    meanings: tuple[Meaning, ...]

    @property
    def quiz(self) -> str | None:
        """The final quiz, after the last lesson."""
        is_last = self.at == len(self.lessons) - 1
        return next((quiz.key for quiz in self.quizzes if quiz.is_final and is_last), None)

    @property
    def practice(self) -> QuizEntry | None:
        """The practice quiz of this lesson."""
        lesson = self.lessons[self.at].id
        return next((quiz for quiz in self.quizzes if quiz.lesson == lesson and not quiz.is_final), None)


@kept(most=256)
def reading(lesson_key: str, language: str, shelf: Shelf) -> Reading | None:
    """The live text in `language` or, failing that, in the source language. Three queries, once after each change."""
    rows = live_revisions(language).filter(lesson__key=lesson_key).select_related("lesson")
    found = best_texts(rows.defer("source"), language)
    shown = course(language, shelf)
    module = next((module for module in shown.modules if found and module.pk == found[0].lesson.module_id), None)
    if module is None:
        return None
    [revision] = found
    lessons = shown.lessons[module.pk]
    revision.lesson.module = module
    return Reading(
        module=module,
        lessons=lessons,
        quizzes=shown.quizzes.get(module.pk, ()),
        at=next(place for place, entry in enumerate(lessons) if entry.id == revision.lesson_id),
        revision=revision,
        html=revision.html,
        contents=_contents(revision),
        sources=sources(revision, language),
        meanings=meanings(revision.html, module.programme_id, language),
    )


def _contents(revision: LessonRevision) -> tuple[Heading, ...]:
    """The headings of the first level, where there are enough of them to choose from."""
    found = tuple(Heading(part["id"], part["title"]) for part in revision.toc if part["level"] == 2)
    return found if len(found) > 1 else ()

"""Questions about what there is to learn and how far one learner has come, shaped for the pages of the site."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from lms.people.models import User
from lms.progress.availability import Allowed, NotOpen, Refused, may_open, may_open_each, require_open
from lms.progress.course import Course, ModuleAbout, ModuleHead, course, module_about, module_head
from lms.progress.farm import tools_of
from lms.progress.lines import lesson_lines, marks, quiz_lines, tries
from lms.progress.models import ModuleProgress, ProgressState
from lms.progress.next_step import LessonLine, QuizLine, Step, Work, next_step
from lms.progress.reading import Reading, reading
from lms.progress.stories import stories_of
from lms.progress.timetable import Due, MyCohort, MyTimetable, my_timetable
from lms.shared.languages import Said, said
from lms.shared.refusals import NotHere
from modules.farm import Tool
from modules.review import awaits_review
from modules.selectors import ModuleCard, ProgrammeOutline
from modules.shelf import Shelf
from modules.stories import StoryLine
from quizzes.models import Attempt, AttemptState


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """A module as one learner sees it in a list. `share` is 0 to 100, of its lessons and its final quiz."""

    card: ModuleCard
    state: str
    done: int
    total: int
    quiz_passed: bool
    best: Decimal | None
    share: int
    refused: Refused | None
    due: Due | None


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    outline: ProgrammeOutline
    modules: tuple[ModuleLine, ...]
    completed: int
    share: int


@dataclass(frozen=True, slots=True)
class LearnerHome:
    step: Step
    programmes: tuple[ProgrammeLine, ...]


@dataclass(frozen=True, slots=True)
class PastAttempt:
    id: str
    quiz: Said
    number: int
    submitted_at: datetime
    score: Decimal
    passed: bool


@dataclass(frozen=True, slots=True)
class MyPage:
    step: Step
    programmes: tuple[ProgrammeLine, ...]
    cohorts: tuple[MyCohort, ...]
    attempts: tuple[PastAttempt, ...]


@dataclass(frozen=True, slots=True)
class ModulePage:
    """`awaits` is the language whose text waits for its native editor, or empty."""

    head: ModuleHead
    summary: Said
    about: ModuleAbout
    refused: Refused | None
    step: Step
    lessons: tuple[LessonLine, ...]
    quizzes: tuple[QuizLine, ...]
    tools: tuple[Tool, ...]
    stories: tuple[StoryLine, ...]
    awaits: str


@dataclass(frozen=True, slots=True)
class StudyPage:
    """A text, the same for everybody, and beside it what one learner has done of its module."""

    text: Reading
    lessons: tuple[LessonLine, ...]
    practice_passed: bool
    done_at: datetime | None
    visited_at: datetime | None

    @property
    def lesson(self) -> LessonLine:
        return self.lessons[self.text.at]

    @property
    def following(self) -> LessonLine | None:
        return self.lessons[self.text.at + 1] if self.text.following else None


# --- Home and "my progress" ------------------------------------------------------------------------------------------


def learner_home(*, learner: User, language: str, now: datetime, shelf: Shelf) -> LearnerHome:
    """The next step and every module with a bar. Five queries."""
    step, programmes = _path(learner, my_timetable(learner=learner, now=now), course(language, shelf), now)
    return LearnerHome(step, programmes)


def my_page(*, learner: User, language: str, now: datetime, shelf: Shelf) -> MyPage:
    """The same with cohorts and finished attempts. Six queries."""
    timetable = my_timetable(learner=learner, now=now)
    step, programmes = _path(learner, timetable, course(language, shelf), now)
    return MyPage(step, programmes, timetable.cohorts, _past_attempts(learner, language))


@dataclass(frozen=True, slots=True)
class _Mine:
    """What one learner has of all modules, each by the module's id."""

    rows: Mapping[int, ModuleProgress]
    lessons: Mapping[int, tuple[LessonLine, ...]]
    quizzes: Mapping[int, tuple[QuizLine, ...]]
    openings: Mapping[int, Allowed | Refused]
    due: Mapping[int, Due]


def _path(
    learner: User, timetable: MyTimetable, shown: Course, now: datetime
) -> tuple[Step, tuple[ProgrammeLine, ...]]:
    known, attempts = marks(learner), tries(learner)
    mine = _Mine(
        rows={row.module_id: row for row in ModuleProgress.objects.filter(learner=learner)},
        lessons={module: lesson_lines(entries, known) for module, entries in shown.lessons.items()},
        quizzes={module: quiz_lines(entries, known, attempts) for module, entries in shown.quizzes.items()},
        openings=may_open_each(learner=learner, modules=shown.modules, now=now),
        due=timetable.due,
    )
    programmes = tuple(_programme_line(outline, mine) for outline in shown.outlines)
    cards = [card for outline in shown.outlines for card in outline.modules]
    return next_step([_work(card, number, mine) for number, card in enumerate(cards, start=1)]), programmes


def _is_completed(row: ModuleProgress | None) -> bool:
    return row is not None and row.state == ProgressState.COMPLETED


def _refused(opening: Allowed | Refused) -> Refused | None:
    return opening if isinstance(opening, Refused) else None


def _work(card: ModuleCard, number: int, mine: _Mine) -> Work:
    row, refused = mine.rows.get(card.id), _refused(mine.openings[card.id])
    return Work(
        key=card.key,
        number=number,
        title=card.title,
        lessons=mine.lessons.get(card.id, ()),
        quizzes=mine.quizzes.get(card.id, ()),
        completed=_is_completed(row),
        is_open=refused is None,
        opens_on=refused.until if refused else None,
        last_active_at=row.last_active_at if row else None,
    )


def _programme_line(outline: ProgrammeOutline, mine: _Mine) -> ProgrammeLine:
    lines = tuple(_module_line(card, mine) for card in outline.modules)
    completed = sum(line.state == ProgressState.COMPLETED for line in lines)
    return ProgrammeLine(outline, lines, completed, share=sum(line.share for line in lines) // len(lines))


def _module_line(card: ModuleCard, mine: _Mine) -> ModuleLine:
    row = mine.rows.get(card.id)
    done, passed, total = (row.done, row.quiz_passed, row.total) if row else (0, False, card.lessons)
    finals = sum(quiz.is_final for quiz in mine.quizzes.get(card.id, ()))
    share = 100 * (done + (finals if passed else 0)) // (total + finals) if total + finals else 0
    return ModuleLine(
        card=card,
        state=str(row.state if row else ProgressState.NOT_STARTED),
        done=done,
        total=total,
        quiz_passed=passed,
        best=row.best_score if row else None,
        share=100 if _is_completed(row) else share,
        refused=_refused(mine.openings[card.id]),
        due=mine.due.get(card.id),
    )


def _past_attempts(learner: User, language: str, most: int = 20) -> tuple[PastAttempt, ...]:
    rows = Attempt.objects.filter(learner=learner, state=AttemptState.SUBMITTED).select_related("revision")
    return tuple(
        PastAttempt(
            id=str(row.pk),
            quiz=said(row.revision.title, language),
            number=row.number,
            submitted_at=row.submitted_at or row.started_at,
            score=row.score or Decimal(0),
            passed=bool(row.passed),
        )
        for row in rows.order_by("-submitted_at")[:most]
    )


# --- A module, a lesson ----------------------------------------------------------------------------------------------


def module_page(*, learner: User | None, module_key: str, language: str, now: datetime, shelf: Shelf) -> ModulePage:
    """A module with its lessons, quizzes and terms: to be looked at also before it opens. Three queries.

    Raises NotHere, and NotOpen where the programme is not open to this person at all.
    """
    shown = course(language, shelf)
    module = shown.module(module_key)
    if module is None:
        raise NotHere
    opening = may_open(learner=learner, module=module, now=now)
    if isinstance(opening, Refused) and opening.until is None:
        raise NotOpen(reason=opening.code, until=None)
    head, known = module_head(module, language), marks(learner, module.pk)
    lessons = lesson_lines(shown.lessons.get(module.pk, ()), known)
    quizzes = quiz_lines(shown.quizzes.get(module.pk, ()), known, tries(learner))
    work = Work(head.key, head.number, head.title, lessons, quizzes, is_open=isinstance(opening, Allowed))
    source = module.programme.source_language
    return ModulePage(
        head=head,
        summary=said(module.summary, language, source),
        about=module_about(module, language, shelf),
        refused=_refused(opening),
        step=next_step([work]),
        lessons=lessons,
        quizzes=quizzes,
        tools=tools_of(module.pk, language, shelf) if isinstance(opening, Allowed) else (),
        stories=stories_of(module.pk, language, shelf),
        awaits=awaits_review(module.programme.review, language),
    )


def study_page(*, learner: User | None, lesson_key: str, language: str, now: datetime, shelf: Shelf) -> StudyPage:
    """Everything on the page of one lesson. Two queries, none for those who are not signed in.

    Raises NotHere and NotOpen.
    """
    text = reading(lesson_key, language, shelf)
    if text is None:
        raise NotHere
    require_open(learner=learner, module=text.module, now=now)
    known, practice, lesson_id = marks(learner, text.head.id), text.practice, text.entry.id
    return StudyPage(
        text=text,
        lessons=lesson_lines(text.lessons, known),
        practice_passed=practice is not None and practice.id in known.passed,
        done_at=known.done[lesson_id][1] if lesson_id in known.done else None,
        visited_at=known.visited.get(lesson_id),
    )

"""Pure: what one learner does next. As a table: docs/algorithms/next-step.md."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from lms.shared.languages import Said

UNFINISHED = {"new", "started"}


@dataclass(frozen=True, slots=True)
class LessonLine:
    """A lesson in a list. `state`: new, started, done, or updated (finished, but the edition rose since)."""

    key: str
    number: int
    title: Said
    summary: Said
    minutes: int
    required: bool
    state: str


@dataclass(frozen=True, slots=True)
class QuizLine:
    """A quiz in a list. `tries_left`: None where one may try without end. `best`, `pass_mark`: shares, 0 to 1."""

    key: str
    title: Said
    is_final: bool
    questions: int
    pass_mark: Decimal
    tries: int
    tries_left: int | None
    best: Decimal | None
    passed: bool
    open_attempt: UUID | None

    @property
    def may_start(self) -> bool:
        return self.open_attempt is None and self.tries_left != 0


@dataclass(frozen=True, slots=True)
class Work:
    """What one module still asks of the learner. `opens_on` is a day in the future, or None when it is open."""

    key: str
    number: int
    title: Said
    lessons: tuple[LessonLine, ...]
    quizzes: tuple[QuizLine, ...]
    completed: bool = False
    is_open: bool = True
    opens_on: date | None = None
    last_active_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """The next step.

    `kind`: attempt (a quiz one is in the middle of), lesson, quiz, wait (until `opens_on`), finished, stuck (no tries
    left, or nothing open), nothing (there is no module).
    """

    kind: str
    module: Work | None = None
    lesson: LessonLine | None = None
    quiz: QuizLine | None = None
    opens_on: date | None = None
    is_first: bool = False


def next_step(modules: Sequence[Work]) -> Step:
    """The module that was touched last comes first, then the order of the course."""
    is_first = not any(module.last_active_at or module.completed for module in modules)
    waiting = [module for module in modules if not module.completed]
    ready = sorted((module for module in waiting if module.is_open), key=_by_activity)
    for module in ready:
        for step in _steps(module, is_first):
            return step
    if not modules:
        return Step("nothing")
    if not waiting:
        return Step("finished")
    if days := [module.opens_on for module in waiting if module.opens_on]:
        return Step("wait", opens_on=min(days))
    return Step("stuck", module=ready[0] if ready else None)


def _by_activity(module: Work) -> tuple[float, int]:
    return -module.last_active_at.timestamp() if module.last_active_at else 0.0, module.number


def _steps(module: Work, is_first: bool) -> Iterator[Step]:
    """In a module: the quiz one is in the middle of, required lessons in order, then the final quiz."""
    for quiz in module.quizzes:
        if quiz.open_attempt:
            yield Step("attempt", module, quiz=quiz)
    for lesson in module.lessons:
        if lesson.required and lesson.state in UNFINISHED:
            yield Step("lesson", module, lesson=lesson, is_first=is_first)
    for quiz in module.quizzes:
        if quiz.is_final and not quiz.passed and quiz.may_start:
            yield Step("quiz", module, quiz=quiz)

"""Pure: what one cell of the matrix says, on the screen and in files alike (X-03)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from lms.cohorts.selectors import TimetableLine
from lms.shared.clock import local_date

NONE, STARTED, READY, QUIZ, DONE = "none", "started", "ready", "quiz", "done"


@dataclass(frozen=True, slots=True)
class Counted:
    """One row of the projection, without its learner. `best_score` is a share, 0 to 1."""

    module_id: int
    done: int
    total: int
    state: str
    quiz_passed: bool
    attempts: int
    best_score: Decimal | None
    last_active_at: datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One trainee in one module. `status`: none, started, ready (only the quiz is left), quiz (not passed), done."""

    line: TimetableLine
    status: str
    done: int = 0
    total: int = 0
    best_score: Decimal | None = None
    attempts: int = 0
    quiz_passed: bool = False
    is_late: bool = False

    @property
    def failed_tries(self) -> int:
        """Finished tries at a final quiz that is not passed yet."""
        return 0 if self.quiz_passed or self.status == DONE else self.attempts


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One trainee in the matrix. Only the day of the last activity, never the minute (P-07)."""

    learner_id: UUID
    name: str
    email: str
    joined_on: date
    has_left: bool
    cells: tuple[Cell, ...]
    last_day: date | None
    days_ago: int | None

    @property
    def done(self) -> int:
        return sum(cell.status == DONE for cell in self.cells)

    @property
    def late(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.is_late)


def cell(line: TimetableLine, counted: Counted | None, today: date) -> Cell:
    """A module is late from the day after its due day until it is completed."""
    late = line.due_on is not None and line.due_on < today
    if counted is None:
        return Cell(line, NONE, is_late=late)
    return Cell(
        line=line,
        status=_status(counted),
        done=counted.done,
        total=counted.total,
        best_score=counted.best_score,
        attempts=counted.attempts,
        quiz_passed=counted.quiz_passed,
        is_late=late and counted.state != "completed",
    )


def _status(counted: Counted) -> str:
    if counted.state == "completed":
        return DONE
    if counted.attempts and not counted.quiz_passed:
        return QUIZ
    if counted.total and counted.done == counted.total and not counted.quiz_passed:
        return READY
    return NONE if counted.state == "not_started" else STARTED


def cells(lines: Sequence[TimetableLine], counted: Mapping[int, Counted], today: date) -> tuple[Cell, ...]:
    return tuple(cell(line, counted.get(line.module_id), today) for line in lines)


def last_day(counted: Mapping[int, Counted], zone: str) -> date | None:
    """The last day, in the cohort's zone, on which the learner did anything in these modules."""
    moments = [row.last_active_at for row in counted.values() if row.last_active_at]
    return local_date(max(moments), zone) if moments else None

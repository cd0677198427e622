"""Pure: who needs the trainer, and why, in numbers. The rules with their reasons: docs/algorithms/attention.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lms.reports.cells import RosterRow

LONGEST_ABSENCE = 14  # days: whatever the group does, two weeks are worth a question
SHORTEST_ABSENCE = 7  # days: in a busy group nobody is missed after a long weekend
FAILED_TRIES = 3

ABSENT, NEVER_SEEN, LATE, STUCK = "absent", "never_seen", "late", "stuck"


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that holds, with the numbers that made it hold. `usual_gap` in days; `modules` by their place."""

    code: str
    days: int = 0
    usual_gap: int | None = None
    modules: tuple[int, ...] = ()
    tries: int = 0
    best_score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Need:
    row: RosterRow
    reasons: tuple[Reason, ...]

    @property
    def is_stuck(self) -> bool:
        return any(reason.code == STUCK for reason in self.reasons)


def absent_after(usual_gap: int | None) -> int:
    """After how many days without a visit somebody is missed: twice the usual gap, but 7 at least and 14 at most."""
    if usual_gap is None:
        return LONGEST_ABSENCE
    return min(LONGEST_ABSENCE, max(SHORTEST_ABSENCE, 2 * usual_gap))


def usual_gap(seen_within: Sequence[int], seen: int) -> int | None:
    """Half of those who were ever here were here within so many days; 15 stands for more than 14, None for nobody.

    `seen_within[n]`: how many were here within n days.
    """
    if not seen:
        return None
    return next((days for days, count in enumerate(seen_within) if 2 * count >= seen), len(seen_within))


def days_missing(last_day: date | None, joined_on: date, starts_on: date, today: date) -> int:
    """Days since the last visit, the joining or the start of the cohort, whichever is latest."""
    return (today - max(day for day in (last_day, joined_on, starts_on) if day)).days


def reasons(row: RosterRow, *, starts_on: date, today: date, usual_gap: int | None) -> tuple[Reason, ...]:
    """Every rule that holds for a trainee, in the order a trainer would act. Empty: all is well."""
    found = []
    finished = row.done == len(row.cells)
    missing = days_missing(row.last_day, row.joined_on, starts_on, today)
    if not finished and missing >= absent_after(usual_gap):
        found.append(Reason(ABSENT if row.last_day else NEVER_SEEN, days=missing, usual_gap=usual_gap))
    if row.late:
        found.append(Reason(LATE, modules=tuple(cell.line.position for cell in row.late)))
    found.extend(
        Reason(STUCK, modules=(cell.line.position,), tries=cell.failed_tries, best_score=cell.best_score)
        for cell in row.cells
        if cell.failed_tries >= FAILED_TRIES
    )
    return tuple(found)

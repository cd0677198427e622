"""The query layer under the matrix, the trainers' home and the files: sums per learner, made by the database.

Each function below is one query or a part of one. What they select by the rules of attention.py is the same
rules in SQL; a test compares the two on invented groups.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Avg, CharField, Count, Max, Q, QuerySet, Sum, Value, Window
from django.db.models.functions import Coalesce, Lower, NullIf

from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.selectors import TimetableLine
from lms.progress.models import ModuleProgress, ProgressState
from lms.reports.attention import FAILED_TRIES, LONGEST_ABSENCE, usual_gap
from lms.reports.cells import Counted
from lms.shared.clock import start_of_day

PROGRESS = "learner__module_progress"
COUNTED = tuple(field.name for field in fields(Counted))
COMPLETED = Q(**{f"{PROGRESS}__state": ProgressState.COMPLETED})
ACTIVE = Q(ended_at__isnull=True)

# Rows of sums, as dictionaries. The type checker cannot follow names that annotate() adds.
People: TypeAlias = "QuerySet[Any, Any]"


@dataclass(frozen=True, slots=True)
class ColumnTotal:
    """One module over the whole group. `mean_best` is the mean of the best shares of those who tried the quiz."""

    line: TimetableLine
    completed: int
    started: int
    mean_best: Decimal | None


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """`seen`: who was ever here. `usual_gap` in days, None when nobody was (attention.usual_gap)."""

    everyone: int
    behind: int
    done: int
    left: int
    seen: int
    usual_gap: int | None


def late_modules(lines: Iterable[TimetableLine], today: date) -> list[int]:
    return [line.module_id for line in lines if line.due_on is not None and line.due_on < today]


def members(cohort: Cohort) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(ACTIVE, cohort=cohort)


def with_sums(enrolments: QuerySet[Enrolment], lines: Sequence[TimetableLine], today: date) -> People:
    """One row per enrolment: when last seen, modules completed, how many of the late ones, lessons, stuck quizzes."""
    late = Q(**{f"{PROGRESS}__module__in": late_modules(lines, today)})
    return sums(enrolments.values("learner_id"), _live(lines), late)


def sums(grouped: People, live: Q, late: Q) -> People:
    """`live` and `late` say which rows of the projection belong to a live module and to one whose due day is over."""
    # Max() over one enrolment's own columns keeps them out of GROUP BY, which then follows the index.
    summed: People = grouped.annotate(
        ended=Max("ended_at"),
        joined=Max("joined_at"),
        last_seen=_last_seen(live),
        completed=Count(PROGRESS, filter=live & COMPLETED),
        completed_late=Count(PROGRESS, filter=live & late & COMPLETED),
        lessons=Coalesce(Sum(f"{PROGRESS}__done", filter=live), 0),
        stuck=Count(PROGRESS, filter=live & is_stuck(f"{PROGRESS}__")),
    )
    return summed


def is_stuck(prefix: str = "") -> Q:
    """Three finished tries or more at a final quiz that is not passed, in a module that is not completed."""
    tried = Q(**{f"{prefix}attempts__gte": FAILED_TRIES, f"{prefix}quiz_passed": False})
    return tried & ~Q(**{f"{prefix}state": ProgressState.COMPLETED})


def is_behind(lines: Sequence[TimetableLine], today: date) -> Q:
    return Q(completed_late__lt=len(late_modules(lines, today)))


def is_done(lines: Sequence[TimetableLine]) -> Q:
    return Q(completed__gte=len(lines)) if lines else Q(completed__lt=0)


def is_absent(cohort: Cohort, lines: Sequence[TimetableLine], today: date, after: int) -> Q:
    """Missed for `after` days or more, counted as attention.days_missing does."""
    last_day = today - timedelta(days=after)
    if cohort.starts_on > last_day:
        return Q(completed__lt=0)
    edge = _days_before(today, after - 1, cohort)
    away = Q(last_seen__isnull=True) | Q(last_seen__lt=edge)
    return Q(joined__lt=edge, completed__lt=len(lines)) & away


def needs_trainer(cohort: Cohort, lines: Sequence[TimetableLine], today: date, after: int) -> Q:
    """Whoever attention.reasons() has a reason for."""
    return is_absent(cohort, lines, today, after) | is_behind(lines, today) | Q(stuck__gte=1)


def group_counts(cohort: Cohort, lines: Sequence[TimetableLine], today: date) -> GroupCounts:
    """How many there are of each sort. One query."""
    active = Q(ended__isnull=True)
    within = {
        f"within_{days}": Count("last_seen", filter=active & Q(last_seen__gte=_days_before(today, days, cohort)))
        for days in range(LONGEST_ABSENCE + 1)
    }
    counts = with_sums(Enrolment.objects.filter(cohort=cohort), lines, today).aggregate(
        everyone=Count("learner_id", filter=active),
        behind=Count("learner_id", filter=active & is_behind(lines, today)),
        done=Count("learner_id", filter=active & is_done(lines)),
        left=Count("learner_id", filter=~active),
        seen=Count("last_seen", filter=active),
        **within,
    )
    seen_within = [counts.pop(name) for name in within]
    return GroupCounts(**counts, usual_gap=usual_gap(seen_within, counts["seen"]))


def _days_before(today: date, days: int, cohort: Cohort) -> datetime:
    return start_of_day(today - timedelta(days=days), cohort.timezone)


def _live(lines: Sequence[TimetableLine]) -> Q:
    # No module has the number 0. An empty list would leave PostgreSQL a NULL of no type where a time belongs.
    return Q(**{f"{PROGRESS}__module__in": [line.module_id for line in lines] or [0]})


def _last_seen(live: Q) -> Max:
    return Max(f"{PROGRESS}__last_active_at", filter=live)


def column_totals(cohort: Cohort, lines: Sequence[TimetableLine]) -> list[ColumnTotal]:
    """Each module over everybody who is in the cohort now. One query."""
    rows = (
        ModuleProgress.objects.filter(
            learner__in=members(cohort).values("learner_id"), module__in=[line.module_id for line in lines]
        )
        .order_by()
        .values("module_id")
        .annotate(
            completed=Count("pk", filter=Q(state=ProgressState.COMPLETED)),
            started=Count("pk", filter=Q(state=ProgressState.STARTED)),
            mean_best=Avg("best_score"),
        )
    )
    found = {row["module_id"]: row for row in rows}
    return [
        ColumnTotal(line, row["completed"], row["started"], row["mean_best"]) if row else ColumnTotal(line, 0, 0, None)
        for line in lines
        for row in [found.get(line.module_id)]
    ]


@dataclass(frozen=True, slots=True)
class Member:
    """One enrolment with the projection's rows of its learner, by module."""

    name: str
    email: str
    joined_at: datetime
    has_left: bool
    counted: dict[int, Counted]


def members_by_id(cohort: Cohort, learners: Sequence[UUID], lines: Sequence[TimetableLine]) -> dict[UUID, Member]:
    """These learners of the cohort, also those who left and those who did nothing yet. One query."""
    live = {line.module_id for line in lines}
    person = ("learner_id", "learner__display_name", "learner__email", "joined_at", "ended_at")
    columns = [f"{PROGRESS}__{name}" for name in COUNTED]
    rows: People = Enrolment.objects.filter(cohort=cohort, learner__in=learners).values_list(*person, *columns)
    found: dict[UUID, Member] = {}
    for learner, name, email, joined_at, ended_at, *counted in rows:
        shown = name or email.split("@")[0]
        member = found.setdefault(learner, Member(shown, email, joined_at, ended_at is not None, {}))
        if counted[0] in live:
            member.counted[counted[0]] = Counted(*counted)
    return found


SHOWN_NAME = Coalesce(NullIf("learner__display_name", Value("")), "learner__email", output_field=CharField())


def by_name(enrolments: QuerySet[Enrolment]) -> People:
    """For lists that neither filter nor sort by what was done: nothing is counted. Equal names keep a fixed order."""
    rows: People = enrolments.annotate(sort_name=Lower(SHOWN_NAME)).values("learner_id")
    return rows.order_by("sort_name", "learner_id")


def add_name(people: People) -> People:
    """The same sort_name for rows of sums, where it has to be an aggregate."""
    named: People = people.annotate(sort_name=Lower(Max(SHOWN_NAME)))
    return named


def first_of(people: People, first: int, count: int) -> tuple[list[UUID], int]:
    """The learners from place `first` on, and how many there are in all. One query; (…, 0) beyond the end."""
    rows = list(people.annotate(in_all=Window(Count("learner_id")))[first : first + count])
    return [row["learner_id"] for row in rows], rows[0]["in_all"] if rows else 0


def called(text: str) -> Q:
    """A part of a name or address. SQLite folds only Latin letters: other alphabets are tried in three forms."""
    found = Q(learner__email__icontains=text)
    for form in {text, text.lower(), text.upper(), text.title()}:
        found |= Q(learner__display_name__icontains=form)
    return found

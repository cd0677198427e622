"""The query layer under the matrix, the trainers' home and the files: sums per learner, made by the database.

Each function below is one query or a part of one. What they select by the rules of attention.py is the same
rules in SQL; a test compares the two on invented groups.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Max, Q, QuerySet, Sum, Value, Window
from django.db.models.functions import Coalesce, Lower, NullIf

from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.selectors import TimetableLine
from lms.progress.models import ModuleProgress, ProgressState
from lms.reports.attention import FAILED_TRIES, median_place
from lms.reports.cells import Counted
from lms.shared.clock import local_date, start_of_day

PROGRESS = "learner__module_progress"
COMPLETED = Q(**{f"{PROGRESS}__state": ProgressState.COMPLETED})
ACTIVE = Q(ended_at__isnull=True)

People = QuerySet[Enrolment, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ColumnTotal:
    """One module over the whole group. `mean_best` is the mean of the best shares of those who tried the quiz."""

    line: TimetableLine
    completed: int
    started: int
    mean_best: Decimal | None


@dataclass(frozen=True, slots=True)
class GroupCounts:
    everyone: int
    behind: int
    done: int
    left: int
    seen: int


def late_modules(lines: Iterable[TimetableLine], today: date) -> list[int]:
    return [line.module_id for line in lines if line.due_on is not None and line.due_on < today]


def with_sums(cohort: Cohort, lines: Sequence[TimetableLine], today: date) -> People:
    """One row per enrolment: when last seen, modules completed, how many of the late ones, lessons, stuck quizzes."""
    live = Q(**{f"{PROGRESS}__module__in": [line.module_id for line in lines]})
    late = late_modules(lines, today)
    # Max() over one enrolment's own columns keeps them out of GROUP BY, which then follows the index.
    return (
        Enrolment.objects.filter(cohort=cohort)
        .values("learner_id")
        .annotate(
            ended=Max("ended_at"),
            joined=Max("joined_at"),
            last_seen=Max(f"{PROGRESS}__last_active_at", filter=live),
            completed=Count(PROGRESS, filter=live & COMPLETED),
            completed_late=Count(PROGRESS, filter=COMPLETED & Q(**{f"{PROGRESS}__module__in": late})),
            lessons=Coalesce(Sum(f"{PROGRESS}__done", filter=live), 0),
            stuck=Count(PROGRESS, filter=live & is_stuck(f"{PROGRESS}__")),
        )
    )


def is_stuck(prefix: str = "") -> Q:
    """Three finished tries or more at a final quiz that is not passed, in a module that is not completed."""
    tried = Q(**{f"{prefix}attempts__gte": FAILED_TRIES, f"{prefix}quiz_passed": False})
    return tried & ~Q(**{f"{prefix}state": ProgressState.COMPLETED})


def is_active() -> Q:
    return Q(ended__isnull=True)


def is_behind(lines: Sequence[TimetableLine], today: date) -> Q:
    return Q(completed_late__lt=len(late_modules(lines, today)))


def is_done(lines: Sequence[TimetableLine]) -> Q:
    return Q(completed__gte=len(lines)) if lines else Q(completed__lt=0)


def is_absent(cohort: Cohort, lines: Sequence[TimetableLine], today: date, after: int) -> Q:
    """Missed for `after` days or more, counted as attention.days_missing does."""
    last_day = today - timedelta(days=after)
    if cohort.starts_on > last_day:
        return Q(completed__lt=0)
    edge = start_of_day(last_day + timedelta(days=1), cohort.timezone)
    away = Q(last_seen__isnull=True) | Q(last_seen__lt=edge)
    return Q(joined__lt=edge, completed__lt=len(lines)) & away


def group_counts(cohort: Cohort, lines: Sequence[TimetableLine], today: date) -> GroupCounts:
    """How many there are of each sort. One query."""
    active = is_active()
    counts = with_sums(cohort, lines, today).aggregate(
        everyone=Count("learner_id", filter=active),
        behind=Count("learner_id", filter=active & is_behind(lines, today)),
        done=Count("learner_id", filter=active & is_done(lines)),
        left=Count("learner_id", filter=~active),
        seen=Count("last_seen", filter=active),
    )
    return GroupCounts(**counts)


def usual_gap(cohort: Cohort, lines: Sequence[TimetableLine], today: date, seen: int) -> int | None:
    """Half of those who were ever here were here within this many days. One query, one row."""
    if not seen:
        return None
    last_seen = _last_seen(cohort, lines).order_by("-last_seen").values_list("last_seen", flat=True)
    place = median_place(seen)
    for moment in last_seen[place : place + 1]:
        return max((today - local_date(moment, cohort.timezone)).days, 0)
    return None


def _last_seen(cohort: Cohort, lines: Sequence[TimetableLine]) -> People:
    moments = Max(
        f"{PROGRESS}__last_active_at", filter=Q(**{f"{PROGRESS}__module__in": [line.module_id for line in lines]})
    )
    return (
        Enrolment.objects.filter(ACTIVE, cohort=cohort)
        .values("learner_id")
        .annotate(last_seen=moments)
        .filter(last_seen__isnull=False)
    )


def column_totals(cohort: Cohort, lines: Sequence[TimetableLine]) -> list[ColumnTotal]:
    """Each module over everybody who is in the cohort now. One query."""
    members = Enrolment.objects.filter(ACTIVE, cohort=cohort).values("learner_id")
    rows = (
        ModuleProgress.objects.filter(learner__in=members, module__in=[line.module_id for line in lines])
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


def counted_for(learners: Sequence[UUID], lines: Sequence[TimetableLine]) -> dict[UUID, dict[int, Counted]]:
    """The projection's rows of these learners, by learner and module. One query."""
    rows = ModuleProgress.objects.filter(
        learner__in=learners, module__in=[line.module_id for line in lines]
    ).values_list(
        "learner_id", "module_id", "done", "total", "state", "quiz_passed", "attempts", "best_score", "last_active_at"
    )
    found: dict[UUID, dict[int, Counted]] = {learner: {} for learner in learners}
    for learner, module, *counted in rows:
        found[learner][module] = Counted(module, *counted)
    return found


SHOWN_NAME = Coalesce(NullIf("learner__display_name", Value("")), "learner__email")


def by_name(people: People) -> People:
    """Adds name and address, and sorts by them; who shares a name keeps a fixed order."""
    return people.annotate(
        name=Max("learner__display_name"), email=Max("learner__email"), sort_name=Lower(Max(SHOWN_NAME))
    ).order_by("sort_name", "email")


def how_many_in_all(people: People) -> People:
    """Adds to each row how many rows there are before LIMIT, so that a page needs no second query."""
    return people.annotate(in_all=Window(Count("learner_id")))


def called(text: str) -> Q:
    """A part of a name or address. SQLite folds only Latin letters: other alphabets are tried in three forms."""
    found = Q(learner__email__icontains=text)
    for form in {text, text.lower(), text.upper(), text.title()}:
        found |= Q(learner__display_name__icontains=form)
    return found

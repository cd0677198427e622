"""The trainer's first page: my cohorts, and in each how many need me. The same rules as on the cohort's own page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from lms.cohorts.models import CohortModule, Enrolment
from lms.cohorts.selectors import CohortCard, my_cohorts
from lms.people.models import User
from lms.reports.attention import LONGEST_ABSENCE, absent_after, days_missing, usual_gap
from lms.reports.standings import PROGRESS, People, sums
from lms.shared.clock import local_date
from modules.querysets import live_modules


@dataclass(frozen=True, slots=True)
class HomeCard:
    """`needs` is None where nobody is asked for: before the start and after the end."""

    cohort: CohortCard
    needs: int | None


def home_cards(user: User, *, now: datetime) -> list[HomeCard]:
    """Four queries, whatever the number of cohorts; those that do not run are not counted through."""
    cohorts = my_cohorts(user, now)
    running = [cohort for cohort in cohorts if cohort.is_running]
    needs = _needs(running) if running else {}
    return [HomeCard(cohort, needs.get(cohort.id)) for cohort in cohorts]


def _needs(cohorts: Sequence[CohortCard]) -> dict[int, int]:
    late = _late_modules(cohorts)
    modules = _modules(cohorts)
    live = Q(**{f"{PROGRESS}__module__retired_at": None, f"{PROGRESS}__module__programme": F("cohort__programme")})
    # One condition per cohort instead of a join with the timetable, which would multiply the rows.
    of_late = Q(pk__in=[])
    for cohort, module_ids in late.items():
        of_late |= Q(**{"cohort": cohort, f"{PROGRESS}__module__in": module_ids})
    people: People = Enrolment.objects.filter(cohort__in=modules, ended_at__isnull=True).values(
        "cohort_id", "learner_id"
    )
    rows: dict[int, list[dict[str, Any]]] = {cohort: [] for cohort in modules}
    for row in sums(people, live, of_late).iterator():
        rows[row["cohort_id"]].append(row)
    return {
        cohort.id: _count(cohort, rows[cohort.id], modules[cohort.id], len(late.get(cohort.id, ())))
        for cohort in cohorts
    }


def _late_modules(cohorts: Sequence[CohortCard]) -> dict[int, list[int]]:
    today = {cohort.id: cohort.today for cohort in cohorts}
    lines = CohortModule.objects.filter(cohort__in=today, module__retired_at=None, due_on__isnull=False).order_by()
    late: dict[int, list[int]] = {}
    for cohort, module, due_on in lines.values_list("cohort_id", "module_id", "due_on"):
        if due_on is not None and due_on < today[cohort]:
            late.setdefault(cohort, []).append(module)
    return late


def _modules(cohorts: Sequence[CohortCard]) -> dict[int, int]:
    """How many live modules each cohort has."""
    counts = dict.fromkeys((cohort.id for cohort in cohorts), 0)
    ids = live_modules().filter(programme__cohorts__in=counts).values_list("programme__cohorts", flat=True)
    for cohort in ids.order_by():
        counts[cohort] += 1
    return counts


def _count(cohort: CohortCard, rows: Sequence[Mapping[str, Any]], modules: int, late: int) -> int:
    days = [(cohort.today - local_date(row["last_seen"], cohort.timezone)).days for row in rows if row["last_seen"]]
    seen_within = [sum(ago <= most for ago in days) for most in range(LONGEST_ABSENCE + 1)]
    gap = usual_gap(seen_within, len(days))
    after = absent_after(gap)

    def needs(row: Mapping[str, Any]) -> bool:
        if row["stuck"] or row["completed_late"] < late:
            return True
        last = local_date(row["last_seen"], cohort.timezone) if row["last_seen"] else None
        joined = local_date(row["joined"], cohort.timezone)
        missing = days_missing(last, joined, cohort.starts_on, cohort.today)
        return row["completed"] < modules and missing >= after

    return sum(needs(row) for row in rows)

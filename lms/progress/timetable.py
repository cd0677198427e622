"""When modules are due for one learner, from the timetables of all cohorts he or she studies in. One query."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lms.cohorts.models import Enrolment
from lms.people.models import User
from lms.shared.clock import local_date


@dataclass(frozen=True, slots=True)
class MyCohort:
    code: str
    name: str
    starts_on: date
    ends_on: date
    is_running: bool


@dataclass(frozen=True, slots=True)
class Due:
    """The first due day of all running cohorts. `is_late` when that day has passed where the cohort is."""

    on: date
    is_late: bool


@dataclass(frozen=True, slots=True)
class MyTimetable:
    cohorts: tuple[MyCohort, ...]
    due: Mapping[int, Due]


def my_timetable(*, learner: User, now: datetime) -> MyTimetable:
    """Cohorts by their first day; due days by module, of running cohorts only."""
    cohorts: dict[str, MyCohort] = {}
    due: dict[int, Due] = {}
    for row in _rows(learner):
        today = local_date(now, row["cohort__timezone"])
        code, starts_on, ends_on = row["cohort__code"], row["cohort__starts_on"], row["cohort__ends_on"]
        is_running = starts_on <= today <= ends_on
        cohorts[code] = MyCohort(code, row["cohort__name"], starts_on, ends_on, is_running)
        module, on = row["cohort__timetable__module_id"], row["cohort__timetable__due_on"]
        if is_running and on and (module not in due or on < due[module].on):
            due[module] = Due(on, is_late=on < today)
    return MyTimetable(tuple(cohorts.values()), due)


def _rows(learner: User) -> list[dict[str, Any]]:
    cohort = ("cohort__code", "cohort__name", "cohort__timezone", "cohort__starts_on", "cohort__ends_on")
    return list(
        Enrolment.objects.filter(learner=learner, ended_at=None)
        .order_by("cohort__starts_on", "cohort__code")
        .values(*cohort, "cohort__timetable__module_id", "cohort__timetable__due_on")
    )

"""When modules are due for one learner, from the timetables of all cohorts he or she studies in. One query."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from lms.cohorts.models import Enrolment
from lms.people.models import User
from lms.shared.clock import local_date
from lms.shared.prepared import PreparedRows


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
    for code, name, zone, starts_on, ends_on, module, on in _rows.of(learner.pk):
        today = local_date(now, zone)
        is_running = starts_on <= today <= ends_on
        cohorts[code] = MyCohort(code, name, starts_on, ends_on, is_running)
        if is_running and module and on and (module not in due or on < due[module].on):
            due[module] = Due(on, is_late=on < today)
    return MyTimetable(tuple(cohorts.values()), due)


_Row = tuple[str, str, str, date, date, int | None, date | None]  # a cohort, and a module with the day when it is due


def _rows_of(learner: UUID) -> QuerySet[Enrolment, _Row]:
    enrolments = Enrolment.objects.filter(learner=learner, ended_at=None)
    return enrolments.order_by("cohort__starts_on", "cohort__code").values_list(
        "cohort__code",
        "cohort__name",
        "cohort__timezone",
        "cohort__starts_on",
        "cohort__ends_on",
        "cohort__timetable__module_id",
        "cohort__timetable__due_on",
    )


_rows = PreparedRows(_rows_of)

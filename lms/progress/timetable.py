"""The days that hold for one learner, from the timetables of all cohorts he or she studies in. One query."""

from collections import defaultdict
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
class ModuleDates:
    """`opens_on`: still to come, in the most generous cohort; None when open. `due_on`: the first due day of them all."""

    opens_on: date | None = None
    due_on: date | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class MyTimetable:
    cohorts: tuple[MyCohort, ...]
    modules: Mapping[int, ModuleDates]

    def dates(self, module: int) -> ModuleDates:
        return self.modules.get(module, ModuleDates())


@dataclass(frozen=True, slots=True)
class _Line:
    opens_on: date | None
    due_on: date | None
    today: date


def my_timetable(*, learner: User, now: datetime) -> MyTimetable:
    """Running cohorts decide; a module that a cohort does not list is open in it."""
    cohorts: dict[str, MyCohort] = {}
    lines: dict[int, list[_Line]] = defaultdict(list)
    for row in _rows(learner):
        today = local_date(now, row["cohort__timezone"])
        code, starts_on, ends_on = row["cohort__code"], row["cohort__starts_on"], row["cohort__ends_on"]
        is_running = starts_on <= today <= ends_on
        cohorts[code] = MyCohort(code, row["cohort__name"], starts_on, ends_on, is_running)
        module = row["cohort__timetable__module_id"]
        if is_running and module is not None:
            opens_on, due_on = row["cohort__timetable__opens_on"], row["cohort__timetable__due_on"]
            lines[module].append(_Line(opens_on, due_on, today))
    running = sum(cohort.is_running for cohort in cohorts.values())
    dates = {module: _dates(of_module, len(of_module) == running) for module, of_module in lines.items()}
    return MyTimetable(tuple(cohorts.values()), dates)


def _rows(learner: User) -> list[dict[str, Any]]:
    line = "cohort__timetable__"
    cohort = ("cohort__code", "cohort__name", "cohort__timezone", "cohort__starts_on", "cohort__ends_on")
    return list(
        Enrolment.objects.filter(learner=learner, ended_at=None)
        .order_by("cohort__starts_on", "cohort__code")
        .values(*cohort, f"{line}module_id", f"{line}opens_on", f"{line}due_on")
    )


def _dates(lines: list[_Line], all_list_it: bool) -> ModuleDates:
    is_open = not all_list_it or any(line.opens_on is None or line.opens_on <= line.today for line in lines)
    due = [line for line in lines if line.due_on]
    return ModuleDates(
        opens_on=None if is_open else min(line.opens_on for line in lines if line.opens_on),
        due_on=min((line.due_on for line in due if line.due_on), default=None),
        is_late=any(line.due_on < line.today for line in due if line.due_on),
    )

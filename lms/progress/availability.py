"""May somebody open a module now? As a table: docs/algorithms/completion.md.

The words for the codes live in the templates.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from lms.cohorts.models import Cohort, Enrolment
from lms.people.models import User
from lms.shared.clock import local_date
from lms.shared.prepared import PreparedRows
from lms.shared.refusals import Refusal
from modules.models import Module


@dataclass(frozen=True, slots=True)
class Allowed:
    """Go ahead."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Not now, or not you. Codes: sign_in, members_only, opens_later. `until` is a day in the cohort's zone."""

    code: str
    until: date | None = None


class NotOpen(Refusal):
    """The module is not open for this person. `details`: reason (a code of Refused), until."""

    code: ClassVar[str] = "not_open"
    status: ClassVar[int] = 403


Person = User | AnonymousUser | None
ALLOWED = Allowed()


def may_open(*, learner: Person, module: Module, now: datetime) -> Allowed | Refused:
    """The most generous running cohort decides; without one the programme does. One query for people."""
    return may_open_each(learner=learner, modules=[module], now=now)[module.pk]


def may_open_each(*, learner: Person, modules: Collection[Module], now: datetime) -> dict[int, Allowed | Refused]:
    """The same for several modules, by their pk. Reads module.programme; one query, more for trainers where closed."""
    person = learner if isinstance(learner, User) else None
    opening = _running_cohorts(person.pk, modules, now) if person else {}
    return {module.pk: _decide(person, module, opening.get(module.pk)) for module in modules}


def require_open(*, learner: Person, module: Module, now: datetime) -> None:
    """Raises NotOpen unless the module is open for this person."""
    answer = may_open(learner=learner, module=module, now=now)
    if isinstance(answer, Refused):
        raise NotOpen(reason=answer.code, until=answer.until)


def _decide(person: User | None, module: Module, opening: list[Allowed | Refused] | None) -> Allowed | Refused:
    if opening:
        waits = [answer for answer in opening if isinstance(answer, Refused)]
        return ALLOWED if len(waits) < len(opening) else min(waits, key=lambda answer: answer.until or date.max)
    if module.programme.is_open or (person and _teaches(person, module)):
        return ALLOWED
    return Refused("members_only") if person else Refused("sign_in")


def _teaches(person: User, module: Module) -> bool:
    trains = person.is_trainer and Cohort.objects.filter(programme=module.programme_id, trainers=person).exists()
    return person.is_operator or trains


def _running_cohorts(learner: UUID, modules: Collection[Module], now: datetime) -> dict[int, list[Allowed | Refused]]:
    """What each of the learner's running cohorts says to each module. Its days are days in its own zone."""
    found: dict[int, list[Allowed | Refused]] = {}
    for (_pk, programme, zone, starts_on, ends_on), opens in _timetables(learner).items():
        today = local_date(now, zone)
        if starts_on <= today <= ends_on:
            for module in modules:
                if module.programme_id == programme:
                    opens_on = opens.get(module.pk)
                    answer = ALLOWED if opens_on is None or opens_on <= today else Refused("opens_later", opens_on)
                    found.setdefault(module.pk, []).append(answer)
    return found


_Cohort = tuple[int, int, str, date, date]  # pk, programme, zone, first and last day
_Row = tuple[int, int, str, date, date, int | None, date | None]  # and a module, and the day when it opens


def _timetables(learner: UUID) -> dict[_Cohort, dict[int, date]]:
    """The opening days of each cohort."""
    found: dict[_Cohort, dict[int, date]] = {}
    for row in _rows.of(learner):
        days, (module, opens_on) = found.setdefault(row[:5], {}), row[5:]
        if module is not None and opens_on is not None:
            days[module] = opens_on
    return found


def _rows_of(learner: UUID) -> QuerySet[Enrolment, _Row]:
    """Plain rows of one join: this is asked with every page."""
    return Enrolment.objects.filter(learner=learner, ended_at=None).values_list(
        "cohort_id",
        "cohort__programme_id",
        "cohort__timezone",
        "cohort__starts_on",
        "cohort__ends_on",
        "cohort__timetable__module_id",
        "cohort__timetable__opens_on",
    )


_rows = PreparedRows(_rows_of)

"""Verbs of cohorts: make one, change its timetable and its trainers, let learners in and out.

Invitations stand in lms/cohorts/invitations.py, rosters in lms/cohorts/roster.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import available_timezones

from django.conf import settings
from django.db import IntegrityError, transaction

from lms.cohorts.enrolling import enrol, withdraw
from lms.cohorts.models import Cohort, CohortModule
from lms.cohorts.refusals import LastTrainer, WrongCohort, WrongTimetable
from lms.people.models import User
from lms.people.services import record
from lms.shared.keys import RESERVED, is_key
from modules.models import Module, Programme
from modules.querysets import live_modules

__all__ = ["add_trainer", "create_cohort", "enrol", "remove_trainer", "reschedule", "withdraw"]


@dataclass(frozen=True, slots=True)
class Days:
    """When a module opens and is due, as days in the cohort's zone; None: from the start, never due."""

    opens_on: date | None = None
    due_on: date | None = None


def audit_target(cohort: Cohort) -> str:
    """Under which name the audit trail keeps what was done to a cohort."""
    return f"cohort:{cohort.code}"


@transaction.atomic
def create_cohort(
    *,
    code: str,
    name: str,
    programme_key: str,
    starts_on: date,
    ends_on: date,
    timezone: str,
    language: str,
    trainers: Sequence[User],
    by: User | None,
    now: datetime,
) -> Cohort:
    """A cohort with a timetable line for each live module, without days yet. Raises WrongCohort with every problem."""
    programme = Programme.objects.filter(key=programme_key).first()
    problems = _cohort_problems(code, name, starts_on, ends_on, timezone, language, trainers)
    if programme is None:
        problems["programme"] = "unknown_programme"
    if problems or programme is None:
        raise WrongCohort(problems=problems)
    try:
        with transaction.atomic():
            cohort = Cohort.objects.create(
                programme=programme,
                code=code,
                name=name.strip(),
                starts_on=starts_on,
                ends_on=ends_on,
                timezone=timezone,
                language=language,
            )
    except IntegrityError:
        raise WrongCohort(problems={"code": "code_taken"}) from None
    cohort.trainers.set(trainers)
    CohortModule.objects.bulk_create(CohortModule(cohort=cohort, module=module) for module in _live_modules(cohort))
    data = {"trainers": [str(trainer.pk) for trainer in trainers]}
    record(
        actor=by, verb="cohort created", target_label=cohort.name, target_id=audit_target(cohort), data=data, now=now
    )
    return cohort


def _cohort_problems(
    code: str, name: str, starts_on: date, ends_on: date, timezone: str, language: str, trainers: Sequence[User]
) -> dict[str, str]:
    checks = {
        "code": ("not_a_code", is_key(code) and len(code) <= 40 and code not in RESERVED),
        "name": ("no_name", bool(name.strip()) and len(name) <= 120),
        "ends_on": ("ends_before_start", starts_on <= ends_on),
        "timezone": ("unknown_zone", timezone in available_timezones()),
        "language": ("unknown_language", language in dict(settings.LANGUAGES)),
        "trainers": ("not_a_trainer", bool(trainers) and all(trainer.is_trainer for trainer in trainers)),
    }
    return {field: problem for field, (problem, fine) in checks.items() if not fine}


def _live_modules(cohort: Cohort) -> Iterable[Module]:
    return live_modules().filter(programme_id=cohort.programme_id)


@transaction.atomic
def reschedule(*, cohort: Cohort, days: Mapping[str, Days], by: User | None, now: datetime) -> list[CohortModule]:
    """Set the days of the named modules; the others stay. Returns the lines that changed: none for the same days again.

    Raises WrongTimetable with every problem: an opening after the due day, a day outside the cohort, an unknown module.
    """
    modules = {module.key: module for module in _live_modules(cohort)}
    if problems := _timetable_problems(cohort, days, modules):
        raise WrongTimetable(problems=problems)
    lines = {line.module_id: line for line in CohortModule.objects.filter(cohort=cohort)}
    changed, before = [], {}
    for key, new in days.items():
        line = lines.get(modules[key].pk) or CohortModule(cohort=cohort, module=modules[key])
        old = Days(line.opens_on, line.due_on)
        if line.pk and old == new:
            continue
        line.opens_on, line.due_on = new.opens_on, new.due_on
        line.save()
        changed.append(line)
        before[key] = {"from": _as_text(old), "to": _as_text(new)}
    if changed:
        record(
            actor=by,
            verb="timetable changed",
            target_label=cohort.name,
            target_id=audit_target(cohort),
            data=before,
            now=now,
        )
    return changed


def _timetable_problems(
    cohort: Cohort, days: Mapping[str, Days], modules: Mapping[str, Module]
) -> dict[str, dict[str, str]]:
    problems: dict[str, dict[str, str]] = {}
    for key, wanted in days.items():
        found: dict[str, str] = {}
        if key not in modules:
            found["opens_on"] = "unknown_module"
        for field, day in (("opens_on", wanted.opens_on), ("due_on", wanted.due_on)):
            if day is not None and not cohort.starts_on <= day <= cohort.ends_on:
                found[field] = "outside_cohort"
        if wanted.opens_on and wanted.due_on and wanted.opens_on > wanted.due_on:
            found["due_on"] = "due_before_opening"
        if found:
            problems[key] = found
    return problems


def _as_text(days: Days) -> dict[str, str | None]:
    return {field: day.isoformat() if (day := getattr(days, field)) else None for field in ("opens_on", "due_on")}


@transaction.atomic
def add_trainer(*, cohort: Cohort, trainer: User, by: User | None, now: datetime) -> Cohort:
    """Raises WrongCohort when the person is no trainer."""
    if not trainer.is_trainer:
        raise WrongCohort(problems={"trainers": "not_a_trainer"})
    if not cohort.trainers.filter(pk=trainer.pk).exists():
        cohort.trainers.add(trainer)
        _record_trainer(cohort, "trainer added", trainer, by, now)
    return cohort


@transaction.atomic
def remove_trainer(*, cohort: Cohort, trainer: User, by: User | None, now: datetime) -> Cohort:
    """From the next request on the cohort and its reports are not there for the person (A-08). Raises LastTrainer."""
    trainers = set(cohort.trainers.values_list("pk", flat=True))
    if trainer.pk not in trainers:
        return cohort
    if len(trainers) == 1:
        raise LastTrainer
    cohort.trainers.remove(trainer)
    _record_trainer(cohort, "trainer removed", trainer, by, now)
    return cohort


def _record_trainer(cohort: Cohort, verb: str, trainer: User, by: User | None, now: datetime) -> None:
    record(
        actor=by,
        verb=verb,
        target_label=cohort.name,
        target_id=audit_target(cohort),
        data={"trainer": str(trainer.pk)},
        now=now,
    )

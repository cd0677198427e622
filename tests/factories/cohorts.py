"""Cohorts with their trainers and learners, as plain rows."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from lms.cohorts.models import Cohort, CohortModule, Enrolment
from lms.people.models import Role, User
from modules.models import Module, Programme

JOINED = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
_numbers = count(1)


def make_programme(key: str = "green-skills", **fields: Any) -> Programme:
    """The programme of that key, made when it is not there yet."""
    defaults = {
        "title": {"en": "Green skills"},
        "languages": ["en", "bg"],
        "source_language": "en",
        "licence": "CC-BY-SA-4.0",
    }
    return Programme.objects.get_or_create(key=key, defaults=defaults | fields)[0]


def make_module(programme: Programme | None = None, **fields: Any) -> Module:
    """One more module at the end of the programme; keys are module-1, module-2, …"""
    programme = programme or make_programme()
    position = programme.modules.count() + 1
    defaults = {
        "key": f"{programme.key}-module-{position}",
        "position": position,
        "title": {"en": f"Module {position}"},
        "hours": 4,
        "digest": "0" * 64,
    }
    return Module.objects.create(programme=programme, **(defaults | fields))


def make_person(role: str = Role.TRAINEE, **fields: Any) -> User:
    """A person who cannot sign in with a password; tests use force_login."""
    number = next(_numbers)
    person = User(
        **({"email": f"person-{number}@example.org", "display_name": f"Person {number}", "role": role} | fields)
    )
    person.set_unusable_password()
    person.save()
    return person


def make_trainer(**fields: Any) -> User:
    return make_person(Role.TRAINER, **fields)


def make_cohort(
    code: str | None = None,
    *,
    learners: int | Sequence[User] = 0,
    trainers: Sequence[User] | None = None,
    programme: Programme | None = None,
    **fields: Any,
) -> Cohort:
    """A cohort from March to June 2027, with a trainer, a line for each module of the programme, and learners."""
    code = code or f"cohort-{next(_numbers)}"
    defaults = {
        "name": code.replace("-", " ").capitalize(),
        "starts_on": date(2027, 3, 1),
        "ends_on": date(2027, 6, 30),
        "timezone": "Europe/Sofia",
        "language": "en",
    }
    cohort = Cohort.objects.create(code=code, programme=programme or make_programme(), **(defaults | fields))
    cohort.trainers.set([make_trainer()] if trainers is None else trainers)
    CohortModule.objects.bulk_create(
        CohortModule(cohort=cohort, module=module) for module in cohort.programme.modules.all()
    )
    people = [make_person() for _ in range(learners)] if isinstance(learners, int) else learners
    for learner in people:
        make_enrolment(cohort, learner)
    return cohort


def make_enrolment(cohort: Cohort, learner: User | None = None, **fields: Any) -> Enrolment:
    return Enrolment.objects.create(cohort=cohort, learner=learner or make_person(), **({"joined_at": JOINED} | fields))

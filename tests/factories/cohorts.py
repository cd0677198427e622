"""Cohorts with their trainers and learners, as plain rows."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from lms.cohorts.models import Cohort, CohortModule, Enrolment
from lms.people.models import User
from modules.models import Programme
from tests.factories.modules import make_programme
from tests.factories.people import make_trainee, make_trainer

JOINED = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
_numbers = count(1)


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
    cohort.trainers.set([make_trainer(password=None)] if trainers is None else trainers)
    CohortModule.objects.bulk_create(
        CohortModule(cohort=cohort, module=module) for module in cohort.programme.modules.all()
    )
    people = [_learner() for _ in range(learners)] if isinstance(learners, int) else learners
    for learner in people:
        make_enrolment(cohort, learner)
    return cohort


def make_enrolment(cohort: Cohort, learner: User | None = None, **fields: Any) -> Enrolment:
    return Enrolment.objects.create(cohort=cohort, learner=learner or _learner(), **({"joined_at": JOINED} | fields))


def _learner() -> User:
    return make_trainee(name=f"Person {next(_numbers):02}", password=None)

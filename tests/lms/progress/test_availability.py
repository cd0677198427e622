"""May somebody open a module now?"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from lms.cohorts.models import Cohort, CohortModule, Enrolment
from lms.people.models import User
from lms.progress.availability import Allowed, NotOpen, Refused, may_open, may_open_each, require_open
from modules.models import Module
from tests.factories.modules import make_module

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 15)
Enrol = Callable[..., Enrolment]


@pytest.fixture
def module(db: None) -> Module:
    return make_module()


@pytest.fixture
def enrol(ana: User, module: Module, now: datetime) -> Enrol:
    """Ana in a running cohort in which the module opens on this day."""

    def make(
        opens_on: date | None = None, *, zone: str = "Europe/Sofia", listed: bool = True, **fields: Any
    ) -> Enrolment:
        number = Cohort.objects.count()
        defaults = {"starts_on": TODAY - timedelta(days=30), "ends_on": TODAY + timedelta(days=30)}
        cohort = Cohort.objects.create(
            programme=module.programme,
            code=f"cohort-{number}",
            name="Spring",
            timezone=zone,
            language="en",
            **{**defaults, **fields},
        )
        if listed:
            CohortModule.objects.create(cohort=cohort, module=module, opens_on=opens_on)
        return Enrolment.objects.create(cohort=cohort, learner=ana, joined_at=now)

    return make


def close(module: Module) -> None:
    type(module.programme).objects.update(is_open=False)
    module.programme.refresh_from_db()


@pytest.mark.parametrize("learner", [None, AnonymousUser()])
def test_anybody_may_read_an_open_programme(learner: Any, module: Module, now: datetime) -> None:
    assert may_open(learner=learner, module=module, now=now) == Allowed()


def test_a_closed_programme_asks_to_sign_in_and_then_for_a_cohort(ana: User, module: Module, now: datetime) -> None:
    close(module)
    assert may_open(learner=None, module=module, now=now) == Refused("sign_in")
    assert may_open(learner=ana, module=module, now=now) == Refused("members_only")
    with pytest.raises(NotOpen) as refusal:
        require_open(learner=ana, module=module, now=now)
    assert refusal.value.details == {"reason": "members_only", "until": None}


def test_operators_may_open_everything(ana: User, module: Module, now: datetime) -> None:
    close(module)
    ana.role = "operator"
    assert may_open(learner=ana, module=module, now=now) == Allowed()


def test_trainers_may_open_what_their_cohorts_study(ana: User, module: Module, enrol: Enrol, now: datetime) -> None:
    close(module)
    trainer = User.objects.create_user(email="tom@example.org", role="trainer")
    assert may_open(learner=trainer, module=module, now=now) == Refused("members_only")
    enrol(TODAY + timedelta(days=9)).cohort.trainers.add(trainer, ana)
    assert may_open(learner=trainer, module=module, now=now) == Allowed()
    assert isinstance(may_open(learner=ana, module=module, now=now), Refused)


@pytest.mark.parametrize(
    ("opens_on", "answer"),
    [
        (None, Allowed()),
        (TODAY, Allowed()),
        (TODAY - timedelta(days=1), Allowed()),
        (TODAY + timedelta(days=1), Refused("opens_later", TODAY + timedelta(days=1))),
    ],
)
def test_a_running_cohort_decides(
    ana: User, module: Module, enrol: Enrol, now: datetime, opens_on: date | None, answer: Any
) -> None:
    close(module)
    enrol(opens_on)
    assert may_open(learner=ana, module=module, now=now) == answer


def test_a_module_that_the_timetable_does_not_list_is_open(
    ana: User, module: Module, enrol: Enrol, now: datetime
) -> None:
    close(module)
    enrol(listed=False)
    assert may_open(learner=ana, module=module, now=now) == Allowed()


def test_the_most_generous_cohort_decides(ana: User, module: Module, enrol: Enrol, now: datetime) -> None:
    enrol(TODAY + timedelta(days=9))
    enrol(TODAY + timedelta(days=5))
    assert may_open(learner=ana, module=module, now=now) == Refused("opens_later", TODAY + timedelta(days=5))
    enrol(TODAY)
    assert may_open(learner=ana, module=module, now=now) == Allowed()


@pytest.mark.parametrize("running", [{"ends_on": TODAY - timedelta(days=1)}, {"starts_on": TODAY + timedelta(days=1)}])
def test_a_cohort_that_does_not_run_decides_nothing(
    ana: User, module: Module, enrol: Enrol, now: datetime, running: Any
) -> None:
    enrol(TODAY + timedelta(days=1), **running)
    assert may_open(learner=ana, module=module, now=now) == Allowed()
    close(module)
    assert may_open(learner=ana, module=module, now=now) == Refused("members_only")


def test_who_left_is_outside(ana: User, module: Module, enrol: Enrol, now: datetime) -> None:
    close(module)
    enrolment = enrol(TODAY)
    enrolment.ended_at, enrolment.ended_because = now, "withdrew"
    enrolment.save()
    assert may_open(learner=ana, module=module, now=now) == Refused("members_only")


@pytest.mark.parametrize(
    ("zone", "moment", "answer"),
    [
        ("Europe/Sofia", datetime(2027, 3, 14, 21, 59, tzinfo=UTC), Refused("opens_later", TODAY)),
        ("Europe/Sofia", datetime(2027, 3, 14, 22, 0, tzinfo=UTC), Allowed()),
        ("Pacific/Auckland", datetime(2027, 3, 14, 10, 59, tzinfo=UTC), Refused("opens_later", TODAY)),
        ("Pacific/Auckland", datetime(2027, 3, 14, 11, 0, tzinfo=UTC), Allowed()),
        ("America/Lima", datetime(2027, 3, 15, 4, 59, tzinfo=UTC), Refused("opens_later", TODAY)),
        ("America/Lima", datetime(2027, 3, 15, 5, 0, tzinfo=UTC), Allowed()),
    ],
)
def test_a_day_begins_in_the_zone_of_the_cohort(
    ana: User, module: Module, enrol: Enrol, zone: str, moment: datetime, answer: Any
) -> None:
    """Q-12"""
    enrol(TODAY, zone=zone)
    assert may_open(learner=ana, module=module, now=moment) == answer


def test_many_modules_take_one_query(
    ana: User, module: Module, enrol: Enrol, now: datetime, django_assert_num_queries: Any
) -> None:
    enrol(TODAY + timedelta(days=1))
    others = [make_module(module.programme) for _ in range(4)]
    with django_assert_num_queries(1):
        answers = may_open_each(learner=ana, modules=[module, *others], now=now)
    assert answers[module.pk] == Refused("opens_later", TODAY + timedelta(days=1))
    assert [answers[other.pk] for other in others] == [Allowed()] * 4

"""Who may reach which cohort, enrolment and invitation."""

from datetime import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from lms.cohorts.access import access_cohort, access_enrolment, access_invitation, may_train
from lms.cohorts.invitations import invite
from lms.cohorts.models import Cohort
from lms.cohorts.services import remove_trainer
from lms.people.models import User
from lms.shared.refusals import NotHere
from tests.factories.cohorts import make_cohort, make_enrolment
from tests.factories.people import make_operator, make_trainee, make_trainer

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom() -> User:
    return make_trainer()


@pytest.fixture
def toms(tom: User) -> Cohort:
    return make_cohort("toms", trainers=[tom, make_trainer()], learners=1)


@pytest.fixture
def olgas() -> Cohort:
    return make_cohort("olgas", trainers=[make_trainer(name="Olga")], learners=1)


def test_trainers_of_the_cohort_and_operators_get_it(tom: User, toms: Cohort) -> None:
    """A-03"""
    assert access_cohort(tom, "toms") == toms
    assert access_cohort(make_operator(), "toms") == toms


@pytest.mark.parametrize("code", ["olgas", "no-such-cohort", "", "toms "])
def test_what_is_not_mine_looks_like_what_is_not_there(tom: User, toms: Cohort, olgas: Cohort, code: str) -> None:
    """A-03"""
    with pytest.raises(NotHere) as refusal:
        access_cohort(tom, code)
    assert refusal.value.details == {}


def test_nobody_else_gets_it(tom: User, toms: Cohort) -> None:
    """A-03: a trainee in the cohort, a demoted trainer, a closed account, a visitor"""
    learner = toms.enrolments.get().learner
    demoted, closed = make_trainer(), make_trainer()
    toms.trainers.add(demoted, closed, make_trainee())
    demoted.role, closed.is_active = "trainee", False
    demoted.save()
    closed.save()
    for person in (learner, demoted, closed, AnonymousUser(), toms.trainers.get(role="trainee", pk=demoted.pk)):
        assert not may_train(person, toms)
        with pytest.raises(NotHere):
            access_cohort(person, "toms")


def test_removal_acts_at_once(tom: User, toms: Cohort, now: datetime) -> None:
    """A-08"""
    remove_trainer(cohort=toms, trainer=tom, by=None, now=now)
    with pytest.raises(NotHere):
        access_cohort(tom, "toms")
    with pytest.raises(NotHere):
        access_enrolment(tom, toms, toms.enrolments.get().learner_id)


def test_a_learner_is_found_only_below_her_own_cohort(tom: User, toms: Cohort, olgas: Cohort) -> None:
    """A-04: all pairs of cohort and learner"""
    olga, boss = olgas.trainers.get(), make_operator()
    found = set()
    for person in (tom, olga, boss):
        for cohort in (toms, olgas):
            for of in (toms, olgas):
                try:
                    enrolment = access_enrolment(person, cohort, of.enrolments.get().learner_id)
                except NotHere:
                    continue
                assert (enrolment.cohort, enrolment.learner) == (cohort, of.enrolments.get().learner)
                found.add((person.name, cohort.code, of.code))
    assert found == {
        ("Tom", "toms", "toms"),
        ("Olga", "olgas", "olgas"),
        ("Petya", "toms", "toms"),
        ("Petya", "olgas", "olgas"),
    }


@pytest.mark.parametrize("learner_id", ["", "1", "not-a-uuid", "0903b29e-43c4-419c-b0b9-eb0abe3a24ec"])
def test_ids_that_are_none_are_not_here(tom: User, toms: Cohort, learner_id: str) -> None:
    """A-05"""
    with pytest.raises(NotHere):
        access_enrolment(tom, toms, learner_id)


def test_who_left_can_still_be_reached(tom: User, toms: Cohort, now: datetime) -> None:
    gone = make_enrolment(toms, ended_at=now, ended_because="withdrew")
    assert access_enrolment(tom, toms, gone.learner_id) == gone


def test_an_invitation_is_found_only_below_its_cohort(tom: User, toms: Cohort, olgas: Cohort, now: datetime) -> None:
    """A-04"""
    invitation, _token = invite(cohort=olgas, email="new@example.org", by=None, now=now)
    olga = olgas.trainers.get()
    assert access_invitation(olga, olgas, invitation.pk) == invitation
    for person, cohort in ((tom, toms), (tom, olgas), (make_operator(), toms)):
        with pytest.raises(NotHere):
            access_invitation(person, cohort, invitation.pk)

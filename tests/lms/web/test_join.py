"""The link of an invitation: with an account, without one, too late (S-08)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lms.cohorts.invitations import invite
from lms.cohorts.models import Enrolment
from lms.people.models import OutgoingMail
from lms.shared import clock
from tests.factories.cohorts import make_cohort
from tests.factories.people import PASSWORD, make_trainee, make_trainer
from tests.lms.web.visiting import SIGN_IN, SIGN_UP, is_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Client:
    return Client()


def an_invitation(email: str = "ana@example.org", **fields: Any) -> str:
    """The address of its page, in English."""
    cohort = make_cohort(name="Spring", trainers=[make_trainer(name="Tom")])
    _, token = invite(cohort=cohort, email=email, by=None, now=fields.get("now", clock.now()))
    OutgoingMail.objects.all().delete()
    return f"/en/account/join/{token}/"


def test_an_invitation_shows_what_it_is_to_before_anybody_signs_in(visitor: Client) -> None:
    response = visitor.get(an_invitation())
    page = response.content.decode()
    assert "Spring" in page
    assert "Tom" in page
    assert "no-store" in response.headers["Cache-Control"]


def test_who_holds_an_invitation_makes_an_account_and_is_in_the_cohort(visitor: Client) -> None:
    address = an_invitation()
    form = visitor.get(f"{SIGN_UP}?next={address}").content.decode()
    assert 'value="ana@example.org"' in form
    typed = {"email": "ana@example.org", "name": "Ana", "password": PASSWORD, "next": address}
    response = visitor.post(SIGN_UP, typed, follow=True)
    assert "You are in Spring" in response.content.decode()
    assert Enrolment.objects.get().learner.email == "ana@example.org"
    assert not OutgoingMail.objects.exists()


def test_with_another_address_one_signs_in_first_and_then_is_in_the_cohort(visitor: Client) -> None:
    """S-02: only for the invited address does sign-up tell anything."""
    address = an_invitation()
    typed = {"email": "other@example.org", "name": "Ana", "password": PASSWORD, "next": address}
    response = visitor.post(SIGN_UP, typed, follow=True)
    assert not Enrolment.objects.exists()
    assert f'value="{address}"' in response.content.decode()
    response = visitor.post(SIGN_IN, {"login": "other@example.org", "password": PASSWORD, "next": address}, follow=True)
    assert "You are in Spring" in response.content.decode()


def test_signing_in_by_an_invitation_in_another_language_joins(visitor: Client) -> None:
    address = an_invitation().replace("/en/", "/bg/")
    person = make_trainee()
    sign_in(visitor, person.email, next=address)
    assert Enrolment.objects.get().learner == person


def test_signed_in_one_click_joins_and_looking_does_not(visitor: Client) -> None:
    address, person = an_invitation(), make_trainee()
    sign_in(visitor, person.email)
    assert "You join as" in visitor.get(address).content.decode()
    assert not Enrolment.objects.exists()
    assert "You are in Spring" in visitor.post(address, follow=True).content.decode()
    assert "You are in Spring" in visitor.post(address, follow=True).content.decode()


def test_a_shared_phone_does_not_join_somebody_else(visitor: Client) -> None:
    """P-09: the link is in no session, so whoever signs in later by another way is not taken along."""
    visitor.get(an_invitation())
    sign_in(visitor, make_trainee().email)
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize(("made", "says"), [(-15, "too old"), (0, "already")])
def test_a_closed_invitation_says_what_to_do(made: int, says: str, visitor: Client) -> None:
    address = an_invitation(now=clock.now() + timedelta(days=made))
    if made == 0:
        first = Client()
        sign_in(first, make_trainee().email, next=address)
    response = visitor.get(address)
    assert response.status_code == 410
    assert says in response.content.decode()
    assert "ask your trainer for a new one" in response.content.decode().lower()


def test_an_expired_invitation_spoils_no_sign_in(visitor: Client) -> None:
    address, person = an_invitation(now=clock.now() - timedelta(days=15)), make_trainee()
    response = visitor.post(SIGN_IN, {"login": person.email, "password": PASSWORD, "next": address}, follow=True)
    assert response.status_code == 410
    assert is_in(visitor)


def test_an_unknown_link_is_not_found(visitor: Client) -> None:
    assert visitor.get("/en/account/join/nothing/").status_code == 404

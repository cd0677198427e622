"""The admin's people: what operators may change, and what they may only look at (A-02, A-14)."""

from datetime import datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from lms.people.models import AuditEvent, OutgoingMail, User
from lms.people.selectors import audit_trail
from lms.people.services import post_mail
from tests.factories.people import PASSWORD, make_mail, make_operator, make_token, make_trainee

pytestmark = pytest.mark.django_db
LISTS = ("user", "accesstoken", "auditevent", "outgoingmail")


@pytest.fixture
def operator_client() -> Client:
    client = Client()
    client.force_login(make_operator())
    return client


def typed(person: User, **fields: Any) -> dict[str, Any]:
    names = ("email", "display_name", "role", "language", "timezone", "is_active", "wants_reminders")
    return {name: getattr(person, name) for name in names} | fields


@pytest.mark.parametrize("table", LISTS)
def test_operators_see_the_lists_and_each_row(table: str, operator_client: Client, now: datetime) -> None:
    token, _ = make_token(now=now)
    rows = {
        "user": token.owner.pk,
        "accesstoken": token.pk,
        "auditevent": AuditEvent.objects.get().pk,
        "outgoingmail": make_mail(now=now).pk,
    }
    assert operator_client.get(f"/admin/people/{table}/?q=a").status_code == 200
    page = operator_client.get(f"/admin/people/{table}/{rows[table]}/change/")
    assert page.status_code == 200
    assert token.digest not in page.content.decode()


@pytest.mark.parametrize("table", LISTS)
def test_a_14_nothing_can_be_added_or_deleted_in_the_admin(table: str, operator_client: Client, now: datetime) -> None:
    """A-14: the trail above all; and people are forgotten in every table or not at all."""
    token, _ = make_token(now=now)
    make_mail(now=now)
    before = (AuditEvent.objects.count(), User.objects.count(), OutgoingMail.objects.count())
    assert operator_client.get(f"/admin/people/{table}/add/").status_code == 403
    pk = {"user": token.owner.pk, "accesstoken": token.pk, "auditevent": AuditEvent.objects.get().pk}.get(
        table, OutgoingMail.objects.get().pk
    )
    assert operator_client.post(f"/admin/people/{table}/{pk}/delete/", {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": [str(pk)], "post": "yes"}
    operator_client.post(f"/admin/people/{table}/", action)
    assert (AuditEvent.objects.count(), User.objects.count(), OutgoingMail.objects.count()) == before


@pytest.mark.parametrize("table", LISTS)
def test_a_02_nobody_else_gets_in(table: str, client: Client) -> None:
    """A-02: a trainee is refused, a visitor asked who they are."""
    assert client.get(f"/admin/people/{table}/").status_code == 302
    client.force_login(make_trainee())
    assert client.get(f"/admin/people/{table}/", follow=True).status_code == 403


def test_changing_a_role_is_written_down(operator_client: Client) -> None:
    person = make_trainee(name="Tom")
    address = f"/admin/people/user/{person.pk}/change/"
    assert operator_client.post(address, typed(person, role="trainer")).status_code == 302
    person.refresh_from_db()
    assert person.role == "trainer"
    line = audit_trail(person.pk)[0]
    assert (line.who, line.verb, line.what) == ("Petya", "account changed", "Tom")


def test_a_new_address_closes_the_old_one(operator_client: Client) -> None:
    """The old mailbox may be somebody else's now: it neither signs in nor resets."""
    person = make_trainee("old@example.org")
    EmailAddress.objects.create(user=person, email="old@example.org", primary=True, verified=True)
    operator_client.post(f"/admin/people/user/{person.pk}/change/", typed(person, email="New@example.org"))
    visitor = Client()
    for email, answer in (("old@example.org", 200), ("new@example.org", 302)):
        response = visitor.post("/en/account/sign-in/", {"login": email, "password": PASSWORD})
        assert response.status_code == answer


def test_the_last_operator_stays_one(operator_client: Client) -> None:
    person = User.objects.get()
    response = operator_client.post(f"/admin/people/user/{person.pk}/change/", typed(person, role="trainee"))
    assert response.status_code == 409
    person.refresh_from_db()
    assert person.is_operator


def test_s_08_a_letter_is_not_shown_and_not_kept_once_it_is_sent(operator_client: Client, now: datetime) -> None:
    """S-08: a link that opens an account stands in a mailbox, not in our lists and backups."""
    from lms.people.services import deliver_mail

    context = {"name": "Ana", "url": "https://x.example/secret-link"}
    mail = post_mail(kind="password_reset", to="a@example.org", language="en", context=context, now=now)
    page = operator_client.get(f"/admin/people/outgoingmail/{mail.pk}/change/").content.decode()
    assert "secret-link" not in page
    deliver_mail(mail_id=mail.pk, now=now)
    mail.refresh_from_db()
    assert (mail.state, mail.text, mail.html) == ("sent", "", "")

"""The way out of reminders."""

import pytest
from django.test import Client

from lms.people.models import AuditEvent, User
from lms.reminders.services import send_reminder
from lms.reminders.stop_link import signed_for
from tests.factories.people import make_trainee
from tests.factories.reminders import NOW, make_reminder

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return make_trainee(password=None)


def link(person: User, language: str = "en") -> str:
    return f"/{language}/reminders/stop/{signed_for(person)}/"


def test_opening_the_link_only_asks(client: Client, ana: User) -> None:
    """X-04: programs that look at mail open every link in it."""
    for language in ("en", "bg"):
        assert client.get(link(ana, language)).status_code == 200
    client.head(link(ana))
    ana.refresh_from_db()
    assert ana.wants_reminders


def test_pressing_the_button_turns_reminders_off_without_signing_in(client: Client, ana: User) -> None:
    """X-04, P-06"""
    answer = client.post(link(ana))
    assert "Reminders are off" in answer.content.decode()
    ana.refresh_from_db()
    assert ana.wants_reminders is False
    assert AuditEvent.objects.filter(verb="reminders turned off", target_id=str(ana.pk)).count() == 1


def test_a_mail_program_does_it_without_cookies_or_a_token(ana: User) -> None:
    """X-04: RFC 8058 one-click."""
    program = Client(enforce_csrf_checks=True)
    answer = program.post(link(ana), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    ana.refresh_from_db()
    assert ana.wants_reminders is False


def test_twice_is_as_good_as_once(client: Client, ana: User) -> None:
    for _ in range(2):
        assert client.post(link(ana)).status_code == 200
    assert AuditEvent.objects.filter(verb="reminders turned off").count() == 1


def test_it_acts_at_once_on_what_is_planned(client: Client) -> None:
    """P-06"""
    reminder = make_reminder()
    client.post(link(reminder.enrolment.learner))
    held = send_reminder(reminder_id=reminder.pk, now=NOW)
    assert held
    assert (held.state, held.because) == ("skipped", "opted_out")


def test_it_changes_nothing_else(client: Client, ana: User) -> None:
    before = User.objects.filter(pk=ana.pk).values().get()
    client.post(link(ana))
    after = User.objects.filter(pk=ana.pk).values().get()
    assert {name for name in before if before[name] != after[name]} == {"wants_reminders"}


@pytest.mark.parametrize("change", ["x", "", "../"])
def test_a_link_that_was_tampered_with_opens_nothing(change: str, client: Client, ana: User) -> None:
    signed = signed_for(make_trainee(password=None)).partition(".")[2]
    for forged in (f"{ana.pk.hex}.{signed}", f"{signed_for(ana)[:-1]}{change}", ana.pk.hex, "no-uuid.sig"):
        assert client.post(f"/en/reminders/stop/{forged}/").status_code == 404
    ana.refresh_from_db()
    assert ana.wants_reminders


def test_a_link_of_an_account_that_is_closed_opens_nothing(client: Client, ana: User) -> None:
    User.objects.update(is_active=False)
    assert client.get(link(ana)).status_code == 404

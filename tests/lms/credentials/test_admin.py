"""What operators do with credentials goes through the verbs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from lms.credentials.models import Credential
from lms.people.models import AuditEvent, User
from tests.factories.credentials import make_credential
from tests.factories.people import make_operator, make_trainer
from tests.factories.reminders import make_reminder

pytestmark = pytest.mark.django_db
LIST = "/admin/credentials/credential/"


@pytest.fixture
def operator(client_for: Callable[[Any], Client]) -> Client:
    return client_for(make_operator(password=None, is_superuser=True))


def test_a_reason_takes_a_credential_back(operator: Client) -> None:
    credential = make_credential()
    assert operator.get(f"{LIST}{credential.pk}/change/").status_code == 200
    operator.post(f"{LIST}{credential.pk}/change/", {"revoked_because": "Marked by mistake"})
    credential.refresh_from_db()
    assert credential.revoked_at
    assert AuditEvent.objects.filter(verb="credential revoked").count() == 1


def test_without_a_reason_nothing_happens(operator: Client) -> None:
    credential = make_credential()
    operator.post(f"{LIST}{credential.pk}/change/", {"revoked_because": "", "facts": "{}", "is_public": ""})
    assert Credential.objects.values().get() == Credential.objects.filter(pk=credential.pk).values().get()
    credential.refresh_from_db()
    assert credential.revoked_at is None
    assert credential.is_public


def test_it_is_issued_again_with_the_new_name(operator: Client) -> None:
    """X-07"""
    credential = make_credential()
    User.objects.filter(pk=credential.learner_id).update(display_name="Ana Georgieva")
    for _ in range(2):  # the second time it is replaced already
        operator.post(LIST, {"action": "issue_again", "_selected_action": [credential.pk]})
    assert Credential.objects.get(revoked_at=None).facts["name"] == "Ana Georgieva"
    assert Credential.objects.count() == 2


def test_trainers_and_strangers_do_not_get_in(client_for: Callable[[Any], Client]) -> None:
    for person in (None, make_trainer(password=None)):
        assert client_for(person).get(LIST).status_code == 302


def test_reminders_can_be_looked_at(operator: Client) -> None:
    reminder = make_reminder()
    assert operator.get("/admin/reminders/reminder/").status_code == 200
    assert operator.get(f"/admin/reminders/reminder/{reminder.pk}/change/").status_code == 200
    assert operator.post(f"/admin/reminders/reminder/{reminder.pk}/change/", {"state": "sent"}).status_code == 403

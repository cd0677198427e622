"""Tasks of people: a sign of life, and mail that waits for nobody but the commit."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from kombu.exceptions import OperationalError

from lms.people import tasks
from lms.people.models import OutgoingMail
from lms.people.requests import mail_after_commit, owed_mail_after_commit
from lms.shared import clock
from tests.factories.people import make_mail


def test_the_tick_says_when_it_was() -> None:
    tasks.tick()
    age = clock.now() - datetime.fromisoformat(cache.get("timetable.tick"))
    assert timedelta(0) <= age < timedelta(minutes=1)


@pytest.mark.django_db
def test_mail_is_handed_on_after_the_commit_and_not_before(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(tasks.send_mail, "delay", lambda *args: sent.append(args))
    monkeypatch.setattr(tasks.sweep_mail, "delay", lambda *args: sent.append("sweep"))
    mail = make_mail()
    with django_capture_on_commit_callbacks(execute=True):
        mail_after_commit(mail)
        owed_mail_after_commit()
        assert sent == []
    assert sent == [(str(mail.pk),), "sweep"]


@pytest.mark.django_db
def test_r_08_a_dead_queue_costs_nobody_their_mail(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    """R-08: the row waits, the request goes on."""

    def dead(*_: Any) -> None:
        raise OperationalError("nobody there")

    monkeypatch.setattr(tasks.send_mail, "delay", dead)
    mail = make_mail(now=clock.now())
    with django_capture_on_commit_callbacks(execute=True):
        mail_after_commit(mail)
    assert OutgoingMail.objects.get().state == "queued"

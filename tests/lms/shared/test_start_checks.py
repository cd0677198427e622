"""What a process of the service asserts before it does anything."""

import importlib
from types import SimpleNamespace
from typing import Any

import pytest
from celery import Celery
from django.core.checks import run_checks
from django.db import connection, connections

from lms.people.models import User
from lms.shared.start_checks import TAG, UnfitToStart, queue_problems, refuse_unfit, weakness_of_key

GOOD_QUEUE: dict[str, Any] = {
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "worker_prefetch_multiplier": 1,
    "task_time_limit": 1800,
    "task_publish_retry": False,
    "result_backend": None,
    "broker_transport_options": {"visibility_timeout": 3600, "unacked_restore_throttle": 1, "socket_timeout": 1.0},
}


def reasons(*, database: bool = False) -> list[str]:
    return [str(message.id) for message in run_checks(tags=[TAG], databases=["default"] if database else None)]


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({}, None),
        ({"task_acks_late": False}, 10),
        ({"task_reject_on_worker_lost": False}, 10),
        ({"worker_prefetch_multiplier": 4}, 11),
        ({"broker_transport_options": {"visibility_timeout": 3600, "socket_timeout": 1.0}}, 12),
        ({"task_time_limit": 4000}, 13),
        ({"task_time_limit": None}, 13),
        ({"broker_transport_options": {"visibility_timeout": 3600, "unacked_restore_throttle": 1}}, 14),
        ({"task_publish_retry": True}, 15),
        ({"result_backend": "redis://127.0.0.1"}, 16),
    ],
)
def test_each_setting_that_keeps_work_from_being_lost_is_asserted(change: dict[str, Any], check: int | None) -> None:
    """T1 to T4."""
    found = queue_problems(SimpleNamespace(**{**GOOD_QUEUE, **change}))
    assert [number for number, _what in found] == ([check] if check else [])


def test_the_services_own_settings_pass() -> None:
    """T1 to T4: as the worker reads them; the suite itself has another queue."""
    own = importlib.import_module("lms.settings")
    app = Celery("as-in-service")
    app.config_from_object(own, namespace="CELERY")
    assert queue_problems(app.conf) == []
    refuse_unfit(database=False)


@pytest.mark.django_db
@pytest.mark.sqlite
def test_sqlite_is_set_as_promised() -> None:
    """R-11, D7: asked of the connection that serves."""
    assert reasons(database=True) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("pragma", "check"),
    [
        ("synchronous = NORMAL", "start.E021"),
        ("busy_timeout = 100", "start.E022"),
    ],
)
def test_a_sqlite_that_could_lose_an_answer_is_refused(pragma: str, check: str) -> None:
    """R-11, D7"""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
    try:
        assert reasons(database=True) == [check]
        with pytest.raises(UnfitToStart, match="SQLite"):
            refuse_unfit(database=True)
    finally:
        connection.close()  # the next one is set anew


@pytest.mark.django_db
@pytest.mark.sqlite
def test_transactions_that_begin_deferred_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """T5"""
    monkeypatch.setattr(connections["default"], "transaction_mode", None)
    assert reasons(database=True) == ["start.E023"]


@pytest.mark.django_db
def test_demo_people_are_refused_in_production_only(settings: Any) -> None:
    """S-16"""
    User.objects.create_user(email="trainee@example.org", is_demo=True)
    assert "start.E005" not in reasons(database=True)
    settings.PRODUCTION = True
    assert "start.E005" in reasons(database=True)


def test_a_wildcard_host_is_refused_in_production(settings: Any) -> None:
    """S-09, S-16"""
    settings.PRODUCTION = True
    settings.ALLOWED_HOSTS = [".example.org"]
    assert "start.E003" in reasons()


@pytest.mark.parametrize(
    ("key", "weak"),
    [
        ("k" * 80, True),
        ("a-b" * 5, True),
        ("change-me" + "xY3zW9qL7mN5pR1t" * 4, True),
        ("xY3zW9qL7mN5pR1t" * 4, False),
    ],
)
def test_what_is_no_secret(key: str, weak: bool) -> None:
    assert bool(weakness_of_key(key)) is weak

"""What load balancers and operators are told."""

from collections import namedtuple
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from lms.people import tasks
from lms.people.models import OutgoingMail
from lms.shared import clock
from lms.web import health

Disk = namedtuple("Disk", "total used free")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ticked() -> None:
    tasks.tick()


def ready(client: Client) -> tuple[int, dict[str, Any]]:
    response = client.get("/health/ready")
    return response.status_code, response.json()["checks"]


def owe_mail(due: datetime) -> None:
    OutgoingMail.objects.create(
        kind="test", to="ana@example.org", subject="s", text="t", queued_at=due, next_try_at=due
    )


def test_alive_asks_nothing_else(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = client.get("/health/live")
    assert response.status_code == 200
    assert response.json()["status"] == "ok"


def test_ready_says_the_state_of_each_part(client: Client) -> None:
    """O-10"""
    status, checks = ready(client)
    assert status == 200
    assert checks.keys() == {"database", "migrations", "queue", "timetable", "jobs", "disk"}
    assert all(state["ok"] for state in checks.values())


def test_it_may_be_asked_without_a_language_or_a_session(client: Client) -> None:
    response = client.get("/health/ready")
    assert response.cookies == {}
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("age", "fine"), [(0, True), (119, True), (121, False)])
def test_a_silent_timetable_is_not_ready(client: Client, age: int, fine: bool) -> None:
    """O-10: two intervals."""
    cache.set(health.TICK_KEY, (clock.now() - timedelta(seconds=age)).isoformat(), None)
    status, checks = ready(client)
    assert checks["timetable"]["ok"] is fine
    assert status == (200 if fine else 503)
    assert checks["timetable"]["seconds"] == pytest.approx(age, abs=2)


def test_a_timetable_that_never_spoke_is_not_ready(client: Client) -> None:
    """O-10"""
    cache.delete(health.TICK_KEY)
    assert ready(client)[0] == 503


@pytest.mark.parametrize(("minutes", "fine"), [(-30, True), (9, True), (11, False)])
def test_work_that_nobody_takes_up_is_not_ready(client: Client, minutes: int, fine: bool) -> None:
    """O-10: mail that was due ten minutes ago; one that is due later does not count."""
    owe_mail(clock.now() - timedelta(minutes=minutes))
    status, checks = ready(client)
    assert checks["jobs"]["ok"] is fine
    assert status == (200 if fine else 503)


@pytest.mark.parametrize(("free", "fine"), [(6, True), (4, False)])
def test_a_disk_that_is_nearly_full_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch, free: int, fine: bool
) -> None:
    """O-10, R-12"""
    monkeypatch.setattr("shutil.disk_usage", lambda _: Disk(100, 100 - free, free))
    status, checks = ready(client)
    assert checks["disk"] == {"ok": fine}
    assert status == (200 if fine else 503)


def test_a_queue_that_is_away_is_not_ready_and_says_no_more_than_that(client: Client, settings: Any) -> None:
    """O-10, R-08: through the very cache that serves, pointed at a socket where nobody listens."""
    settings.CACHES = {
        "default": {
            "BACKEND": "lms.shared.tolerant_cache.TolerantRedisCache",
            "LOCATION": "unix:///nowhere/server.sock?db=1",
        }
    }
    status, checks = ready(client)
    assert status == 503
    assert checks["queue"] == {"ok": False}
    assert checks["database"] == {"ok": True}


def test_pending_migrations_are_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """O-07, O-10: new code on old tables."""
    monkeypatch.setattr(health, "_migrated", False)
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: [("people.0002", False)])
    status, checks = ready(client)
    assert status == 503
    assert checks["migrations"] == {"ok": False}

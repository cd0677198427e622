"""Fixtures for every test: the present moment as a value, a client per person; and no way out of this machine."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from lms.shared.kept import forget_everything
from tests.harness import network

# Playwright keeps an event loop running in this thread, and Django would take a fixture's queries for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_serialized_rollback"}


def pytest_configure() -> None:
    network.block()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The second round, on PostgreSQL, repeats only what asks the database: the rest cannot differ."""
    on_postgresql = os.environ.get("LMS_TEST_DATABASE") == "postgresql"
    dropped = [item for item in items if not (_is_for_postgresql(item) if on_postgresql else _is_for_sqlite(item))]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item not in dropped]


def _is_for_sqlite(item: pytest.Item) -> bool:
    return item.get_closest_marker("postgresql") is None


def _is_for_postgresql(item: pytest.Item) -> bool:
    if item.get_closest_marker("sqlite"):
        return False
    if item.get_closest_marker("service") or item.get_closest_marker("browser"):
        return True
    fixtures: list[str] = getattr(item, "fixturenames", [])
    return bool(item.get_closest_marker("django_db")) or not DATABASE_FIXTURES.isdisjoint(fixtures)


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Throttle counters, signs of life and kept pages of one test are not the next one's."""
    cache.clear()
    forget_everything()


@pytest.fixture
def now() -> datetime:
    return datetime(2027, 3, 15, 9, 0, tzinfo=UTC)


@pytest.fixture
def client_for() -> Callable[[Any], Client]:
    """A browser in which this person is signed in; None: nobody is."""

    def make(person: Any) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    return make

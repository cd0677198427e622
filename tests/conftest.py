"""Fixtures for every test: the present moment, as a value."""

from datetime import UTC, datetime

import pytest


@pytest.fixture
def now() -> datetime:
    return datetime(2027, 3, 15, 9, 0, tzinfo=UTC)

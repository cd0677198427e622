"""Sessions are Django's own; only how one is read is ours."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore as DjangoStore
from django.contrib.sessions.models import Session

from lms.people.sessions import SessionStore
from lms.shared.clock import now
from tests.query_counts import counted

pytestmark = pytest.mark.django_db


def stored(**data: str) -> str:
    store = SessionStore()
    store.update(data)
    store.create()
    assert store.session_key is not None
    return store.session_key


def test_a_session_is_read_with_one_query_and_is_what_django_reads() -> None:
    ana, boris = stored(name="Ana"), stored(name="Boris")
    for key, name in ((ana, "Ana"), (boris, "Boris"), (ana, "Ana")):
        with counted() as asked:
            assert SessionStore(key).load() == DjangoStore(key).load() == {"name": name}
        assert len(asked) == 2  # one of each


@pytest.mark.parametrize("key", ["", "short", "0" * 32, None])
def test_a_session_that_is_not_there_is_empty_and_has_no_key(key: str | None) -> None:
    store = SessionStore(key)
    assert store.load() == {}
    assert store.session_key is None


def test_a_session_that_is_over_is_empty() -> None:
    key = stored(name="Ana")
    Session.objects.update(expire_date=now() - timedelta(seconds=1))
    assert SessionStore(key).load() == {}


def test_what_was_signed_by_somebody_else_is_empty() -> None:
    """S-07: as with Django's own store, data that was changed in the database is no data."""
    key = stored(name="Ana")
    Session.objects.update(session_data="eyJuYW1lIjoiQW5hIn0:forged:forged")
    assert SessionStore(key).load() == {}

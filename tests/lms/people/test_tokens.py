"""Access tokens: shown once, kept as digests, dead as soon as they are revoked (S-07, A-10)."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from lms.people.models import AccessToken
from lms.people.selectors import my_tokens
from lms.people.services import deactivate, find_token, revoke_token
from lms.shared.refusals import NotHere
from tests.factories.people import make_operator, make_token, make_trainee

pytestmark = pytest.mark.django_db


def test_s_07_the_table_does_not_hold_what_opens_the_door(now: datetime) -> None:
    """S-07: dump the table and try what is in it."""
    token, text = make_token(now=now)
    dump = json.dumps(list(AccessToken.objects.values()), default=str)
    assert text not in dump
    assert text.startswith("gs_")
    assert len(text) > 43  # 256 bits
    for stolen in (token.digest, token.prefix, f"gs_{token.digest}"):
        assert find_token(stolen, now) is None
    assert find_token(text, now) == token


def test_two_tokens_are_never_alike(now: datetime) -> None:
    assert len({make_token(now=now)[1] for _ in range(20)}) == 20


def test_s_07_a_revoked_token_opens_nothing_from_the_next_request_on(now: datetime) -> None:
    """S-07: and revoking twice is one line in the trail."""
    token, text = make_token(now=now)
    revoke_token(token_id=token.pk, by=token.owner, now=now)
    assert find_token(text, now) is None
    revoke_token(token_id=token.pk, by=token.owner, now=now + timedelta(days=1))
    token.refresh_from_db()
    assert token.revoked_at == now


def test_a_token_ends_on_its_day(now: datetime) -> None:
    token, text = make_token(now=now)
    assert find_token(text, token.expires_at - timedelta(seconds=1)) is not None
    assert find_token(text, token.expires_at) is None


def test_a_10_the_token_of_a_closed_account_opens_nothing(now: datetime) -> None:
    """A-10: it has its owner's rights of this moment, and a closed account has none."""
    token, text = make_token(now=now)
    deactivate(person=token.owner, by=None, now=now)
    assert find_token(text, now) is None


def test_a_01_somebody_elses_token_is_not_there(now: datetime) -> None:
    """A-01: not yours and not there are one answer; operators may revoke any."""
    token, text = make_token(now=now)
    with pytest.raises(NotHere):
        revoke_token(token_id=token.pk, by=make_trainee(), now=now)
    with pytest.raises(NotHere):
        revoke_token(token_id=uuid4(), by=token.owner, now=now)
    assert find_token(text, now) is not None
    revoke_token(token_id=token.pk, by=make_operator(), now=now)
    assert find_token(text, now) is None


def test_the_last_use_is_written_once_a_day(now: datetime, django_assert_num_queries: Any) -> None:
    token, text = make_token(now=now)
    with django_assert_num_queries(2):
        find_token(text, now)
    with django_assert_num_queries(1):
        find_token(text, now + timedelta(hours=1))
    with django_assert_num_queries(2):
        find_token(text, now + timedelta(days=1))
    token.refresh_from_db()
    assert token.last_used_on == (now + timedelta(days=1)).date()


def test_my_tokens_say_which_live(now: datetime) -> None:
    owner = make_trainee()
    old, _ = make_token(owner, now=now - timedelta(days=91))
    new, _ = make_token(owner, now=now)
    make_token(now=now)
    assert [(line.id, line.is_live) for line in my_tokens(owner, now)] == [(new.pk, True), (old.pk, False)]

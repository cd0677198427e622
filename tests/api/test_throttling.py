"""How often one may ask."""

import threading
from typing import Any

import pytest
from django.core.cache import cache

from api import throttling
from lms.people.models import User
from lms.shared.clock import now as present
from lms.shared.tolerant_cache import TolerantRedisCache
from tests.api.conftest import Ask, Shelf, asker
from tests.factories.people import make_token, make_trainee


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Twenty seconds into a minute that does not pass; three requests in it."""
    monkeypatch.setattr(throttling.time, "time", lambda: 60_000_020.0)
    settings.API_RATE = 3


def _fresh(owner: User) -> Ask:
    return asker(make_token(owner, now=present())[1])


def test_s06_the_fourth_request_of_three_is_refused_and_told_when_to_come_back(shelf: Shelf, owner: User) -> None:
    """S-06."""
    ask = _fresh(owner)
    assert [ask("facts/").status_code for _ in range(3)] == [200] * 3
    refused = ask("facts/")
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert 0 < int(refused["Retry-After"]) <= 60
    assert refused.json()["type"].endswith("#problem-too_many_requests")


def test_the_next_minute_begins_anew(shelf: Shelf, owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = _fresh(owner)
    wait = int([ask("facts/") for _ in range(4)][-1]["Retry-After"])
    monkeypatch.setattr(throttling.time, "time", lambda: 60_000_020.0 + wait)
    assert ask("facts/").status_code == 200


def test_each_token_has_its_own_count(shelf: Shelf, owner: User) -> None:
    for ask in (_fresh(owner), _fresh(owner), _fresh(make_trainee())):
        assert [ask("facts/").status_code for _ in range(4)] == [200, 200, 200, 429]


def test_not_modified_and_head_count_too(shelf: Shelf, owner: User) -> None:
    ask = _fresh(owner)
    tag = ask("facts/")["ETag"]
    assert ask("facts/", headers={"If-None-Match": tag}).status_code == 304
    assert ask("facts/", method="head").status_code == 200
    assert ask("facts/").status_code == 429


@pytest.mark.parametrize("header", ["", "Bearer gs_wrong"])
def test_s05_knocking_with_wrong_tokens_is_counted_by_network(header: str, shelf: Shelf) -> None:
    """S-05: neither the spelling of the address nor that of headers makes a new count."""
    ask = asker(None)
    paths = ["facts/", "lessons/", "lessons/soil-is-alive/", "facts/", "changes/"]
    headers = [{"X-Forwarded-For": f"10.0.0.{number}", "Authorization": header} for number in range(5)]
    answers = [ask(path, headers=sent).status_code for path, sent in zip(paths, headers, strict=True)]
    assert answers == [401, 401, 401, 429, 429]


def test_s05_behind_a_proxy_the_address_that_the_proxy_saw_counts(shelf: Shelf, settings: Any) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    ask = asker(None)

    def knock(forwarded: str) -> int:
        return int(ask("facts/", headers={"X-Forwarded-For": forwarded}).status_code)

    assert [knock(f"forged-{number}, 203.0.113.7") for number in range(4)] == [401, 401, 401, 429]
    assert knock("203.0.113.8") == 401


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.8", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:203.0.113.7", "::ffff:203.0.113.8", False),
        ("nonsense", "", True),
    ],
)
def test_s05_rotating_through_one_ipv6_network_does_not_help(one: str, other: str, same: bool) -> None:
    assert (throttling._network(one) == throttling._network(other)) == same


def test_a_rate_of_nothing_means_no_limit(shelf: Shelf, owner: User, settings: Any) -> None:
    settings.API_RATE = 0
    ask = _fresh(owner)
    assert {ask("facts/").status_code for _ in range(20)} == {200}


def test_r08_without_the_cache_there_is_no_limit_and_no_error(
    shelf: Shelf, owner: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-08: a queue server that is gone does not stop reading."""
    monkeypatch.setattr(TolerantRedisCache, "_silent_until", 0.0)
    settings.CACHES = {
        "default": {"BACKEND": "lms.shared.tolerant_cache.TolerantRedisCache", "LOCATION": "unix:///nowhere.sock"}
    }
    ask = _fresh(owner)
    assert {ask("facts/").status_code for _ in range(6)} == {200}


def test_s05_fifty_at_once_take_no_more_places_than_there_are() -> None:
    """S-05, G-18: of fifty who come at the same moment, each gets a number of its own."""
    numbers: list[int] = []
    together = threading.Barrier(50)

    def come() -> None:
        together.wait()
        numbers.append(throttling.count("token:x"))

    threads = [threading.Thread(target=come) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 51))


def test_no_address_and_no_token_stands_in_the_cache(shelf: Shelf, owner: User) -> None:
    """S-20: the cache holds digests and counts."""
    token, text = make_token(owner, now=present())
    asker(text)("facts/")
    asker(None)("facts/")
    kept = " ".join(cache._cache)  # type: ignore[attr-defined]  # the memory cache of the tests
    assert kept
    assert not any(secret in kept for secret in (text, str(token.pk), "127.0.0.1"))

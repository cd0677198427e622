"""Who gets what, address by address (G-13, A-01 to A-05): the table in tests/access_matrix.yaml is walked.

No address without a row; what a row refuses is refused with every method; and whatever is sent, nothing breaks.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lms.shared import clock
from tests.architecture.floors import ROOT
from tests.harness.world import World, make_world

MATRIX: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "tests" / "access_matrix.yaml").read_text(encoding="utf-8"))
PEOPLE = ("nobody", "ana", "ivo", "tom", "olga", "petya")
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
NOT_OURS = {"admin"}  # Django's own, behind its own door: tests of the admin look at it
NO_DOOR = {"api:nowhere"}  # the answer for addresses that do not exist
REFUSED = {"in", 401, 403, 404}


def addresses(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace not in NOT_OURS:
                yield from addresses(
                    pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space
                )
        else:
            yield f"{space}{pattern.name}" if pattern.name else f"/{pattern.pattern}"


@pytest.fixture
def world(db: None) -> World:
    return make_world(clock.now())


def address_of(name: str, world: World) -> str:
    if name.startswith("/"):
        return name
    arguments = MATRIX[name].get("with", {})
    return reverse(name, kwargs={key: world.words.get(str(value)[1:], value) for key, value in arguments.items()})


def browser_of(name: str, person: str, world: World) -> Client:
    client = Client(raise_request_exception=False)
    who = world.people[person]
    if name.startswith("api:"):
        if who is not None:
            client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {world.tokens[person]}"
    elif who is not None:
        client.force_login(who)
    return client


def ask(name: str, client: Client, world: World) -> HttpResponseBase:
    row, address = MATRIX[name], address_of(name, world)
    if "json" in row:
        return client.post(address, row["json"], content_type="application/json")
    send = client.post if row.get("send") == "POST" else client.get
    return send(address, row.get("data", {}))


def expected(name: str, person: str) -> int | str:
    row = MATRIX[name]
    answer: int | str = row[person] if person in row else row["all"]
    return answer


def got(response: HttpResponseBase) -> int | str:
    if response.status_code in {301, 302, 303, 307}:
        return "in" if response.headers["Location"].startswith(reverse("account_login")) else "away"
    return response.status_code


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    """G-13: routes without a row, 0."""
    found = set(addresses(get_resolver().url_patterns)) - NO_DOOR
    assert found - MATRIX.keys() == set()
    assert MATRIX.keys() - found == set()


def test_rows_know_only_people_of_this_world() -> None:
    known = {"with", "send", "data", "json", "all", *PEOPLE}
    assert {name: row.keys() - known for name, row in MATRIX.items() if row.keys() - known} == {}
    assert [name for name, row in MATRIX.items() if "all" not in row and not set(PEOPLE) <= row.keys()] == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", MATRIX)
def test_each_person_gets_what_the_table_says(name: str, world: World) -> None:
    """A-01 to A-05"""
    answers = {person: got(ask(name, browser_of(name, person, world), world)) for person in PEOPLE}
    assert answers == {person: expected(name, person) for person in PEOPLE}


@pytest.mark.django_db
@pytest.mark.parametrize("name", MATRIX)
def test_no_method_opens_what_is_refused_and_none_breaks(name: str, world: World) -> None:
    """G-13, A-10: whoever is refused is refused with each method; nobody gets a 500."""
    for person in ("nobody", "ivo", "olga"):
        for method in METHODS:
            client = browser_of(name, person, world)
            status = getattr(client, method)(address_of(name, world)).status_code
            assert status != 500, f"{person} {method}"
            if expected(name, person) in REFUSED and method != "options":
                assert status >= 300, f"{person} {method}"


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in MATRIX if "with" in MATRIX[name]])
def test_an_address_with_nonsense_in_it_is_not_found(name: str, world: World) -> None:
    """A-01: and it looks like an address of somebody else's."""
    address = address_of(name, world)
    for value in (str(word) for word in world.words.values()):
        address = address.replace(value, re.sub(r"[0-9a-f]", "0", value))
    nonsense = re.sub(r"(soil-check|soil|why-soil|green|spring|F42)(?=/)", "no-such-thing", address)
    for person in ("nobody", "ana", "petya"):
        assert browser_of(name, person, world).get(nonsense).status_code < 500

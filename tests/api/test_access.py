"""Who may ask for what: every address of the API against every sort of token."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from api import urls
from lms.people.models import AccessToken, User
from lms.people.services import deactivate, revoke_token
from lms.shared.clock import now as present
from tests.api.conftest import Ask, Shelf, asker
from tests.factories.people import make_operator, make_token, make_trainee, make_trainer

CONTENT = {
    "programmes": "programmes/",
    "programme": "programmes/green-skills/",
    "modules": "modules/",
    "module": "modules/soil/",
    "lessons": "lessons/",
    "lesson": "lessons/soil-is-alive/",
    "calculators": "calculators/",
    "calculator": "calculators/rain/",
    "tasks": "tasks/",
    "task": "tasks/dig/",
    "stories": "stories/",
    "story": "stories/wet-field/",
    "glossary": "glossary/",
    "facts": "facts/",
    "fact": "facts/F42/",
    "changes": "changes/",
}
ONE_THING = ("programme", "module", "lesson", "calculator", "task", "story", "fact")
OPEN = {"index": "", "schema": "schema/"}
PAGES = {"docs": "docs/"}
NOT_THERE = {"nowhere": "nonsense/"}


def _good(owner: User) -> str:
    return make_token(owner, now=present())[1]


def _revoked(owner: User) -> str:
    token, text = make_token(owner, now=present())
    revoke_token(token_id=token.pk, by=owner, now=present())
    return text


def _expired(owner: User) -> str:
    return make_token(owner, now=present() - timedelta(days=91))[1]


def _of_a_closed_account(owner: User) -> str:
    text = _good(owner)
    deactivate(person=owner, by=None, now=present())
    return text


def _without_scope(owner: User) -> str:
    return make_token(owner, scopes=("progress:read",), now=present())[1]


def _none(owner: User) -> None:
    return None


def _invented(owner: User) -> str:
    return "gs_" + "x" * 43


TOKENS: dict[str, tuple[Callable[[User], str | None], int]] = {
    "good": (_good, 200),
    "without scope": (_without_scope, 403),
    "none": (_none, 401),
    "invented": (_invented, 401),
    "revoked": (_revoked, 401),
    "expired": (_expired, 401),
    "of a closed account": (_of_a_closed_account, 401),
}


def _names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    found: set[str] = set()
    for each in patterns:
        found |= _names(each.url_patterns) if isinstance(each, URLResolver) else {str(each.name)}
    return found


def test_a11_every_address_of_the_api_is_in_the_matrix() -> None:
    """A-11: a new address without a row fails here."""
    assert _names(urls.urlpatterns) == {*CONTENT, *OPEN, *PAGES, *NOT_THERE}
    assert get_resolver().namespace_dict["api"]


@pytest.mark.parametrize("sort", TOKENS)
@pytest.mark.parametrize("path", CONTENT.values())
def test_a10_s07_content_is_for_living_tokens_with_the_scope(path: str, sort: str, shelf: Shelf) -> None:
    """A-10, S-07: revoked, expired, invented and orphaned tokens look alike; a wrong scope is told."""
    make, status = TOKENS[sort]
    answer = asker(make(make_trainee()))(path)
    assert answer.status_code == status
    if status != 200:
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["WWW-Authenticate"].startswith('Bearer realm="green-skills"')


@pytest.mark.parametrize("sort", TOKENS)
@pytest.mark.parametrize("path", OPEN.values())
def test_what_the_api_says_about_itself_is_open_whatever_token_comes_with_it(
    path: str, sort: str, shelf: Shelf
) -> None:
    make, _status = TOKENS[sort]
    assert asker(make(make_trainee()))(path).status_code == 200


@pytest.mark.parametrize(
    ("sort", "said"),
    [("none", ""), ("expired", 'error="invalid_token"'), ("without scope", 'error="insufficient_scope"')],
)
def test_the_challenge_says_what_is_wrong_in_the_words_of_rfc_6750(sort: str, said: str, shelf: Shelf) -> None:
    make, _status = TOKENS[sort]
    assert said in asker(make(make_trainee()))("lessons/")["WWW-Authenticate"]


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Basic YTpi",
        "bearer gs_x y",
        "Bearer \xff\xfe",
        "Token gs_abc",
        "gs_abc",
        "Bearer gs_" + "a" * 5000,
    ],
)
def test_other_headers_are_no_token(header: str, shelf: Shelf) -> None:
    assert asker(None)("lessons/", headers={"Authorization": header}).status_code == 401


def test_the_scheme_may_be_written_in_any_case(shelf: Shelf, owner: User) -> None:
    assert asker(None)("lessons/", headers={"Authorization": f"bEARER {_good(owner)}"}).status_code == 200


def test_s07_a_token_in_the_address_is_refused(shelf: Shelf, owner: User) -> None:
    """S-07: addresses end up in logs."""
    text = _good(owner)
    assert asker(None)("lessons/", access_token=text).status_code == 401
    refused = asker(text)("lessons/", access_token=text)
    assert refused.status_code == 400
    assert text not in refused.content.decode()


def test_s11_a_session_cookie_opens_nothing(shelf: Shelf, client_for: Callable[[Any], Any]) -> None:
    """S-11: what a browser sends by itself must not open the API."""
    assert client_for(make_operator()).get("/api/v1/lessons/").status_code == 401


def test_g19_a_revoked_token_is_refused_at_the_next_request_fifty_times(shelf: Shelf, owner: User) -> None:
    """G-19: nothing about permissions is kept between requests (R-19)."""
    for _ in range(50):
        token, text = make_token(owner, now=present())
        ask = asker(text)
        assert ask("facts/F42/").status_code == 200
        AccessToken.objects.filter(pk=token.pk).update(revoked_at=present())
        assert ask("facts/F42/").status_code == 401


def test_a10_taking_the_scope_away_counts_at_once(shelf: Shelf, owner: User) -> None:
    token, text = make_token(owner, now=present())
    ask = asker(text)
    assert ask("modules/").status_code == 200
    AccessToken.objects.filter(pk=token.pk).update(scopes=[])
    assert ask("modules/").status_code == 403


@pytest.mark.parametrize(("make", "status"), [(make_trainee, 404), (make_trainer, 200), (make_operator, 200)])
@pytest.mark.parametrize("path", [CONTENT[name] for name in ONE_THING])
def test_a10_a_closed_programme_is_there_for_tokens_of_trainers_only(
    path: str, make: Callable[[], User], status: int, shelf: Shelf
) -> None:
    """A-10: a token may never more than its owner may."""
    shelf.programme.is_open = False
    shelf.programme.save()
    assert asker(_good(make()))(path).status_code == status


@pytest.mark.parametrize("path", [CONTENT[name] for name in CONTENT if name not in {*ONE_THING, "changes"}])
def test_lists_leave_a_closed_programme_out(path: str, shelf: Shelf, ask: Ask) -> None:
    before = ask(path)
    shelf.programme.is_open = False
    shelf.programme.save()
    after = ask(path, headers={"If-None-Match": before["ETag"]})
    assert before.json()["results"]
    assert after.json()["results"] == []
    assert asker(_good(make_trainer()))(path).json()["results"] == before.json()["results"]


def test_changes_of_a_closed_programme_are_not_told(shelf: Shelf, ask: Ask) -> None:
    shelf.programme.is_open = False
    shelf.programme.save()
    assert ask("changes/").json() == {"cursor": None, "next": None, "releases": []}


def test_a02_only_reading_methods_exist(shelf: Shelf, ask: Ask) -> None:
    """A-02: for every address; an override header changes nothing."""
    for path in [*CONTENT.values(), *OPEN.values()]:
        for method in ("post", "put", "patch", "delete", "trace"):
            answer = ask(path, method=method, headers={"X-HTTP-Method-Override": "GET"})
            assert answer.status_code == 405, (path, method)
            assert answer["Allow"] == "GET, HEAD, OPTIONS"
            assert answer.json()["type"].endswith("#problem-method_not_allowed")


@pytest.mark.parametrize("path", CONTENT.values())
def test_head_answers_like_get_without_a_body(path: str, shelf: Shelf, ask: Ask) -> None:
    got, head = ask(path), ask(path, method="head")
    assert head.status_code == 200
    assert head.content == b""
    assert {name: head[name] for name in ("ETag", "Content-Type", "Content-Language", "Vary")} == {
        name: got[name] for name in ("ETag", "Content-Type", "Content-Language", "Vary")
    }


@pytest.mark.parametrize("path", CONTENT.values())
def test_options_names_the_methods(path: str, shelf: Shelf, ask: Ask, ask_anonymously: Ask) -> None:
    answer = ask(path, method="options")
    assert answer.status_code == 204
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert ask_anonymously(path, method="options").status_code == 401

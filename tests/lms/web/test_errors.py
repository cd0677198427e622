"""Error pages: what happened, what is safe, a way on; and none of them can fail itself (U-10, R-10)."""

import contextlib
import json
import logging
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.template import Context, Template, engines
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import path

from lms import urls as real
from lms.cohorts.refusals import InvitationExpired
from lms.shared.plain_text import render_plain
from lms.shared.refusals import NotAllowed, NotHere, Refusal
from lms.web import errors
from tests.factories.people import make_trainee

RAISED: dict[str, BaseException] = {
    "400": SuspiciousOperation("no"),
    "403": PermissionDenied(),
    "404": Http404(),
    "500": RuntimeError("secret detail"),
    "busy": OperationalError("database is locked"),
    "away": InterfaceError("connection already closed"),
    "full": OperationalError("database or disk is full"),
    "mistake": OperationalError("no such table: x"),
    "not-here": NotHere(),
    "not-allowed": NotAllowed(),
}


def raises(request: HttpRequest, what: str) -> HttpResponse:
    raise RAISED[what]


def breaks_while_rendering(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, engines["django"].from_string("{{ boom.now }}"), {"boom": _Boom()})


class _Boom:
    @property
    def now(self) -> str:
        raise OperationalError("database is locked")


urlpatterns = [
    path("en/raises/<str:what>/", raises),
    path("bg/raises/<str:what>/", raises),
    path("api/v1/raises/<str:what>/", raises),
    path("en/rendering/", breaks_while_rendering),
    *real.urlpatterns,
]
handler400, handler403, handler404 = real.handler400, real.handler403, real.handler404
handler500 = real.handler500
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logger = logging.getLogger("django.request")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    yield
    logger.setLevel(before)


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ("400", 400),
        ("403", 403),
        ("404", 404),
        ("500", 500),
        ("busy", 503),
        ("away", 503),
        ("full", 503),
        ("mistake", 500),
        ("not-here", 404),
        ("not-allowed", 403),
    ],
)
@pytest.mark.parametrize("language", ["en", "bg"])
def test_u_10_every_error_has_a_page_in_the_right_language_with_a_way_on(
    what: str, status: int, language: str, visitor: Client
) -> None:
    """U-10: one heading, words, a link, and no word about our insides."""
    response = visitor.get(f"/{language}/raises/{what}/")
    page = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{language}">' in page
    assert len(re.findall(r"<h1>[^<]+</h1>", page)) == 1
    assert re.search(r'<a class="btn[^"]*" href="/', page)
    for secret in ("secret detail", "Traceback", "OperationalError", "locked", "no such table"):
        assert secret not in page


@pytest.mark.parametrize("what", ["500", "400", "busy"])
def test_s_16_the_id_on_the_page_is_the_id_in_the_log(
    what: str, visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """S-16: an error id only."""
    page = visitor.get(f"/en/raises/{what}/").content.decode()
    found = re.search(r"say this number: ([0-9a-f]{8})", page)
    assert found
    assert f"error {found[1]}:" in caplog.text


def test_r_10_busy_says_when_to_come_back(visitor: Client) -> None:
    """R-10: also when the database is asked while the page is being made."""
    for address in ("/en/raises/busy/", "/en/rendering/"):
        response = visitor.get(address)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "5")


def test_r_10_a_locked_session_table_is_busy_too(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-10: outside views, where no view middleware looks."""
    visitor.force_login(make_trainee())

    def locked(*_: Any, **__: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("lms.people.sessions.SessionStore.load", locked)
    response = visitor.get("/en/account/profile/")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert "Nothing was changed" in response.content.decode()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_r_10_a_database_that_is_really_locked_is_busy_and_then_works(visitor: Client, settings: Any) -> None:
    """R-10: another process holds the write lock; nothing is half done, and afterwards the same form goes through."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL locks rows, not the database")
    typed = {"email": "ana@example.org", "name": "Ana", "password": "wild thyme on the slope"}
    with _locked(str(connection.settings_dict["NAME"])), _impatient():
        refused = visitor.post("/en/account/sign-up/", typed)
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert visitor.post("/en/account/sign-up/", typed).status_code == 302


@contextlib.contextmanager
def _locked(database: str) -> Iterator[None]:
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextlib.contextmanager
def _impatient() -> Iterator[None]:
    """Ten seconds are right in service and long in a test."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 100")
        yield
        cursor.execute("PRAGMA busy_timeout = 10000")


def test_pages_for_broken_things_ask_the_database_nothing(visitor: Client, django_assert_num_queries: Any) -> None:
    """The 500 page of somebody who is signed in must not read who it is."""
    with django_assert_num_queries(0):
        for what in ("400", "500", "busy"):
            visitor.get(f"/en/raises/{what}/")


def test_when_even_the_page_is_broken_there_are_still_words(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> str:
        raise RuntimeError("no templates today")

    monkeypatch.setattr(errors, "render_to_string", broken)
    response = visitor.get("/en/raises/500/")
    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()


@pytest.mark.parametrize(
    ("what", "status", "code"), [("busy", 503, "busy"), ("not-here", 404, "not_here"), ("404", 404, "not_here")]
)
def test_programs_and_scripts_get_a_document(what: str, status: int, code: str, visitor: Client) -> None:
    """R-10: a retryable code; RFC 9457."""
    for response in (
        visitor.get(f"/api/v1/raises/{what}/"),
        visitor.get(f"/en/raises/{what}/", HTTP_ACCEPT="application/json"),
    ):
        assert response.headers["Content-Type"] == "application/problem+json"
        document = json.loads(response.content)
        assert (document["status"], document["code"]) == (status, code)


def test_s_11_a_form_without_its_secret_is_refused_in_words() -> None:
    """S-11: sign-in, sign-up and sign-out too; the page says what to do."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_trainee())
    for address in ("sign-in/", "sign-up/", "sign-out/", "profile/", "my-data/erase/", "password/reset/"):
        response = strict.post(f"/en/account/{address}", {"email": "x@example.org"})
        assert response.status_code == 403
        assert "open too long" in response.content.decode()
    assert strict.get("/en/account/profile/").status_code == 200


def test_a_01_a_refusal_is_written_down_without_the_address(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    """A-01: probing shows in the log; tokens in addresses do not."""
    caplog.set_level(logging.INFO, logger="lms.web.errors")
    visitor.get("/en/account/join/some-secret-token/")
    lines = [record.getMessage() for record in caplog.records if record.name == "lms.web.errors"]
    assert lines == ["refused not_here to None at account:join"]


def _all_refusals(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for child in kind.__subclasses__():
        if child.__module__.split(".")[0] in {"lms", "modules", "quizzes", "api"}:
            yield child
            yield from _all_refusals(child)


def test_u_10_every_refusal_has_words_of_its_own() -> None:
    """U-10: add them in frontend_templates/errors/_refusals.html."""
    fallback = _words("nobody-knows")
    silent = {
        refusal.__name__: refusal.code
        for refusal in _all_refusals()
        if refusal.code != "refused" and _words(refusal.code) == fallback
    }
    assert silent == {}


def _words(code: str) -> list[str]:
    return render_plain("errors/_refusals.html", {"code": code, "details": {}}).split()


def test_words_of_a_refusal_are_plain_text() -> None:
    words = errors.words_for(InvitationExpired(cohort="O'Neil & <b>Sons</b>"))
    assert "O'Neil & <b>Sons</b>" in words
    assert "&lt;b&gt;" in Template("{{ words }}").render(Context({"words": words}))

"""Errors: problem documents (RFC 9457) that say what to do and nothing about the inside."""

import logging
import re
import sqlite3
from typing import Any

import psycopg
import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404

from api.problems import PROBLEMS
from api.v1.content import views
from lms.shared.refusals import NotAllowed, NotHere, Refusal
from modules.content.tree import UnknownPlace
from tests.api.conftest import Ask, Shelf

MEMBERS = {"type", "title", "status", "detail", "instance"}


class OddRefusal(Refusal):
    """A refusal without words of its own."""

    code = "odd"


def _sqlite(error_code: int) -> OperationalError:
    cause = sqlite3.OperationalError("anything")
    cause.sqlite_errorcode = error_code
    error = OperationalError("anything")
    error.__cause__ = cause
    return error


def _postgresql(kind: type[Exception]) -> Exception:
    error = OperationalError("anything")
    error.__cause__ = kind("anything")
    return error


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NotHere(), 404, "not_here"),
        (NotAllowed(), 403, "not_allowed"),
        (UnknownPlace(), 400, "unknown_place"),
        (OddRefusal(), 409, "refused"),
        (Http404(), 404, "not_here"),
        (PermissionDenied(), 403, "not_allowed"),
        (SuspiciousOperation("x"), 400, "bad_request"),
        (_sqlite(sqlite3.SQLITE_BUSY), 503, "busy"),
        (_sqlite(sqlite3.SQLITE_FULL), 503, "busy"),
        (_sqlite(sqlite3.SQLITE_ERROR), 500, "server_error"),
        (_postgresql(psycopg.OperationalError), 503, "busy"),
        (InterfaceError("connection already closed"), 503, "busy"),
        (ValueError("secret inside"), 500, "server_error"),
        (RecursionError(), 500, "server_error"),
    ],
)
def test_every_exception_becomes_a_problem(
    error: Exception, status: int, code: str, shelf: Shelf, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Any, **kwargs: str) -> None:
        raise error

    monkeypatch.setattr(views.FactDetail, "answer", fail)
    answer = ask("facts/F42/")
    body = answer.json()
    assert answer.status_code == body["status"] == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Content-Language"] == "en"
    assert set(body) == MEMBERS
    assert body["type"] == f"http://127.0.0.1:8000/api/v1/docs/#problem-{code}"
    assert "secret" not in answer.content.decode()
    assert ("Retry-After" in answer.headers) == (code == "busy")


def test_s16_an_error_inside_shows_an_id_and_the_log_has_it_with_the_cause(
    shelf: Shelf, ask: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """S-16: no stack trace leaves."""

    def fail(self: Any, **kwargs: str) -> None:
        raise ValueError("secret inside")

    monkeypatch.setattr(views.FactDetail, "answer", fail)
    with caplog.at_level(logging.ERROR, logger="api.errors"):
        body = ask("facts/F42/").json()
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", body["instance"])
    (record,) = [record for record in caplog.records if record.name == "api.errors"]
    assert body["instance"] in record.getMessage()
    assert "secret inside" in str(record.exc_info)


@pytest.mark.parametrize("path", ["nonsense/", "lessons/x/y/", "/api/", "/api/v2/lessons/", "/api/v1/lessons/x.json/"])
@pytest.mark.parametrize("method", ["get", "post", "delete", "head", "options"])
def test_an_address_that_does_not_exist_is_a_problem_for_everybody(
    path: str, method: str, ask_anonymously: Ask, db: None
) -> None:
    answer = ask_anonymously(path, method=method)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["lessons", "lessons/soil-is-alive", "nonsense", "schema", "docs"])
def test_a_forgotten_slash_leads_to_the_address_with_it(path: str, ask_anonymously: Ask, db: None) -> None:
    answer = ask_anonymously(path)
    assert (answer.status_code, answer["Location"]) == (301, f"/api/v1/{path}/")


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/*", "x"])
def test_only_json_is_offered(accept: str, shelf: Shelf, ask: Ask) -> None:
    answer = ask("lessons/", headers={"Accept": accept})
    assert answer.status_code == 406
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"].endswith("#problem-not_acceptable")


@pytest.mark.parametrize(
    "accept", ["", "*/*", "application/*", "application/json", "text/html, */*;q=0.1", "application/json;q=0.5"]
)
def test_json_is_given_to_whoever_takes_it(accept: str, shelf: Shelf, ask: Ask) -> None:
    answer = ask("lessons/", headers={"Accept": accept} if accept else {})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"


def test_s09_addresses_in_answers_do_not_come_from_the_request(shelf: Shelf, ask: Ask) -> None:
    """S-09: a forged Host is refused, and forwarded ones are not believed."""
    assert ask("lessons/", headers={"Host": "evil.example"}).status_code == 400
    text = ask("lessons/", headers={"X-Forwarded-Host": "evil.example"}).content.decode()
    assert "evil" not in text


def test_codes_and_titles_of_problems_are_unique() -> None:
    assert len({problem.title for problem in PROBLEMS.values()}) == len(PROBLEMS)
    assert all(code == problem.code for code, problem in PROBLEMS.items())

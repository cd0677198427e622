"""What may stand behind the question mark, and what happens otherwise."""

import pytest
from django.db import models

from lms.cohorts.models import Cohort
from lms.people.models import AccessToken, User
from modules.models import Fact, GlossaryTerm, Lesson, LessonRevision, Module, Programme
from quizzes.models import Attempt, QuestionRevision, Quiz
from tests.api.conftest import Ask, Shelf
from tests.api.test_access import CONTENT, OPEN

LISTS = [path for name, path in CONTENT.items() if name.endswith("s") or name == "glossary"]
MODELS = (
    Fact,
    GlossaryTerm,
    Lesson,
    LessonRevision,
    Module,
    Programme,
    Quiz,
    QuestionRevision,
    User,
    AccessToken,
    Cohort,
    Attempt,
)
LOOKUPS = ("", "__startswith", "__regex", "__in", "__isnull", "__programme__releases__digest__startswith")


def _names(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.get_fields()]


HOSTILE = sorted(
    {f"{name}{lookup}" for model in MODELS for name in _names(model) for lookup in LOOKUPS}
    | {
        "ordering",
        "order_by",
        "fields",
        "format",
        "page",
        "offset",
        "q",
        "search",
        "filter",
        "expand",
        "include",
        "debug",
    }
    | {
        "",
        " ",
        "\x00",
        "a\x00b",
        "limit ",
        "LIMIT",
        "limit[]",
        "module__key",
        "$where",
        "'; DROP TABLE people_user; --",
        "x" * 5000,
    }
)


def test_s22_there_are_at_least_three_hundred_names_to_try() -> None:
    assert len(HOSTILE) > 300


@pytest.mark.slow
@pytest.mark.parametrize("path", LISTS)
def test_s22_no_other_parameter_reaches_the_database(path: str, shelf: Shelf, ask: Ask, settings: object) -> None:
    """S-22: names of columns, lookups and orders are refused, each by name."""
    settings.API_RATE = 0  # type: ignore[attr-defined]
    known = {"language", "limit", "cursor", "module", "programme", "since"}
    for name in HOSTILE:
        if name in known:
            continue
        answer = ask(path, **{name: "1"})
        assert answer.status_code == 400, name
        (param,) = answer.json()["invalid-params"]
        assert param["name"] == name[:60]
        assert "Allowed: " in param["reason"]


@pytest.mark.parametrize("path", [*CONTENT.values(), *OPEN.values()])
def test_an_unknown_parameter_is_refused_and_the_known_ones_are_named(path: str, shelf: Shelf, ask: Ask) -> None:
    answer = ask(path, lang="bg")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["type"].endswith("#problem-bad_parameters")
    assert body["instance"] == f"/api/v1/{path}"
    assert ("language" in body["invalid-params"][0]["reason"]) == (path in CONTENT.values() and path != "changes/")


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=1000000", "limit"),
        ("limit=-1", "limit"),
        ("limit=ten", "limit"),
        ("limit=", "limit"),
        ("limit=٣", "limit"),
        ("limit=1e2", "limit"),
        ("limit=5&limit=5", "limit"),
        ("cursor=x", "cursor"),
        ("cursor=99999999999999999999", "cursor"),
        ("cursor=-1", "cursor"),
        ("cursor=2147483648", "cursor"),
        ("module=Soil", "module"),
        ("module=../x", "module"),
        ("module=%00", "module"),
        ("module=", "module"),
        ("language=", "language"),
        ("language=%27", "language"),
        ("language=english-language", "language"),
        ("language=b%00g", "language"),
        ("language=" + "a-" * 5000, "language"),
    ],
)
def test_s06_a_wrong_value_is_refused_with_what_is_expected(query: str, name: str, shelf: Shelf, ask: Ask) -> None:
    """S-06: there is no page of more than a hundred."""
    answer = ask(f"lessons/?{query}")
    assert answer.status_code == 400
    (param,) = answer.json()["invalid-params"]
    assert param["name"] == name
    assert param["reason"].endswith(".")


def test_all_that_is_wrong_is_said_at_once(shelf: Shelf, ask: Ask) -> None:
    found = ask("lessons/?limit=0&cursor=x&sort=key").json()["invalid-params"]
    assert {param["name"] for param in found} == {"limit", "cursor", "sort"}


def test_s06_ten_thousand_parameters_are_refused(shelf: Shelf, ask: Ask) -> None:
    answer = ask("lessons/?" + "&".join(f"p{number}=1" for number in range(10_000)))
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert len(answer.content) < 5000


def test_s06_a_body_is_not_read(shelf: Shelf, ask: Ask) -> None:
    """S-06: nothing here takes one, so its size and depth do not matter."""
    deep = "[" * 100_000
    answer = ask("lessons/", method="post", headers={"Content-Type": "application/json"}, data=deep)
    assert answer.status_code == 405


@pytest.mark.parametrize(
    "key", ["Soil", "s%00", "%2e%2e", "soil'", "a" * 5000, "soil/..", "соил", "soil--x", "1%20OR%201=1"]
)
def test_a_name_that_is_none_is_not_there(key: str, shelf: Shelf, ask: Ask) -> None:
    for kind in ("programmes", "modules", "lessons", "facts"):
        answer = ask(f"{kind}/{key}/")
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"

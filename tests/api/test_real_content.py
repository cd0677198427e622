"""The API over content that was really imported."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from lms.publishing.services import import_package
from lms.shared.clock import now as present
from lms.shared.kept import forget_everything
from tests.api.conftest import Ask, asker
from tests.factories.people import make_token
from tests.packages.copies import LESSON, QUIZZES, Copy, copy_of_minimal

pytestmark = pytest.mark.django_db


@pytest.fixture
def package(tmp_path: Path) -> Copy:
    return copy_of_minimal(tmp_path / "package")


@pytest.fixture
def ask() -> Ask:
    ask = asker(make_token(now=present())[1])
    ask("changes/")
    return ask


def _recording(ask: Ask) -> dict[str, tuple[Any, ...]]:
    """Every answer that can be reached from the index, in both languages: status, tag, bytes."""
    forget_everything()
    found: dict[str, tuple[Any, ...]] = {}
    waiting = ["/api/v1/"]
    while waiting:
        path = waiting.pop()
        for language in ("en", "bg"):
            answer = ask(path, headers={"Accept-Language": language})
            found[f"{language} {path}"] = (answer.status_code, answer.get("ETag"), answer.content)
            if answer["Content-Type"] == "application/json":
                links = (each.partition("8000")[2] for each in _strings(answer.json()) if "8000/api/" in each)
                waiting += [link for link in links if f"en {link}" not in found and link not in waiting]
    return found


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for each in inner for text in _strings(each)]


@pytest.mark.parametrize(
    "swap",
    [
        lambda package: (
            package.edit(f"{QUIZZES}soil-final.yaml", "text: Humus, right: true}", "text: Humus, feedback: No.}"),
            package.edit(f"{QUIZZES}soil-final.yaml", "feedback: Salt breaks the crumbs.}", "right: true}"),
            package.edit(f"{QUIZZES}soil-final.bg.yaml", "salt: Солта разрушава трохите.", "humus: Не."),
            package.edit(f"{QUIZZES}soil-final.yaml", "answer: 100", "answer: 50"),
        ),
        lambda package: package.edit(f"{QUIZZES}soil-final.yaml", "pass_mark: 0.8", "pass_mark: 0.5"),
    ],
    ids=["another choice is right", "another pass mark"],
)
def test_a06_two_packages_that_differ_only_in_right_answers_look_the_same(
    swap: Callable[[Copy], Any], package: Copy, tmp_path: Path, ask: Ask, now: datetime
) -> None:
    """A-06: the strongest form. Every byte and every tag of the API is the same for both."""
    if connection.vendor != "sqlite":
        pytest.skip("rows get other numbers after a rollback here, and cursors and tags of lists are made of them")
    twin = copy_of_minimal(tmp_path / "twin")
    swap(twin)
    recordings = []
    for each in (package, twin):
        with transaction.atomic():
            import_package(each.path, by=None, now=now)
            recordings.append(_recording(ask))
            transaction.set_rollback(True)
    assert len(recordings[0]) > 20
    assert recordings[0] == recordings[1]


def test_after_an_import_a_program_learns_what_changed_and_nothing_else_is_fetched_anew(
    package: Copy, ask: Ask, now: datetime
) -> None:
    import_package(package.path, by=None, now=now)
    cursor = ask("changes/").json()["cursor"]
    keys = [line["key"] for line in ask("lessons/").json()["results"]]
    tags = {(key, code): ask(f"lessons/{key}/", language=code)["ETag"] for key in keys for code in ("en", "bg")}

    package.edit(f"{LESSON}lesson.bg.md", "\n---\n", "\n---\nЕдно изречение повече.\n\n")
    import_package(package.path, by=None, now=now + timedelta(days=1))

    (release,) = ask("changes/", since=cursor).json()["releases"]
    (change,) = release["changes"]
    assert (change["kind"], change["language"], change["change"]) == ("lesson", "bg", "changed")
    assert change["url"].endswith(f"/api/v1/lessons/{change['key']}/")
    anew = {
        place
        for place, tag in tags.items()
        if ask(f"lessons/{place[0]}/", language=place[1], headers={"If-None-Match": tag}).status_code == 200
    }
    assert anew == {(change["key"], "bg")}


def test_everything_that_was_imported_is_told_once(package: Copy, ask: Ask, now: datetime) -> None:
    import_package(package.path, by=None, now=now)
    (release,) = ask("changes/").json()["releases"]
    told = [(change["kind"], change["key"], change["language"]) for change in release["changes"]]
    assert len(told) == len(set(told))
    assert {change["change"] for change in release["changes"]} == {"new"}
    kinds = {kind for kind, _key, _language in told}
    parts = {"calculator", "task", "story"}
    assert kinds == {"module", "lesson", "term", "fact", "quiz"} | parts | ({"programme"} & kinds)
    for change in release["changes"]:
        if change["url"]:
            assert ask(change["url"].partition("8000")[2]).status_code == 200


def test_importing_the_same_again_changes_no_answer(package: Copy, ask: Ask, now: datetime) -> None:
    import_package(package.path, by=None, now=now)
    before = _recording(ask)
    import_package(package.path, by=None, now=now + timedelta(days=1))
    assert _recording(ask) == before

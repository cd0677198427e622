"""Lists: in order, a page at a time, nothing twice and nothing left out."""

from typing import Any

import pytest

from modules.models import Calculator, FieldTask, ModulePart, Story
from tests.api.conftest import Ask, Shelf
from tests.factories.modules import (
    make_fact,
    make_lesson,
    make_module,
    make_programme,
    make_release,
    make_story,
    make_term,
)
from tests.factories.parts import make_calculator, make_task

PARTS = ["calculators/", "tasks/", "stories/"]


def _walk(ask: Ask, path: str, **query: Any) -> list[dict[str, Any]]:
    found, answer = [], ask(path, **query).json()
    while True:
        found.append(answer)
        if answer["next"] is None:
            return found
        answer = ask(answer["next"].partition("8000")[2]).json()


@pytest.fixture
def full(shelf: Shelf) -> Shelf:
    """Two programmes with more of everything, made in no order."""
    for programme in (make_programme(), shelf.programme):
        make_release(programme)
        for position in (5, 3, 4):
            module = make_module(programme, position=position)
            for place in (3, 1, 2):
                make_lesson(module, position=place)
            for place in (2, 1):
                make_calculator(module, f"sum-{module.pk}-{place}")
                make_task(module, f"walk-{module.pk}-{place}")
                make_story(module, position=place)
            for key in ("worm", "acid", "loam"):
                make_term(module, f"{key}-{module.pk}")
        for number in ("F9", "F100", "F11"):
            make_fact(programme, number)
    return shelf


@pytest.mark.parametrize("path", ["programmes/", "modules/", "lessons/", *PARTS, "glossary/", "facts/"])
@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_of_any_size_make_the_whole_list(path: str, limit: int, full: Shelf, ask: Ask) -> None:
    whole = ask(path, limit=100).json()["results"]
    pages = _walk(ask, path, limit=limit)
    assert [line for page in pages for line in page["results"]] == whole
    assert all(len(page["results"]) == limit for page in pages[:-1])
    assert 0 < len(pages[-1]["results"]) <= limit


def test_lessons_follow_the_order_of_the_course(full: Shelf, ask: Ask) -> None:
    lines = ask("lessons/", limit=100).json()["results"]
    modules = [line["key"] for line in ask("modules/", limit=100).json()["results"]]
    places = [(modules.index(line["module"]), line["position"]) for line in lines]
    assert places == sorted(places)
    assert len({line["key"] for line in lines}) == len(lines) == 3 + 6 * 3


@pytest.mark.parametrize(
    ("path", "query", "field", "value"),
    [
        ("modules/", {"programme": "green-skills"}, "programme", "green-skills"),
        ("lessons/", {"module": "soil"}, "module", "soil"),
        *((path, {"module": "soil"}, "module", "soil") for path in [*PARTS, "glossary/"]),
    ],
)
def test_filters_leave_only_what_belongs(
    path: str, query: dict[str, str], field: str, value: str, full: Shelf, ask: Ask
) -> None:
    lines = [line for page in _walk(ask, path, limit=1, **query) for line in page["results"]]
    assert lines
    assert {line[field] for line in lines} == {value}
    assert ask(path, **dict.fromkeys(query, "nobody-has-this")).json()["results"] == []


def test_the_way_on_keeps_the_question(full: Shelf, ask: Ask) -> None:
    url = ask("lessons/", language="bg", module="soil", limit=1).json()["next"]
    assert {"language=bg", "module=soil", "limit=1"} < set(url.partition("?")[2].split("&"))


def test_a_list_names_the_terms_of_each_programme_in_it_once(full: Shelf, ask: Ask) -> None:
    licences = ask("modules/", limit=100).json()["licences"]
    assert len(licences) == 2
    assert licences[0]["licence_url"] == "https://creativecommons.org/licenses/by-sa/4.0/"


def test_retired_things_are_gone(full: Shelf, ask: Ask, now: Any) -> None:
    for thing in (full.lesson, full.programme.facts.get(number="F42"), *full.module.terms.filter(key="humus")):
        thing.retired_at = now
        thing.save()
    make_release(full.programme)
    assert ask("lessons/soil-is-alive/").status_code == 404
    assert ask("facts/F42/").status_code == 404
    for path, name, gone in (
        ("lessons/", "key", "soil-is-alive"),
        ("facts/", "number", "F42"),
        ("glossary/", "key", "humus"),
    ):
        assert gone not in {line[name] for line in ask(path, limit=100).json()["results"]}
    assert "soil-is-alive" not in {line["key"] for line in ask("modules/soil/").json()["lessons"]}


@pytest.mark.parametrize("path", PARTS)
def test_parts_follow_the_order_of_the_course(path: str, full: Shelf, ask: Ask) -> None:
    lines = ask(path, limit=100).json()["results"]
    modules = [line["key"] for line in ask("modules/", limit=100).json()["results"]]
    places = [(modules.index(line["module"]), line["position"]) for line in lines]
    assert places == sorted(places)
    assert len({line["key"] for line in lines}) == len(lines) == 1 + 6 * 2


@pytest.mark.parametrize(("path", "model"), list(zip(PARTS, (Calculator, FieldTask, Story), strict=True)))
def test_a_retired_part_is_gone(path: str, model: type[ModulePart], shelf: Shelf, ask: Ask, now: Any) -> None:
    (line,) = ask(path).json()["results"]
    model._default_manager.update(retired_at=now)
    make_release(shelf.programme)
    assert ask(f"{path}{line['key']}/").status_code == 404
    assert ask(path).json()["results"] == []


def test_a_retired_module_takes_its_lessons_along(full: Shelf, ask: Ask, now: Any) -> None:
    full.module.retired_at = now
    full.module.save()
    make_release(full.programme)
    for path in ("modules/soil/", "lessons/soil-is-alive/", "calculators/rain/", "tasks/dig/", "stories/wet-field/"):
        assert ask(path).status_code == 404
    assert "soil" not in {line["module"] for line in ask("lessons/", limit=100).json()["results"]}


def test_a_page_can_be_continued_behind_something_that_was_retired_meanwhile(full: Shelf, ask: Ask, now: Any) -> None:
    first = ask("lessons/", limit=1).json()
    full.module.lessons.filter(key=first["results"][0]["key"]).update(retired_at=now)
    rest = ask(first["next"].partition("8000")[2]).json()["results"]
    assert rest
    assert first["results"][0]["key"] not in {line["key"] for line in rest}


@pytest.mark.parametrize("path", ["programmes/", "modules/", "lessons/", *PARTS, "glossary/", "facts/"])
def test_a_cursor_from_nowhere_is_refused(path: str, shelf: Shelf, ask: Ask) -> None:
    answer = ask(path, cursor="2147483647")
    assert answer.status_code == 400
    assert answer.json()["type"].endswith("#problem-unknown_place")


def test_changes_are_told_oldest_first_and_once(shelf: Shelf, ask: Ask) -> None:
    first = ask("changes/").json()
    (release,) = first["releases"]
    assert (release["programme"], release["version"]) == ("green-skills", 3)
    assert [(change["kind"], change["key"], change["language"], change["change"]) for change in release["changes"]] == [
        ("lesson", "soil-is-alive", "en", "new"),
        ("quiz", "soil-final", None, "new"),
        ("calculator", "rain", None, "changed"),
        ("task", "dig", None, "new"),
        ("story", "wet-field", None, "new"),
        ("lesson", "old-lesson", None, "retired"),
        ("story", "old-story", None, "retired"),
    ]
    assert [change["url"] and change["url"].partition("/v1/")[2] for change in release["changes"]] == [
        "lessons/soil-is-alive/",
        None,
        "calculators/rain/",
        "tasks/dig/",
        "stories/wet-field/",
        None,
        None,
    ]
    nothing_new = ask("changes/", since=first["cursor"]).json()
    assert nothing_new == {"cursor": first["cursor"], "next": None, "releases": []}
    make_release(shelf.programme, version=4)
    news = ask("changes/", since=first["cursor"]).json()
    assert [release["version"] for release in news["releases"]] == [4]
    assert news["cursor"] != first["cursor"]


def test_changes_come_in_pages_too(shelf: Shelf, ask: Ask) -> None:
    for version in (4, 5, 6):
        make_release(shelf.programme, version=version)
    pages = _walk(ask, "changes/", limit=2)
    assert [[release["version"] for release in page["releases"]] for page in pages] == [[3, 4], [5, 6]]
    assert ask("changes/", since=pages[-1]["cursor"]).json()["releases"] == []


def test_a_cursor_of_changes_that_this_service_never_gave_is_refused(shelf: Shelf, ask: Ask) -> None:
    """After an older backup was put back, callers with newer cursors learn that they must begin anew."""
    answer = ask("changes/", since="999999")
    assert answer.status_code == 400
    assert answer.json()["type"].endswith("#problem-unknown_place")

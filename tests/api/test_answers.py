"""What is in the answers, field by field."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from modules.models import Calculator
from tests.api.conftest import PICTURE, Ask, Shelf
from tests.api.test_access import CONTENT, OPEN
from tests.factories.modules import make_module, make_story
from tests.factories.parts import make_calculator

REVIEWED = Path(__file__).with_name("fields.json")


def _fields(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every object of an answer: where it stands, and the names of its fields."""
    if isinstance(value, dict):
        yield place, " ".join(value)
        for name, inner in value.items():
            yield from _fields(inner, f"{place}.{name}".lstrip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from _fields(inner, f"{place}[]")


@pytest.mark.parametrize("path", [*CONTENT.values(), *(path for path in OPEN.values() if path != "schema/")])
def test_a09_fields_are_those_that_were_reviewed(path: str, shelf: Shelf, ask: Ask) -> None:
    """A-09: a field that is not in fields.json fails here. Whoever adds one there says that everybody may read it."""
    assert dict(_fields(ask(path).json())) == json.loads(REVIEWED.read_text())[f"/api/v1/{path}"]


def test_m10_html_is_the_stored_one_with_full_addresses(shelf: Shelf, ask: Ask) -> None:
    """M-10: what pages show is what the API hands out, never the source."""
    body = ask("lessons/soil-is-alive/").json()
    site = "http://127.0.0.1:8000"
    assert body["html"] == (
        '<p>Soil is alive.<sup class="cite"><a href="#fact-F42">1</a></sup> '
        f'<a href="{site}/en/learn/soil/water/">Water</a>.</p>'
        f'<img src="{site}/assets/{PICTURE}/crumbs.svg" alt="Crumbs"> <a href="https://example.org/a">elsewhere</a>'
    )
    assert "source" not in body
    assert shelf.lesson.revisions.first().source not in json.dumps({**body, "html": ""})


@pytest.mark.parametrize("html", ['<a href="//evil.example/">x</a>', '<p>href="/x"</p>', "<p>a src=&quot;/x&quot;</p>"])
def test_only_attributes_from_the_root_are_completed(html: str, shelf: Shelf, ask: Ask) -> None:
    shelf.lesson.revisions.update(html=html)
    assert ask("lessons/soil-is-alive/").json()["html"] == html


def test_a_lesson_brings_its_facts_with_sources_and_its_pictures(shelf: Shelf, ask: Ask) -> None:
    body = ask("lessons/soil-is-alive/").json()
    (fact,) = body["facts"]
    assert (fact["number"], fact["source"], fact["as_of"], fact["status"]) == ("F42", "COM(2023) 416", "2023", "V")
    assert body["pictures"] == [
        {
            "url": f"http://127.0.0.1:8000/assets/{PICTURE}/crumbs.svg",
            "name": "crumbs.svg",
            "media_type": "image/svg+xml",
            "size": 6,
            "digest": PICTURE,
        }
    ]


def test_facts_come_in_the_order_in_which_they_are_cited(shelf: Shelf, ask: Ask) -> None:
    shelf.lesson.revisions.update(facts=["F50", "F42", "F50", "F404"])
    assert [fact["number"] for fact in ask("lessons/soil-is-alive/").json()["facts"]] == ["F50", "F42"]


def test_a_calculator_has_all_that_is_needed_to_compute(shelf: Shelf, ask: Ask) -> None:
    body = ask("calculators/rain/", language="bg").json()
    assert (body["key"], body["module"], body["lesson"], body["title"]) == ("rain", "soil", "soil-is-alive", "Дъжд")
    assert body["inputs"][0] == {
        "key": "rain",
        "name": "Rain (bg)",
        "unit": "л",
        "note": "",
        "low": 0,
        "high": 50000,
        "value": 2.5,
    }
    assert [(each["formula"], each["when"], each["decimals"]) for each in body["outputs"]] == [
        ("rain - loss", "", 1),
        ("100 * left / rain", "rain > 0", 1),
    ]
    assert body["example"] == {"text": "A wet day (bg)", "inputs": {"rain": 10, "loss": 1}, "outputs": {"left": 9}}
    assert (body["assumptions"], body["facts"]) == (["Nothing evaporates (bg)"], ["F42"])
    assert body["page"] == "http://127.0.0.1:8000/bg/calculators/rain/"


def test_the_numbers_of_an_example_are_in_the_order_of_the_inputs(shelf: Shelf, ask: Ask) -> None:
    """PostgreSQL gives the keys of a map back in an order of its own."""
    row = Calculator.objects.get()
    row.body["example"]["inputs"] = {"loss": "1", "rain": "10"}
    row.save()
    assert list(ask("calculators/rain/").json()["example"]["inputs"]) == ["rain", "loss"]


def test_a_bare_number_has_no_unit(shelf: Shelf, ask: Ask) -> None:
    row = Calculator.objects.get()
    for each in (*row.body["inputs"], *row.body["outputs"]):
        each["unit"] = {"en": "1"}
    row.save()
    body = ask("calculators/rain/").json()
    assert {each["unit"] for each in (*body["inputs"], *body["outputs"])} == {""}


def test_a_field_task_has_the_sheets_of_trainee_and_trainer(shelf: Shelf, ask: Ask) -> None:
    body = ask("tasks/dig/", language="bg").json()
    assert (body["minutes"], body["safety"], body["tools"]) == (90, "Попитайте къде има кабели", ["Лопата"])
    assert body["steps"] == [f"Step {number} (bg)" for number in (1, 2, 3, 4)]
    assert [each["key"] for each in body["criteria"]] == ["technique", "data", "reasoning", "cooperation"]
    assert body["criteria"][1]["levels"] == [f"data {level} (bg)" for level in range(4)]
    assert (body["observe"], body["debrief"]) == (["Watch the feet (bg)"], ["What did your hands tell you? (bg)"])
    assert body["facts"] == ["F50", "F42"]
    assert body["page"] == "http://127.0.0.1:8000/bg/tasks/dig/"


@pytest.mark.parametrize("language", ["en", "bg", "de"])
def test_a_module_names_its_parts_as_the_lists_do(language: str, shelf: Shelf, ask: Ask, now: datetime) -> None:
    """Key, title and address of each, in order; what is retired or another module's is not among them."""
    make_calculator(shelf.module, "sum", position=3)
    make_calculator(shelf.module, "old", position=2, retired_at=now)
    make_story(make_module(shelf.programme, "air"), "elsewhere")
    make_story(shelf.module, "ruts", position=2, title={"en": "Ruts"})
    body = ask("modules/soil/", language=language).json()
    for name in ("calculators", "tasks", "stories"):
        assert body[name] == ask(f"{name}/", language=language, module="soil").json()["results"]
    assert [each["key"] for each in body["calculators"]] == ["rain", "sum"]
    assert [(each["key"], each["language"]) for each in body["stories"]] == [
        ("wet-field", body["language"]),
        ("ruts", "en"),
    ]
    assert body["tasks"][0]["url"] == "http://127.0.0.1:8000/api/v1/tasks/dig/"


def test_every_way_through_a_story_can_be_walked(shelf: Shelf, ask: Ask) -> None:
    body = ask("stories/wet-field/", language="bg").json()
    scenes = {scene["key"]: scene for scene in body["scenes"]}
    first = body["scenes"][0]
    assert first["choices"][0] == {
        "key": "drive",
        "text": "Тръгнете веднага",
        "to": "talk",
        "effects": {"people": 1, "nature": -2, "money": 0},
        "because": "Колелата оставят следи.",
    }
    (onward,) = scenes["talk"]["choices"]
    assert (onward["effects"], onward["because"]) == (None, "")
    assert {choice["to"] for scene in body["scenes"] for choice in scene["choices"]} < set(scenes)
    assert {scene["title"] for scene in body["scenes"] if scene["ending"]} == {"След два дни", "Ruts"}
    assert (body["lesson"], body["speakers"]) == (None, [{"key": "mira", "name": "Мира", "role": "ученичка"}])
    assert body["page"] == "http://127.0.0.1:8000/bg/stories/wet-field/"


def test_a_module_says_how_long_it_takes_and_what_it_builds(shelf: Shelf, ask: Ask) -> None:
    body = ask("modules/soil/").json()
    assert (body["hours"], body["field_hours"], body["minutes"], body["lesson_count"]) == (2.5, 3.0, 24, 2)
    assert (body["competences"], body["sdgs"], body["eqf"]) == (["greencomp:2.1"], [15], 3)
    assert [lesson["key"] for lesson in body["lessons"]] == ["soil-is-alive", "only-english"]


def test_a06_of_a_quiz_only_its_outside_is_told(shelf: Shelf, ask: Ask) -> None:
    """A-06: neither questions, nor choices, nor the pass mark."""
    (quiz,) = ask("modules/soil/").json()["quizzes"]
    assert (quiz["key"], quiz["purpose"], quiz["question_count"], quiz["lesson"]) == ("soil-final", "final", 3, None)
    assert ask("calculators/rain/").json()["explain"]  # a calculator is explained too; that is no answer to a question
    paths = [path for path in [*CONTENT.values(), *OPEN.values()] if path != "calculators/rain/"]
    everything = " ".join(ask(path).content.decode() for path in paths)
    for secret in (
        "What holds water",
        "single_choice number",
        "Organic matter",
        '"right"',
        '"explain"',
        "pass_mark",
        "feedback",
    ):
        assert secret not in everything


def test_a_retired_quiz_is_not_named(shelf: Shelf, ask: Ask, now: Any) -> None:
    shelf.quiz.retired_at = now
    shelf.quiz.save()
    assert ask("modules/soil/").json()["quizzes"] == []


def test_every_link_to_the_api_leads_somewhere(shelf: Shelf, ask: Ask) -> None:
    """Whatever an answer links to under /api/ can be fetched with the same token."""
    seen, waiting = set[str](), ["/api/v1/"]
    while waiting:
        path = waiting.pop()
        answer = ask(path)
        assert answer.status_code == 200, path
        seen.add(path)
        if answer["Content-Type"] == "application/json":
            found = (each.partition("8000")[2] for each in _strings(answer.json()) if "8000/api/" in each)
            waiting += [each for each in set(found) if each not in seen and each not in waiting]
    assert {f"/api/v1/{path}" for path in ("modules/soil/", "lessons/soil-is-alive/", "facts/F42/")} <= seen


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(inner)


@pytest.mark.parametrize(
    ("licence", "url"), [("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"), ("MIT", None)]
)
def test_the_licence_is_named_and_linked_where_we_know_its_place(
    licence: str, url: str | None, shelf: Shelf, ask: Ask
) -> None:
    shelf.programme.licence = licence
    shelf.programme.save()
    body = ask("lessons/soil-is-alive/").json()
    assert (body["licence"], body["licence_url"], body["credits"]) == (licence, url, "Written for tests")


def test_a_programme_that_was_never_released_still_has_an_answer(db: None, ask: Ask) -> None:
    from tests.factories.modules import make_module, make_programme

    make_module(make_programme("bare"), "empty")
    body = ask("programmes/bare/").json()
    assert (body["version"], body["updated_at"]) == (None, None)
    assert ask("modules/empty/").json()["lessons"] == []
    assert ask("changes/").json() == {"cursor": None, "next": None, "releases": []}

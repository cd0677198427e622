"""Calculators and field tasks on their pages."""

import re

import pytest
from django.test import Client

from modules.models import Calculator, FieldTask, Module
from tests.factories.modules import make_fact, make_lesson, make_module, make_story, words
from tests.factories.parts import make_calculator, make_task
from tests.lms.web.reading import html_of, text_of

pytestmark = pytest.mark.django_db
PAGE = "/en/calculators/rain/"


@pytest.fixture
def rain() -> Calculator:
    module = make_module(key="soil")
    make_fact(module.programme, "F42", statement=words("Most soils are poor"))
    return make_calculator(module, lesson=make_lesson(module, "wet-soil"))


@pytest.fixture
def dig(rain: Calculator) -> FieldTask:
    return make_task(rain.module, lesson=rain.lesson)


def test_a_calculator_shows_its_formula_its_limits_and_its_sources(client: Client, rain: Calculator) -> None:
    shown = text_of(client.get(PAGE))
    assert "= 100 × What is left ÷ Rain only where Rain > 0" in shown
    assert "0 to 50 000 l" in shown
    assert "Most soils are poor" in shown
    assert "Nothing evaporates" in shown
    assert "Result" not in shown


@pytest.mark.parametrize("typed", ["12,5", "12.5", " 12,5 l"])
def test_both_decimal_signs_are_read(client: Client, rain: Calculator, typed: str) -> None:
    shown = text_of(client.get(PAGE, {"rain": typed, "loss": "2,5"}))
    assert "What is left 10.0 l 12.5 − 2.5" in shown
    assert "Share 80.0 l 100 × 10 ÷ 12.5" in shown.replace("10.0 ÷", "10 ÷")


def test_numbers_are_shown_by_language(client: Client, rain: Calculator) -> None:
    assert "10,0 л" in text_of(client.get("/bg/calculators/rain/", {"rain": "12.5", "loss": "2.5"}))


def test_the_example_can_be_tried(client: Client, rain: Calculator) -> None:
    assert 'href="?rain=10&amp;loss=1#result"' in html_of(client.get(PAGE))
    assert "9.0 l" in text_of(client.get(PAGE + "?rain=10&loss=1"))


def test_each_wrong_number_is_named_at_its_field_and_the_right_ones_stay(client: Client, rain: Calculator) -> None:
    response = client.get(PAGE, {"rain": "a lot <b>", "loss": "7"})
    shown = html_of(response)
    assert "“a lot &lt;b&gt;” is not a number." in shown
    assert 'value="7"' in shown
    assert shown.count('aria-invalid="true"') == 1
    assert "Write a number from 0 to 50 000." in text_of(client.get(PAGE, {"rain": "-1", "loss": "7"}))
    assert "A number is missing." in text_of(client.get(PAGE, {"rain": "1"}))


def test_where_a_condition_does_not_hold_the_page_says_so(client: Client, rain: Calculator) -> None:
    assert "No result. It holds only where Rain > 0." in text_of(client.get(PAGE, {"rain": "0", "loss": "1"}))


def test_a_division_by_zero_is_a_sentence(client: Client, rain: Calculator) -> None:
    rain.body["outputs"][1]["when"] = ""
    rain.save()
    assert "this would divide by zero" in text_of(client.get(PAGE, {"rain": "0", "loss": "1"}))


def test_the_sheet_of_a_task_begins_with_safety(client: Client, dig: FieldTask) -> None:
    shown = text_of(client.get("/bg/tasks/dig/"))
    assert shown.index("Попитайте къде има кабели") < shown.index("Лопата") < shown.index("Step 1")


def test_the_trainers_sheet_has_lines_for_the_pencil_and_keeps_nothing(client: Client, dig: FieldTask) -> None:
    response = client.get("/en/tasks/dig/observe/")
    shown = text_of(response)
    for words_ in ("Name", "Date", "Place", "Watch the feet", "What did your hands tell you?", "cooperation 3"):
        assert words_ in shown
    assert 'method="post"' not in html_of(response)


def test_they_are_found_from_the_module_the_lesson_the_lists_and_the_search(client: Client, dig: FieldTask) -> None:
    for page in ("/en/learn/soil/", "/en/learn/soil/wet-soil/", "/en/search/?q=hole+rain"):
        shown = html_of(client.get(page))
        assert "/en/tasks/dig/" in shown, page
        assert "/en/calculators/rain/" in shown, page
    assert "/en/tasks/dig/" in html_of(client.get("/en/tasks/"))
    assert "/en/calculators/rain/" in html_of(client.get("/en/calculators/"))


UP = {"/en/": "Modules"}
MODULE = {**UP, "/en/learn/soil/": "Soil"}
CRUMBS = {
    **dict.fromkeys(("tasks/", "calculators/", "stories/"), UP),
    **dict.fromkeys(("tasks/dig/", "calculators/rain/", "stories/wet-field/", "learn/soil/wet-soil/"), MODULE),
    "tasks/dig/observe/": {**MODULE, "/en/tasks/dig/": "Dig and look"},
}


@pytest.mark.parametrize("path", CRUMBS)
def test_a_page_says_where_it_stands_in_the_course(path: str, client: Client, dig: FieldTask) -> None:
    """Modules, the module, this: for what modules hold as for their lessons."""
    Module.objects.update(title=words("Soil", "Почва"))
    make_story(dig.module, "wet-field")
    (crumbs,) = re.findall(r'<nav class="crumbs".*?</nav>', html_of(client.get(f"/en/{path}")), re.S)
    assert dict(re.findall(r'<a href="([^"]+)">([^<]+)</a>', crumbs)) == CRUMBS[path]


@pytest.mark.parametrize("path", ["/en/tasks/", "/en/calculators/", "/en/stories/"])
def test_the_three_lists_lead_to_each_other_and_every_page_to_them(path: str, client: Client) -> None:
    shown = html_of(client.get(path))
    (tabs,) = re.findall(r'<nav class="tabs".*?</nav>', shown, re.S)
    assert re.findall(r'href="([^"]+)"', tabs) == ["/en/tasks/", "/en/calculators/", "/en/stories/"]
    assert re.findall(r'href="([^"]+)" aria-current="page"', tabs) == [path]
    foot = html_of(client.get("/en/glossary/")).partition('<footer class="foot">')[2]
    assert f'href="{path}"' in foot


def test_what_is_retired_or_unknown_is_not_found(client: Client, dig: FieldTask) -> None:
    dig.retired_at = dig.module.programme.releases.create(
        version=1, digest="x", imported_at="2027-01-04T06:00Z"
    ).imported_at
    dig.save()
    assert client.get("/en/tasks/dig/").status_code == 404
    assert client.get("/en/calculators/snow/").status_code == 404


def test_a_translation_that_awaits_its_editor_says_so(client: Client, dig: FieldTask) -> None:
    dig.module.programme.review = {"bg": "awaiting"}
    dig.module.programme.save()
    for path in ("calculators/rain/", "tasks/dig/", "tasks/dig/observe/"):
        assert 'class="small muted review"' in html_of(client.get(f"/bg/{path}")), path
        assert 'class="small muted review"' not in html_of(client.get(f"/en/{path}")), path


def test_of_a_closed_programme_strangers_see_none(client: Client, dig: FieldTask) -> None:
    programme = dig.module.programme
    programme.is_open = False
    programme.save()
    assert "/tasks/dig/" not in html_of(client.get("/en/tasks/"))
    assert client.get("/en/tasks/dig/").status_code in {302, 403}
    assert client.get(PAGE).status_code in {302, 403}

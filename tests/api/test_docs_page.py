"""The page of the API: everything in the document, in words, for people."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.test import Client

from api.problems import PROBLEMS
from api.reference import operations

VOID = {"meta", "link", "img", "br", "hr", "input", "path", "rect", "use"}


class Outline(HTMLParser):
    """Headings in order, ids, and which elements were left open."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.labelled: list[str] = []
        self.open: list[str] = []
        self.inline: list[str] = []
        self.unreachable: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if identity := told.get("id"):
            self.ids.append(identity)
        self.labelled += (told.get("aria-labelledby") or "").split()
        self.inline += [name for name in told if name == "style" or name.startswith("on")]
        if (tag == "pre" or told.get("class") == "scroll") and told.get("tabindex") != "0":
            self.unreachable.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


@pytest.fixture
def page(db: None) -> str:
    answer = Client().get("/api/v1/docs/", headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_may_read_it_and_the_footer_leads_there(page: str) -> None:
    assert 'href="/api/v1/docs/"' in Client().get("/en/").content.decode()


def test_it_names_every_address_with_its_parameters_and_statuses(page: str) -> None:
    text = unescape(page)
    for operation in operations():
        assert f'id="{operation.id}"' in text
        assert operation.path in text
        assert operation.curl in text
        for parameter in operation.parameters:
            assert f"<code>{parameter.name}</code>" in text
            assert parameter.description
        assert operation.example in text
    assert len(operations()) == 18


def test_examples_are_of_this_installation(page: str) -> None:
    assert "http://127.0.0.1:8000/api/v1/lessons/every-drop-counts/" in page
    assert "learn.example.org" not in page


def test_the_type_of_every_problem_leads_to_a_line_of_it(page: str) -> None:
    for problem in PROBLEMS.values():
        assert f'id="{problem.type.partition("#")[2]}"' in page


def test_it_is_well_formed_and_its_headings_are_in_order(page: str) -> None:
    outline = Outline()
    outline.feed(page)
    assert outline.open == []
    assert outline.headings.count(1) == 1
    assert outline.headings[0] == 1
    assert all(later - earlier <= 1 for earlier, later in zip(outline.headings, outline.headings[1:], strict=False))
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.labelled) <= set(outline.ids)
    assert outline.inline == []
    assert outline.unreachable == []


def test_links_within_the_page_lead_somewhere(page: str) -> None:
    outline = Outline()
    outline.feed(page)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(outline.ids)


def test_it_speaks_bulgarian_too_and_marks_what_stays_english(db: None) -> None:
    page = Client().get("/api/v1/docs/", headers={"Accept-Language": "bg"}).content.decode()
    assert '<html lang="bg">' in page
    assert 'lang="en"' in page


def test_it_asks_the_database_nothing(db: None, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        Client().get("/api/v1/docs/")


def test_it_can_only_be_read(db: None) -> None:
    assert Client().post("/api/v1/docs/").status_code == 405
    assert Client().head("/api/v1/docs/").status_code == 200


def test_it_tells_the_limit_of_this_installation(page: str, settings: object) -> None:
    assert "600 requests a minute" in page
    settings.API_RATE = 0  # type: ignore[attr-defined]
    answer = Client().get("/api/v1/docs/", headers={"Accept-Language": "en"})
    assert "does not limit" in answer.content.decode()

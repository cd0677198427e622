"""Parts of pages that are kept: what they are made from decides, and nothing else can get in."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.template import engines
from django.utils import timezone, translation


def shown(source: str, **context: Any) -> str:
    return str(engines["django"].from_string("{% load lms %}" + source).render(context))


def test_a_kept_part_sees_its_inputs_and_nothing_of_the_page() -> None:
    """A-01: nothing of a person gets in that was not handed in, and what was handed in is in the key."""
    part = '{% kept "components/pill.html" state="done" %}'
    assert "Ana" not in shown(part, text="Ana")
    given = '{% kept "components/pill.html" state="done" text=name %}'
    assert [("Ana" in page, "Ivo" in page) for page in (shown(given, name="Ana"), shown(given, name="Ivo"))] == [
        (True, False),
        (False, True),
    ]


def test_a_kept_part_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    part = '{% kept "components/pill.html" state="late" text="now" %}'
    first = shown(part)
    monkeypatch.setattr("lms.shared.templatetags.lms.get_template", None)
    assert shown(part) == first


def test_a_kept_part_is_escaped_once() -> None:
    assert "<span" in shown('{% kept "components/pill.html" text=words %}', words="a < b")
    assert "a &lt; b" in shown('{% kept "components/pill.html" text=words %}', words="a < b")


def test_a_kept_part_is_another_one_in_another_language() -> None:
    pages = []
    for language in ("en", "bg"):
        with translation.override(language):
            pages.append(shown('{% kept "base/_languages.html" path="/en/" %}'))
    assert ["Български" in page for page in pages] == [True, False]


class Text:
    """As much of a lesson as the part asks for."""

    key: str = "soil"
    head: Any = None
    following: Any = None
    stories: tuple[Any, ...] = ()


def test_a_kept_part_is_another_one_in_another_zone() -> None:
    part = '{% kept "learn/_lesson_ways.html" text=text signed_in=True done_on=at %}'
    text, at, pages = Text(), datetime(2027, 3, 15, 23, 0, tzinfo=UTC), []
    text.head = Text()
    for zone in ("UTC", "Pacific/Auckland"):
        with timezone.override(zone):
            pages.append(shown(part, text=text, at=at))
    assert ["15 March" in pages[0], "16 March" in pages[1]] == [True, True]


def test_what_can_change_unseen_is_no_input() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        shown('{% kept "components/pill.html" text=words %}', words=["a list"])

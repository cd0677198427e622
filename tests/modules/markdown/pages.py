"""Surroundings for texts, and the page that comes out."""

from collections.abc import Mapping
from typing import Any

from modules.markdown import Picture, Rendered, Surroundings, render
from modules.markdown.words import words_for

DIGEST = "a" * 64
PICTURES = {"soil.svg": Picture(f"/assets/{DIGEST}/soil.svg", 640, 300)}
TERMS = {"humus": "Humus", "soil-crumb": "Soil crumb"}


def surroundings(language: str = "en", terms: Mapping[str, str] = TERMS, **fields: Any) -> Surroundings:
    defaults: dict[str, Any] = {
        "pictures": PICTURES,
        "lessons": {"water": "soil"},
        "facts": frozenset({"F1", "F2", "F42"}),
        "words": words_for(language),
    }
    return Surroundings(language=language, terms=terms, **{**defaults, **fields})


def page(text: str, **fields: Any) -> Rendered:
    return render(text, surroundings(**fields))


def html(text: str, **fields: Any) -> str:
    return page(text, **fields).html.strip()

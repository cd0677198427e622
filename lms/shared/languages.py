"""Words in several languages: {"en": "Soil", "bg": "Почва"}."""

from collections.abc import Mapping


def in_language(words: Mapping[str, str], language: str, source: str = "en") -> str:
    """The words in `language`, else in the source language, else in any; an empty string when there are none."""
    return words.get(language) or words.get(source) or next(iter(words.values()), "")

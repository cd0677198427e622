"""Words in several languages: {"en": "Soil", "bg": "Почва"}."""

from collections.abc import Mapping


def in_language(words: Mapping[str, str], language: str, source: str = "en") -> str:
    """The words in `language`, else in the source language, else in any; an empty string when there are none."""
    return words.get(language) or words.get(source) or next(iter(words.values()), "")


class Said(str):
    """Words that know which language they are in, so that a page can mark those that fell back (C-15)."""

    language: str

    def __new__(cls, text: str, language: str) -> "Said":
        said = super().__new__(cls, text)
        said.language = language
        return said


def said(words: Mapping[str, str], language: str, source: str = "en") -> Said:
    """Like in_language, with the language that was found."""
    for code in (language, source, *words):
        if words.get(code):
            return Said(words[code], code)
    return Said("", language)

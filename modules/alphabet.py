"""Pure: the order of words in a dictionary of the language. SQLite sorts by code point, PostgreSQL by its locale."""

import unicodedata

# Letters of the language come first, then those of other scripts (CO2e stands behind я in a Bulgarian list).
_ALPHABETS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
}


def letter(word: str) -> str:
    """The letter a word stands under: "É…" under E, "2,4-D" and the like under #."""
    for char in _bare(word):
        if char.isalnum():
            return char.upper() if char.isalpha() else "#"
    return "#"


def place(word: str, language: str) -> tuple[list[tuple[int, int]], str]:
    """A sort key: letters of the language, then other letters; accents, case, spaces and hyphens do not count."""
    alphabet = _ALPHABETS.get(language, "")
    return [_rank(char, alphabet) for char in _bare(word) if char.isalnum()], word


def _rank(char: str, alphabet: str) -> tuple[int, int]:
    if char.isdigit():
        return 0, ord(char)
    at = alphabet.find(char)
    return (1, at) if at >= 0 else (2, ord(char))


def _bare(word: str) -> str:
    """Lower case without accents; й is a letter of its own and stays."""
    parts = []
    for char in word.casefold():
        plain = unicodedata.normalize("NFKD", char)
        parts.append(char if char == "й" else "".join(c for c in plain if not unicodedata.combining(c)))
    return "".join(parts)

"""Dictionary order, without a database."""

import pytest

from modules.alphabet import letter, place


def in_order(words: list[str], language: str) -> list[str]:
    return sorted(words, key=lambda word: place(word, language))


def test_case_hyphens_and_accents_do_not_count() -> None:
    assert in_order(["soil", "Éclair", "eco-scheme", "Ecosystem", "Sand"], "en") == [
        "Éclair",
        "eco-scheme",
        "Ecosystem",
        "Sand",
        "soil",
    ]


def test_bulgarian_letters_have_their_order_and_latin_ones_follow() -> None:
    assert in_order(["CO2e", "ябълка", "Йод", "Ирис", "Жито", "Кал"], "bg") == [
        "Жито",
        "Ирис",
        "Йод",
        "Кал",
        "ябълка",
        "CO2e",
    ]


def test_digits_come_first() -> None:
    assert in_order(["Nitrate", "2,4-D"], "en") == ["2,4-D", "Nitrate"]


@pytest.mark.parametrize(
    ("word", "sign"),
    [("soil", "S"), ("Éclair", "E"), ("„Зелен“", "З"), ("йод", "Й"), ("2,4-D", "#"), ("…", "#"), ("", "#")],
)
def test_a_word_stands_under_its_first_letter(word: str, sign: str) -> None:
    assert letter(word) == sign

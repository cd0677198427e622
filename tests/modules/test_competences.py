"""The twelve competences."""

from modules.competences import competence, is_competence


def test_there_are_twelve_with_words_in_both_languages() -> None:
    codes = [f"greencomp:{area}.{number}" for area in range(1, 5) for number in range(1, 4)]
    found = [competence(code, language) for code in codes for language in ("en", "bg")]
    assert len({one.name for one in found if one}) == 24
    assert all(one and one.plain and one.name.language == one.plain.language for one in found)


def test_unknown_codes_are_left_out() -> None:
    assert competence("greencomp:5.1", "en") is None
    assert competence("other:1.1", "en") is None
    assert not is_competence("greencomp:5.1")
    assert is_competence("greencomp:4.3")

"""Each translation remembers which words it translated, so that one that fell behind is named."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lms.publishing.checking import check_package
from tests.packages.copies import LESSON, QUIZZES, Copy

EN, BG = f"{LESSON}lesson.en.md", f"{LESSON}lesson.bg.md"


@pytest.fixture
def stamped(copy: Copy) -> Copy:
    call_command("stamp_translations", str(copy.path))
    assert _late(copy) == []
    return copy


def _late(copy: Copy) -> list[tuple[str, str]]:
    package, problems = check_package(copy.path)
    assert package is not None
    return [(problem.where, problem.what) for problem in problems if "changed after" in problem.what]


def _stamps(copy: Copy) -> str:
    return copy.read("translations/bg.yaml")


def test_a_paragraph_changed_in_the_source_alone_is_late_until_its_translation_follows(stamped: Copy) -> None:
    stamped.edit(EN, "Most soils are", "Most soils, alas, are")
    assert [where for where, _ in _late(stamped)] == [EN]
    call_command("stamp_translations", str(stamped.path))
    assert [where for where, _ in _late(stamped)] == [EN], "stamping alone makes nothing up to date"
    stamped.edit(BG, "Повечето почви са", "Повечето почви, уви, са")
    assert _late(stamped) == []
    call_command("stamp_translations", str(stamped.path))
    assert _late(stamped) == []


def test_a_question_changed_in_the_source_alone_is_late(stamped: Copy) -> None:
    stamped.edit(f"{QUIZZES}soil-final.yaml", "What helps soil most", "What helps a soil most")
    assert [where for where, _ in _late(stamped)] == [f"{QUIZZES}soil-final.yaml"]


def test_a_fact_changed_in_the_source_alone_is_late(stamped: Copy) -> None:
    text = stamped.read("facts.yaml")
    statement = text[text.index("en: ") + 4 : text.index("\n", text.index("en: "))].split(",")[0].strip('"')
    stamped.edit("facts.yaml", statement[:12], statement[:12] + " indeed")
    assert [where for where, _ in _late(stamped)] == ["facts.yaml"]


def test_a_slip_of_the_pen_can_be_confirmed(stamped: Copy) -> None:
    stamped.edit(EN, "Most soils are", "Most soils are really")
    call_command("stamp_translations", str(stamped.path), still_right=[EN])
    assert _late(stamped) == []


def test_points_and_places_are_no_words(stamped: Copy) -> None:
    before = _stamps(stamped)
    stamped.edit(f"{QUIZZES}soil-final.yaml", "points: 1", "points: 3")
    call_command("stamp_translations", str(stamped.path))
    assert _stamps(stamped) == before


def test_a_package_with_errors_is_not_stamped(copy: Copy) -> None:
    copy.edit("package.yaml", "format: 1", "format: 7")
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("stamp_translations", str(copy.path))
    assert not Path(copy.path / "translations").exists()


@pytest.mark.parametrize("name", ["nowhere.md", EN.replace(".en.", ".bg."), EN])
def test_only_a_source_file_with_late_words_can_be_confirmed(stamped: Copy, name: str) -> None:
    before = _stamps(stamped)
    with pytest.raises(CommandError, match=f"No words of {name} changed .* Nothing was written"):
        call_command("stamp_translations", str(stamped.path), still_right=[name])
    assert _stamps(stamped) == before

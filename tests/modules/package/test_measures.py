"""What a check measures in the texts: length, ease, sources, units, translations that fell behind."""

from collections.abc import Callable
from pathlib import Path

import pytest

from modules.package.measures.lessons import word_count
from modules.package.measures.prose import paragraphs, prose_of, sentences
from modules.package.reader import read_package
from tests.packages.copies import LESSON, Copy, copy_of_minimal

EN, BG = f"{LESSON}lesson.en.md", f"{LESSON}lesson.bg.md"
LIMITS = "limits: {fewest_words: 5, most_words: 60, words_in_a_sentence: 12, lix: {en: 45}}\n"


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return copy_of_minimal(tmp_path / "package")


def _said(copy: Copy) -> list[tuple[str, int, str]]:
    package, problems = read_package(copy.path)
    assert package is not None, [str(problem) for problem in problems]
    return [(problem.where, problem.line, problem.what) for problem in problems]


def _add(words: str) -> Callable[[Copy], None]:
    return lambda copy: (copy.append(EN, f"\n{words}\n"), copy.append(BG, "\nИ още нещо.\n"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Half of it, 51 %, is gone.", "A figure without a source: “Half of it, 51 %, is gone.”."),
        ("It costs 3 million a year.", "A figure without a source: “It costs 3 million a year.”."),
        ("The value rose to 4.5.", "A number without a unit: “The value rose to 4.5.”."),
    ],
)
def test_a_number_says_what_it_counts_and_where_it_is_from(words: str, said: str, copy: Copy) -> None:
    _add(words)(copy)
    assert (EN, copy.line_of(EN, words), said) in _said(copy)


@pytest.mark.parametrize(
    "words",
    [
        "Half of it, 51 %, is gone [F1].",
        "Assume that 51 % is gone.",
        '!!! example "Half"\n    51 % is gone.',
        "It has been so since 2021.",
        "Take the first of 3.",
        "So 4 × 2 = 8.5.",
    ],
)
def test_numbers_with_source_or_unit_and_examples_are_left_in_peace(words: str, copy: Copy) -> None:
    _add(words)(copy)
    assert [what for _, _, what in _said(copy) if "figure" in what or "number" in what] == []


def test_lessons_keep_the_limits_that_the_package_promises(copy: Copy) -> None:
    copy.append("package.yaml", LIMITS)
    _add(" ".join(["word"] * 31) + ".")(copy)
    _add(" ".join(["extraordinarily"] * 31) + ".")(copy)
    said = [what for where, _, what in _said(copy) if where == EN]
    assert any("words; 5 to 60 are announced" in what for what in said)
    assert any("words a sentence; at most 12 are announced" in what for what in said)
    assert any("Readability (LIX)" in what for what in said)
    assert sum("A sentence of 31 words" in what for what in said) == 2


def test_without_a_promise_lessons_are_as_long_as_they_like(copy: Copy) -> None:
    _add(" ".join(["extraordinarily"] * 900) + ".")(copy)
    assert not any("sentence" in what or "announced" in what for _, line, what in _said(copy) if line > 2)


def test_limits_are_no_content(copy: Copy) -> None:
    before, _ = read_package(copy.path)
    copy.append("package.yaml", LIMITS)
    after, _ = read_package(copy.path)
    assert before is not None
    assert after is not None
    assert before.digest == after.digest


def test_a_figure_stays_light(copy: Copy) -> None:
    figure = f"{LESSON}assets/crumbs.svg"
    points = " ".join(f"{number} {number}" for number in range(6_000))
    copy.edit(figure, "</svg>", f'<polyline points="{points}"/></svg>')
    assert any("The figure crumbs.svg has 5" in what for _, _, what in _said(copy))


def test_a_translation_with_a_paragraph_less_is_named(copy: Copy) -> None:
    copy.append(EN, "\nOne more thought.\n")
    assert any(where == BG and "paragraphs, tables and headings" in what for where, _, what in _said(copy))


def test_a_paragraph_that_nobody_translated_is_named(copy: Copy) -> None:
    copy.append(EN, "\nWorms open the soil.\n")
    copy.append(BG, "\nWorms open the soil.\n")
    assert (EN, copy.line_of(EN, "Worms open"), "Worms open the soil") in [
        (where, line, what.split("“")[-1].rstrip("”.")) for where, line, what in _said(copy)
    ]


def test_a_term_that_no_lesson_uses_is_named(copy: Copy) -> None:
    text = (
        "\nloam:\n  module: soil\n  en: {term: Loam, definition: Good soil.}\n  bg: {term: Глина, definition: Почва.}\n"
    )
    copy.append("glossary.yaml", text)
    assert ("glossary.yaml", copy.line_of("glossary.yaml", "loam:"), "No lesson uses this term.") in _said(copy)


# --- prose -----------------------------------------------------------------------------------------------------------

TEXT = """Water dries from the soil [F54]. Plants, e.g. [[tomato|tomatoes]], drink 6.0 mm a day!

## A heading of several words

| A | table |
| --- | --- |

![An alternative](picture.svg "A caption")

!!! try "Check yourself"
    How much is it?

    - one **item**

    ??? answer "Show"
        3 × 4 = 12 mm
"""


def test_only_what_is_read_as_text_is_counted() -> None:
    found = [(part.line, part.plain, part.inside, part.is_item) for part in paragraphs(TEXT)]
    assert found == [
        (1, "Water dries from the soil. Plants, e.g. tomatoes, drink 6.0 mm a day!", "", False),
        (11, "How much is it?", "try", False),
        (13, "one item", "try", True),
        (16, "3 × 4 = 12 mm", "answer", False),
    ]
    assert word_count(TEXT) == 5 + 8 + 4 + 2 + 1


def test_a_decimal_or_an_abbreviation_ends_no_sentence() -> None:
    assert sentences("It has 6.0 mm. Plants, e.g. beans, need it! Why?") == [
        "It has 6.0 mm.",
        "Plants, e.g. beans, need it!",
        "Why?",
    ]


def test_readability_is_the_published_formula() -> None:
    # 10 words, 2 sentences, 3 of the words have more than six letters: 10 / 2 + 100 × 3 / 10 = 35
    prose = prose_of("Healthy gardens grow in good soil. Farmers see it too.")
    assert (prose.words, prose.sentences, prose.long_words) == (10, 2, 3)
    assert prose.lix == pytest.approx(35)

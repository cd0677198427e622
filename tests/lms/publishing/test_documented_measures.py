"""“What the check measures” in docs/content-packages.md: each row is something that the check really says."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.management import call_command

from lms.publishing.checking import check_package
from modules.package.measures.numbers import without_source, without_unit
from tests.packages.copies import LESSON, QUIZZES, Copy

GUIDE = settings.ROOT / "docs" / "content-packages.md"
EN, BG = f"{LESSON}lesson.en.md", f"{LESSON}lesson.bg.md"


def _lesson(words: str) -> Callable[[Copy], None]:
    return lambda copy: copy.append(EN, f"\n{words}\n")


def _limited(words: str) -> Callable[[Copy], None]:
    limits = "limits: {fewest_words: 5, most_words: 40, words_in_a_sentence: 18, lix: {en: 35}}\n"
    return lambda copy: (copy.append("package.yaml", limits), copy.append(EN, f"\n{words}\n"))


def _heavy_figure(copy: Copy) -> None:
    points = " ".join(f"{number} {number}" for number in range(6_000))
    copy.edit(f"{LESSON}assets/crumbs.svg", "</svg>", f'<polyline points="{points}"/></svg>')


def _late(copy: Copy) -> None:
    call_command("stamp_translations", str(copy.path))
    copy.edit(EN, "Most soils are", "Most soils, alas, are")


def _unused_term(copy: Copy) -> None:
    copy.append("glossary.yaml", "\nloam:\n  module: soil\n  en: {term: Loam, definition: Good.}\n")


def _habit(right: str) -> Callable[[Copy], None]:
    choice = f"      - {{key: aa, text: {right}, right: true}}\n      - {{key: bb, text: Wrong, feedback: No.}}\n"
    question = f"    kind: single_choice\n    stem: Which?\n    choices:\n{choice}    explain: So.\n"
    body = "key: soil-check\ntitle: Check\npurpose: practice\npass_mark: 0.5\nquestions:\n"
    text = body + "".join(f"  - key: q{number}\n{question}" for number in range(4))
    return lambda copy: (copy.write(f"{QUIZZES}soil-check.yaml", text), copy.remove(f"{QUIZZES}soil-check.bg.yaml"))


LONG = " ".join(["word"] * 31) + "."
PROVOKED: dict[str, Callable[[Copy], None]] = {
    "A figure without a source": _lesson("Half of it, 51 %, is gone."),
    "A number without a unit": _lesson("The value rose to 4.5."),
    "words; 5 to 40 are announced": _limited(" ".join([LONG] * 2)),
    "words a sentence": _limited(" ".join([LONG] * 9)),
    "A sentence of": _limited(LONG),
    "Readability (LIX)": _limited("Extraordinarily complicated explanations discourage inexperienced participants."),
    "The figure": _heavy_figure,
    "paragraphs, tables and headings": _lesson("One more thought."),
    "The words are the same in": lambda copy: [copy.append(name, "\nWorms open the soil.\n") for name in (EN, BG)],
    "The words changed after they were translated": _late,
    "No lesson uses this term": _unused_term,
    "The right choice stands in place": _habit("Right"),
    "The right choice is the longest": _habit("The right one"),
}


def test_the_table_names_what_the_check_says() -> None:
    rows = re.findall(r"^\| `([^`]+)` \|", GUIDE.read_text(encoding="utf-8"), re.M)
    assert rows == list(PROVOKED)


@pytest.mark.parametrize(
    ("row", "finds"), [("A figure without a source", without_source), ("A number without a unit", without_unit)]
)
def test_its_sentences_about_numbers_are_what_the_check_finds(row: str, finds: Callable[[str], object]) -> None:
    (example,) = re.findall(rf"^\| `{row}` \|([^|]*)\|", GUIDE.read_text(encoding="utf-8"), re.M)
    sentences = re.findall(r"“([^”]*)”", example)
    assert sentences
    assert [sentence for sentence in sentences if not finds(sentence)] == []


def test_what_the_guide_says_of_citations_is_so() -> None:
    (told,) = re.findall(r"so “([^”]*)” lacks one", GUIDE.read_text(encoding="utf-8"))
    assert without_source(told)
    assert not without_source(f"{told} [F71]")


@pytest.mark.parametrize("says", PROVOKED)
def test_each_row_can_be_provoked(says: str, copy: Copy) -> None:
    PROVOKED[says](copy)
    _, problems = check_package(copy.path)
    assert any(says in problem.what for problem in problems), [str(problem) for problem in problems]

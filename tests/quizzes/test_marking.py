"""The score of an attempt is the share of its points."""

from decimal import Decimal
from typing import Any

import pytest

from quizzes.marking import Entry, mark
from tests.factories.quizzes import BODIES, RIGHT, WRONG

PASS = Decimal("0.8")


def entry(
    kind: str = "single_choice", answer: dict[str, Any] | None = None, *, position: int = 1, points: int = 1
) -> Entry:
    return Entry(position=position, kind=kind, body=BODIES[kind](), points=points, answer=answer)


@pytest.mark.parametrize("kind", BODIES)
def test_right_earns_all_wrong_and_open_earn_nothing(kind: str) -> None:
    assert mark([entry(kind, RIGHT[kind])], PASS).score == 1
    assert mark([entry(kind, WRONG[kind])], PASS).score == 0
    assert mark([entry(kind, None)], PASS).score == 0


def test_points_weigh_and_open_questions_count_in_the_total() -> None:
    entries = [
        entry("single_choice", RIGHT["single_choice"], position=1, points=1),
        entry("multiple_choice", {"choices": ["puddles"]}, position=2, points=2),
        entry("numeric", None, position=3, points=1),
    ]
    marked = mark(entries, PASS)
    assert marked.score == Decimal("0.5")
    assert marked.shares == {1: Decimal(1), 2: Decimal("0.5")}


@pytest.mark.parametrize(
    ("right", "of", "pass_mark", "passed"),
    [(4, 5, "0.8", True), (3, 5, "0.8", False), (2, 3, "0.6667", True), (2, 3, "0.6668", False), (0, 3, "0", True)],
)
def test_passed_means_at_least_the_pass_mark(right: int, of: int, pass_mark: str, passed: bool) -> None:
    entries = [
        entry(answer=RIGHT["single_choice"] if number < right else None, position=number) for number in range(of)
    ]
    assert mark(entries, Decimal(pass_mark)).passed is passed


def test_thirds_are_rounded_once_and_add_up_to_the_whole() -> None:
    thirds = {"choices": ["aa"]}
    body = BODIES["multiple_choice"](right=("puddles", "roots", "worms"))
    one = Entry(1, "multiple_choice", body, 1, {"choices": ["puddles"]})
    assert mark([one], PASS).score == Decimal("0.3333")
    assert mark([one, one, one], PASS).score == Decimal("0.3333")
    assert mark([Entry(1, "multiple_choice", body, 1, thirds)], PASS).score == 0


def test_a_quiz_without_questions_cannot_be_passed() -> None:
    marked = mark([], Decimal(0))
    assert (marked.score, marked.passed) == (0, False)

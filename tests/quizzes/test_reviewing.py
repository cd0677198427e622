"""What a result may show (Q-13)."""

from decimal import Decimal
from typing import Any

import pytest

from quizzes.items import ITEM_TYPES
from quizzes.reviewing import ReviewedQuestion, may_reveal, reviewed, verdict
from tests.factories.quizzes import BODIES, RIGHT, WRONG


def review(kind: str, answer: dict[str, Any] | None, share: str | None, *, reveals: bool) -> ReviewedQuestion:
    body = BODIES[kind](facts=["F42"], lesson="soil")
    full = ITEM_TYPES[kind].review(body, answer, "en")
    return reviewed(1, full, None if share is None else Decimal(share), reveals=reveals)


@pytest.mark.parametrize(("share", "said"), [(None, "open"), ("0", "wrong"), ("0.5", "partly"), ("1", "right")])
def test_verdicts(share: str | None, said: str) -> None:
    assert verdict(None if share is None else Decimal(share)) == said


@pytest.mark.parametrize(
    ("passed", "has_open", "may_start", "reveals"),
    [
        (True, False, True, True),
        (True, True, True, True),
        (True, False, False, True),
        (False, False, False, True),
        (False, False, True, False),
        (False, True, False, False),
        (False, True, True, False),
    ],
)
def test_right_answers_come_out_when_passed_or_when_nothing_can_follow(
    passed: bool, has_open: bool, may_start: bool, reveals: bool
) -> None:
    """Q-13"""
    assert may_reveal(passed=passed, has_open=has_open, may_start=may_start) is reveals


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize("left_open", [True, False])
def test_while_more_attempts_may_follow_nothing_tells_the_right_answer(kind: str, left_open: bool) -> None:
    """Q-13: two bodies with different keys under which the answer is wrong give the same page."""
    answer = None if left_open else WRONG[kind]
    shown = review(kind, answer, None if left_open else "0", reveals=False)
    assert shown.explain == shown.answer == shown.tolerance == ""
    assert shown.answers == shown.facts == ()
    assert not any(place.right or place.is_right for place in shown.places)
    assert all(choice.chosen and not choice.right for choice in shown.choices)
    assert shown.lesson == "soil"


def test_ones_own_wrong_choices_are_explained() -> None:
    shown = review("multiple_choice", {"choices": ["puddles", "worms"]}, "0", reveals=False)
    assert [(choice.text, choice.right, choice.feedback) for choice in shown.choices] == [
        ("Puddles stay", True, ""),
        ("Many worms", False, "Not Many worms."),
    ]


@pytest.mark.parametrize("kind", BODIES)
def test_what_was_right_is_explained(kind: str) -> None:
    shown = review(kind, RIGHT[kind], "1", reveals=False)
    assert shown.explain.startswith("Because")
    assert shown.facts == ("F42",)
    assert shown.answer == ""


def test_in_the_end_everything_is_shown_but_feedback_only_for_ones_own_choices() -> None:
    shown = review("single_choice", WRONG["single_choice"], "0", reveals=True)
    assert {choice.text for choice in shown.choices if choice.right} == {"Organic matter"}
    assert [choice.feedback for choice in shown.choices if choice.feedback] == ["Not Salt."]
    number = review("numeric", None, None, reveals=True)
    assert (number.answer, number.tolerance, number.unit) == ("60", "1", "kg N/ha")

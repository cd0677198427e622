"""Pure: what a result page may show of one question. The rule as a table: docs/algorithms/attempts.md.

As long as another attempt may follow, the right answer stays out (Q-13): not shown, not in the page, not derivable
from sources. The page then says what was wrong with one's own choices and explains what one got right.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

RIGHT, PARTLY, WRONG, OPEN = "right", "partly", "wrong", "open"


@dataclass(frozen=True, slots=True)
class ReviewedChoice:
    """`key` says true or false where the page has the words."""

    key: str
    text: str
    chosen: bool
    right: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class ReviewedPlace:
    """A prompt, an item or a gap. `chosen` is empty where it was left open, `right` where it may not be shown."""

    text: str
    chosen: str
    right: str
    is_right: bool
    feedback: str
    after: str


@dataclass(frozen=True, slots=True)
class ReviewedQuestion:
    """One question of a result. `verdict`: right, partly, wrong, open. `answer` is empty where it may not be shown.

    `answers` are the words that a typed answer may be. `before` is a cloze's text up to the first gap. `feedback` is
    for the question as a whole.
    """

    ordinal: int
    kind: str
    stem: str
    language: str
    verdict: str
    choices: tuple[ReviewedChoice, ...]
    places: tuple[ReviewedPlace, ...]
    before: str
    text: str
    is_number: bool
    unit: str
    answer: str
    answers: tuple[str, ...]
    tolerance: str
    feedback: str
    explain: str
    lesson: str | None
    facts: tuple[str, ...]


def verdict(share: Decimal | None) -> str:
    """`share` is what the answer earned, 0 to 1; None when the question was left open."""
    if share is None:
        return OPEN
    return RIGHT if share == 1 else PARTLY if share > 0 else WRONG


def may_reveal(*, passed: bool, has_open: bool, may_start: bool) -> bool:
    """Right answers are shown once the quiz is passed, or when no attempt is open and none can follow."""
    return passed or not (has_open or may_start)


def reviewed(ordinal: int, review: Mapping[str, Any], share: Decimal | None, *, reveals: bool) -> ReviewedQuestion:
    """Takes from an item's full review what may be shown."""
    said = verdict(share)
    explains = reveals or said == RIGHT
    return ReviewedQuestion(
        ordinal=ordinal,
        kind=review["kind"],
        stem=review["stem"],
        language=review["language"],
        verdict=said,
        choices=tuple(_choice(choice) for choice in review.get("choices", []) if reveals or choice["chosen"]),
        places=tuple(_place(place, reveals=reveals) for place in review.get("places", [])),
        before=review.get("before", ""),
        text=review.get("text", ""),
        is_number=review.get("is_number", True),
        unit=review.get("unit", ""),
        answer=review.get("answer", "") if reveals else "",
        answers=tuple(review.get("answers", [])) if reveals else (),
        tolerance=review.get("tolerance", "") if reveals else "",
        feedback=review.get("feedback", "") if said in (WRONG, PARTLY) else "",
        explain=review["explain"] if explains else "",
        lesson=review["lesson"],
        facts=tuple(review["facts"]) if explains else (),
    )


def _choice(choice: Mapping[str, Any]) -> ReviewedChoice:
    feedback = choice["feedback"] if choice["chosen"] else ""
    return ReviewedChoice(
        key=choice["key"], text=choice["text"], chosen=choice["chosen"], right=choice["right"], feedback=feedback
    )


def _place(place: Mapping[str, Any], *, reveals: bool) -> ReviewedPlace:
    """Which places were filled rightly is told like which choices were; what is right only when it may be."""
    return ReviewedPlace(
        text=place["text"],
        chosen=place["chosen"],
        right=place["right"] if reveals else "",
        is_right=place["is_right"],
        feedback=place["feedback"] if place["chosen"] else "",
        after=place.get("after", ""),
    )

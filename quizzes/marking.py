"""Pure: marks a whole attempt. The rule with examples: docs/algorithms/marking.md."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from quizzes.items import ITEM_TYPES
from quizzes.items.parts import Answer, Body

FOUR_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Entry:
    """One question of an attempt and what was answered; None when it was left open."""

    position: int
    kind: str
    body: Body
    points: int
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Marked:
    """`score` is the share of all points, `shares` that of each answered question; 0 to 1, four decimals."""

    score: Decimal
    passed: bool
    shares: Mapping[int, Decimal]


def mark(entries: Iterable[Entry], pass_mark: Decimal) -> Marked:
    """What an attempt earns. A question left open earns nothing and still counts in the total."""
    earned, total = Decimal(0), 0
    shares = {}
    for entry in entries:
        total += entry.points
        if entry.answer is not None:
            share = ITEM_TYPES[entry.kind].grade(entry.body, entry.answer)
            shares[entry.position] = share.quantize(FOUR_PLACES, ROUND_HALF_UP)
            earned += share * entry.points
    score = (earned / total if total else Decimal(0)).quantize(FOUR_PLACES, ROUND_HALF_UP)
    return Marked(score=score, passed=total > 0 and score >= pass_mark, shares=shares)

"""Things to be put in order. Answer: see places.py; the item comes first, then its place from 1. Scored by the share of
items in their places.

Authors write the items in the right order, so no page ever shows them as written: they stand in the order of the
alphabet, or shuffled.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from lms.shared.languages import in_language
from quizzes.items.parts import (
    Answer,
    Body,
    check_common,
    check_entries,
    check_feedback,
    order_of,
    review_common,
    spoken,
)
from quizzes.items.places import chosen_in, fits_places, read_places, reviewed_place, share_right, value_of

ITEMS = (3, 6)
ITEM_FIELDS = frozenset({"key", "text"})
# An item's key stands in the page; one that counts would give the order away.
COUNTING = re.compile(
    r"(?:[a-z]+-?)?\d+(?:-.*)?|(?:step-)?(?:first|second|third|fourth|fifth|sixth|last|one|two|three|four|five|six)"
)


def check(body: Body) -> list[str]:
    problems = [*check_common(body, ["items", "feedback"]), *check_feedback(body)]
    items = body.get("items")
    if not isinstance(items, list) or not ITEMS[0] <= len(items) <= ITEMS[1]:
        return [*problems, f"items has {ITEMS[0]} to {ITEMS[1]} entries"]
    problems += check_entries(items, "item", ITEM_FIELDS)
    for item in items:
        if isinstance(item.get("key"), str) and COUNTING.fullmatch(item["key"]):
            problems.append(f"item {item['key']}: its key stands in the page and must not say its place")
    return problems


def present(body: Body, language: str, seed: str | None) -> dict[str, Any]:
    items = sorted(body["items"], key=order_of(seed))
    if seed is None:
        items.sort(key=lambda item: in_language(item["text"], language).casefold())
    numbers = [str(number) for number in range(1, len(items) + 1)]
    return {
        "kind": "ordering",
        "stem": in_language(body["stem"], language),
        "language": spoken(body["stem"], language),
        "places": [
            {
                "key": item["key"],
                "text": in_language(item["text"], language),
                "options": [{"value": value_of(item["key"], number), "text": number} for number in numbers],
            }
            for item in items
        ],
    }


def read(values: Sequence[str]) -> Answer | None:
    return read_places(values)


def _right(body: Body) -> dict[str, str]:
    return {item["key"]: str(number) for number, item in enumerate(body["items"], 1)}


def fits(body: Body, answer: Any) -> bool:
    """A place may be given twice while one is still sorting; it cannot be right for both."""
    right = _right(body)
    return fits_places(dict.fromkeys(right, frozenset(right.values())), answer)


def grade(body: Body, answer: Answer) -> Decimal:
    return share_right(_right(body), answer) if fits(body, answer) else Decimal(0)


def review(body: Body, answer: Answer | None, language: str) -> dict[str, Any]:
    """The items as the learner put them, those without a place at the end: the list itself tells nothing."""
    right, chosen = _right(body), chosen_in(answer)
    texts = {item["key"]: in_language(item["text"], language) for item in body["items"]}
    as_put = sorted(texts, key=lambda key: (int(chosen.get(key, ITEMS[1] + 1)), texts[key].casefold()))
    return {
        "kind": "ordering",
        **review_common(body, language),
        "places": [
            reviewed_place(key, texts[key], chosen.get(key, ""), right[key], is_right=chosen.get(key) == right[key])
            for key in as_put
        ],
        "feedback": in_language(body["feedback"], language),
    }

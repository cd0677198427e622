"""What the kinds share that fill several places: matching, ordering, cloze.

Answer: {"choices": ["place:choice", …]}, sorted, each place at most once. A form sends them as the values of its lists,
so it is read like ticked boxes are. The score is the share of places that are right; one left open is not right.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from quizzes.items.parts import Answer


def value_of(place: str, choice: str) -> str:
    return f"{place}:{choice}"


def read_places(values: Sequence[str]) -> Answer | None:
    chosen = sorted({value for value in values if value})
    return {"choices": chosen} if chosen else None


def fits_places(options: Mapping[str, Collection[str]], answer: Any) -> bool:
    """`options`: what may be chosen for each place."""
    if not isinstance(answer, dict) or set(answer) != {"choices"} or not isinstance(answer["choices"], list):
        return False
    values = answer["choices"]
    if not values or not all(isinstance(value, str) for value in values) or values != sorted(values):
        return False
    pairs = [value.partition(":") for value in values]
    places = [place for place, _, _ in pairs]
    return len(set(places)) == len(places) and all(choice in options.get(place, ()) for place, _, choice in pairs)


def chosen_in(answer: Answer | None) -> dict[str, str]:
    """{place: choice} of an answer that fits."""
    pairs = (value.partition(":") for value in (answer or {}).get("choices", []))
    return {place: choice for place, _, choice in pairs}


def share_right(right: Mapping[str, str], answer: Answer) -> Decimal:
    chosen = chosen_in(answer)
    return Decimal(sum(chosen.get(place) == choice for place, choice in right.items())) / len(right)


def reviewed_place(
    key: str, text: str, chosen: str, right: str, *, is_right: bool, feedback: str = ""
) -> dict[str, Any]:
    """One place of a result. `chosen` and `right` are words; `chosen` is empty where the place was left open."""
    return {
        "key": key,
        "text": text,
        "chosen": chosen,
        "right": right,
        "is_right": is_right,
        "feedback": "" if is_right else feedback,
    }

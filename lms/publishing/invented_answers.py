"""Answers that invented people give: as many right ones as a wished score needs."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from quizzes.models import QuizItem, QuizRevision

Answer = Mapping[str, Any]
Body = Mapping[str, Any]


def items_of(revision: QuizRevision) -> list[QuizItem]:
    """The questions with their texts, in order. One query."""
    return list(revision.items.select_related("question_revision__question").order_by("position"))


def asked_of(items: Sequence[QuizItem], drawn: Sequence[int] | None) -> list[QuizItem]:
    """Those that an attempt got."""
    return [item for item in items if drawn is None or item.position in drawn]


def answers_worth(items: Sequence[QuizItem], share: Decimal, pass_mark: Decimal, rng: Random) -> dict[int, Answer]:
    """An answer to each question by position: about `share` of the points, on its side of the pass mark."""
    total = sum(item.points for item in items)
    right: set[int] = set()
    earned = 0
    for item in rng.sample(list(items), len(items)):
        after = Decimal(earned + item.points) / total
        short_of_pass = share >= pass_mark > Decimal(earned) / total
        if short_of_pass or (after <= share and (share >= pass_mark or after < pass_mark)):
            right.add(item.position)
            earned += item.points
    return {item.position: _answer(item, rng, right=item.position in right) for item in items}


def _answer(item: QuizItem, rng: Random, *, right: bool) -> Answer:
    question = item.question_revision.question
    return ANSWERING[question.kind](item.question_revision.body, rng, right)


def _single_choice(body: Body, rng: Random, right: bool) -> Answer:
    return {"choice": rng.choice([choice["key"] for choice in body["choices"] if choice["right"] is right])}


def _multiple_choice(body: Body, rng: Random, right: bool) -> Answer:
    keys = [choice["key"] for choice in body["choices"] if choice["right"] is right]
    return {"choices": sorted(keys) if right else [rng.choice(keys)]}


def _numeric(body: Body, rng: Random, right: bool) -> Answer:
    number = Decimal(body["answer"])
    return {"text": body["answer"] if right else str(number * rng.choice([2, 3, 10]) + 7)}


def _true_false(body: Body, rng: Random, right: bool) -> Answer:
    return {"choice": "true" if body["answer"] is right else "false"}


def _short_text(body: Body, rng: Random, right: bool) -> Answer:
    return {"text": rng.choice(next(iter(body["answers"].values()))) if right else rng.choice(["?", "water", "air"])}


def _matching(body: Body, rng: Random, right: bool) -> Answer:
    return _placed({prompt["key"]: prompt["match"] for prompt in body["prompts"]}, right)


def _ordering(body: Body, rng: Random, right: bool) -> Answer:
    return _placed({item["key"]: str(place) for place, item in enumerate(body["items"], 1)}, right)


def _cloze(body: Body, rng: Random, right: bool) -> Answer:
    keys = {
        gap["key"]: [choice["key"] for choice in gap["choices"] if choice["right"] is right] for gap in body["gaps"]
    }
    return {"choices": sorted(f"{gap}:{rng.choice(of_gap)}" for gap, of_gap in keys.items())}


def _placed(places: Mapping[str, str], right: bool) -> Answer:
    """Each in its place; or each in that of the next one, so that none is right."""
    values = list(places.values())
    put = values if right else [*values[1:], values[0]]
    return {"choices": sorted(f"{place}:{value}" for place, value in zip(places, put, strict=True))}


ANSWERING: Mapping[str, Callable[[Body, Random, bool], Answer]] = {
    "single_choice": _single_choice,
    "multiple_choice": _multiple_choice,
    "numeric": _numeric,
    "true_false": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "short_text": _short_text,
    "cloze": _cloze,
}

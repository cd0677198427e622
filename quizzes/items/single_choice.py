"""One of several choices is right. Answer: {"choice": key}. All or nothing."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from quizzes.items.parts import (
    Answer,
    Body,
    check_choices,
    check_common,
    keys_of,
    present_choices,
    review_choices,
    review_common,
)


def check(body: Body) -> list[str]:
    problems = [*check_common(body, ["choices"]), *check_choices(body)]
    if not problems and len(keys_of(body, right=True)) != 1:
        problems.append("exactly one choice is right")
    return problems


def present(body: Body, language: str, seed: str | None) -> dict[str, Any]:
    return {"kind": "single_choice", **present_choices(body, language, seed)}


def read(values: Sequence[str]) -> Answer | None:
    return {"choice": values[0]} if values and values[0] else None


def fits(body: Body, answer: Any) -> bool:
    return (
        isinstance(answer, dict)
        and set(answer) == {"choice"}
        and isinstance(answer["choice"], str)
        and answer["choice"] in keys_of(body)
    )


def grade(body: Body, answer: Answer) -> Decimal:
    return Decimal(fits(body, answer) and answer["choice"] in keys_of(body, right=True))


def review(body: Body, answer: Answer | None, language: str) -> dict[str, Any]:
    chosen = frozenset([answer["choice"]] if answer else [])
    return {"kind": "single_choice", **review_common(body, language), "choices": review_choices(body, chosen, language)}

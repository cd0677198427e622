"""Several of the choices are right. Answer: {"choices": [keys]}, sorted, each once.

Score: max(0, right ones chosen − wrong ones chosen) / number of right ones. So ticking everything earns nothing.
"""

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
    if not problems and len(keys_of(body, right=True)) < 2:
        problems.append("two or more choices are right; for a single one use single_choice")
    if not problems and not keys_of(body, right=False):
        problems.append("at least one choice is wrong")
    return problems


def present(body: Body, language: str, seed: str | None) -> dict[str, Any]:
    return {"kind": "multiple_choice", **present_choices(body, language, seed)}


def read(values: Sequence[str]) -> Answer | None:
    chosen = sorted({value for value in values if value})
    return {"choices": chosen} if chosen else None


def fits(body: Body, answer: Any) -> bool:
    if not isinstance(answer, dict) or set(answer) != {"choices"} or not isinstance(answer["choices"], list):
        return False
    chosen = answer["choices"]
    known = keys_of(body)
    return (
        bool(chosen) and all(isinstance(key, str) and key in known for key in chosen) and chosen == sorted(set(chosen))
    )


def grade(body: Body, answer: Answer) -> Decimal:
    if not fits(body, answer):
        return Decimal(0)
    chosen = frozenset(answer["choices"])
    right = keys_of(body, right=True)
    return max(Decimal(0), Decimal(len(chosen & right) - len(chosen - right)) / len(right))


def review(body: Body, answer: Answer | None, language: str) -> dict[str, Any]:
    chosen = frozenset(answer["choices"] if answer else [])
    return {
        "kind": "multiple_choice",
        **review_common(body, language),
        "choices": review_choices(body, chosen, language),
    }

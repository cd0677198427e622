"""A statement is true or false. Answer: {"choice": "true"} or {"choice": "false"}. All or nothing.

Who was told "not right" knows the right answer: with two choices this cannot be kept back.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from lms.shared.languages import in_language
from quizzes.items.parts import Answer, Body, check_common, check_feedback, review_common, spoken

# In this order on every page. The page says them in its own language.
CHOICES = ("true", "false")


def check(body: Body) -> list[str]:
    problems = [*check_common(body, ["answer", "feedback"]), *check_feedback(body)]
    if not isinstance(body.get("answer"), bool):
        problems.append("answer is true or false")
    return problems


def present(body: Body, language: str, seed: str | None) -> dict[str, Any]:
    return {
        "kind": "true_false",
        "stem": in_language(body["stem"], language),
        "language": spoken(body["stem"], language),
        "choices": [{"key": key, "text": ""} for key in CHOICES],
    }


def read(values: Sequence[str]) -> Answer | None:
    return {"choice": values[0]} if values and values[0] else None


def fits(body: Body, answer: Any) -> bool:
    return isinstance(answer, dict) and set(answer) == {"choice"} and answer["choice"] in CHOICES


def _right(body: Body) -> str:
    return "true" if body["answer"] else "false"


def grade(body: Body, answer: Answer) -> Decimal:
    return Decimal(fits(body, answer) and answer["choice"] == _right(body))


def review(body: Body, answer: Answer | None, language: str) -> dict[str, Any]:
    chosen, right = answer["choice"] if answer else None, _right(body)
    return {
        "kind": "true_false",
        **review_common(body, language),
        "choices": [
            {
                "key": key,
                "text": "",
                "chosen": key == chosen,
                "right": key == right,
                "feedback": "" if key == right else in_language(body["feedback"], language),
            }
            for key in CHOICES
        ],
    }

"""One or two words, typed. Answer: {"text": as typed}. All or nothing.

Capitals, the width of letters (N₂O is N2O), spaces at the ends or doubled, and final dots do not matter. The accepted
answers of every language count: who learns in Bulgarian may know the English word.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from lms.shared.languages import in_language
from quizzes.items.parts import (
    Answer,
    Body,
    check_common,
    check_feedback,
    fits_text,
    read_text,
    review_common,
    spoken,
)

LONGEST = 100


def check(body: Body) -> list[str]:
    problems = [*check_common(body, ["answers", "feedback"]), *check_feedback(body)]
    answers = body.get("answers")
    if not isinstance(answers, Mapping) or not answers or not all(map(_are_answers, answers.values())):
        problems.append(f"answers is a list of words in each language, at most {LONGEST} characters each")
    return problems


def _are_answers(texts: Any) -> bool:
    return (
        isinstance(texts, list)
        and bool(texts)
        and all(isinstance(text, str) and plain(text) and len(text) <= LONGEST for text in texts)
    )


def plain(text: str) -> str:
    """What two answers are compared by."""
    # Twice: folding capitals can bring forth letters that the normal form writes otherwise.
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.split()).rstrip(". ")


def present(body: Body, language: str, seed: str | None) -> dict[str, Any]:
    return {
        "kind": "short_text",
        "stem": in_language(body["stem"], language),
        "language": spoken(body["stem"], language),
        "longest": LONGEST,
    }


def read(values: Sequence[str]) -> Answer | None:
    return read_text(values)


def fits(body: Body, answer: Any) -> bool:
    return fits_text(answer, LONGEST)


def grade(body: Body, answer: Answer) -> Decimal:
    if not fits(body, answer):
        return Decimal(0)
    return Decimal(plain(answer["text"]) in {plain(text) for texts in body["answers"].values() for text in texts})


def review(body: Body, answer: Answer | None, language: str) -> dict[str, Any]:
    answers = body["answers"]
    accepted = answers.get(language) or answers.get("en") or next(iter(answers.values()))
    return {
        "kind": "short_text",
        **review_common(body, language),
        "text": answer["text"] if answer else "",
        "answers": list(accepted),
        "feedback": in_language(body["feedback"], language),
    }

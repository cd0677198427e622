"""A number, typed. Answer: {"text": as typed}. What is not a number is kept as typed and earns nothing.

Understood: a point or a comma before the decimals, a space between thousands, a sign, a unit after the number.
A single point or comma is always the decimal sign ("1,000" is one); the page shows how it read the number.
"""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal, localcontext
from typing import Any

from lms.shared.languages import in_language
from quizzes.items.parts import Answer, Body, check_common, review_common, spoken, words_are_there

LONGEST = 60
# 60 · 60,5 · 1 234,5 · 1.234,5 · 1,234,567 · .5 ; after NFKC every sort of space is a plain one.
NUMBER = re.compile(
    r"(?P<sign>[+-]?) ?"
    r"(?P<digits>"
    r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:\.\d{3})+,\d+"  # both signs: the last one is the decimal sign
    r"|\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:\.\d{3}){2,}"  # the same sign twice: thousands
    r"|(?:\d{1,3}(?: \d{3})+|\d+)(?:[.,]\d*)?|[.,]\d+"
    r")(?P<rest>(?![\d.,]).*)",
    re.ASCII,
)
# After the number: nothing or a unit, "kg N/ha", "m3", "%". Not a power, not a second number.
UNIT = re.compile(r" ?(?:[^\W\d_]|[%°€$£‰])(?:(?<=[^\W\d_])\d|[^\d])*")
# "1e3", "6x2", "6 × 2": sums and powers are not worked out.
SUM = re.compile(r" ?[eExXхХ×*][+-]? ?\d")
PLAIN = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
MINUS_SIGNS = str.maketrans("−–‒﹣", "----")


def check(body: Body) -> list[str]:
    problems = list(check_common(body, ["answer", "tolerance", "unit"]))
    if not _is_plain(body.get("answer")):
        problems.append("answer is a number such as 60 or 2.5")
    tolerance = body.get("tolerance")
    if not isinstance(tolerance, str) or not _is_plain(tolerance.removesuffix("%")) or tolerance.startswith("-"):
        problems.append("tolerance is a number in the same unit, or a share of the answer such as 2%")
    elif tolerance.endswith("%") and _is_plain(body.get("answer")) and Decimal(body["answer"]) == 0:
        problems.append("tolerance: a share of nought is nought; give it in the same unit")
    if body.get("unit") and not words_are_there(body["unit"]):
        problems.append("unit is words in each language")
    return problems


def _is_plain(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST and bool(PLAIN.fullmatch(value))


def present(body: Body, language: str, seed: str | None) -> dict[str, Any]:
    return {
        "kind": "numeric",
        "stem": in_language(body["stem"], language),
        "language": spoken(body["stem"], language),
        "unit": _unit(body, language),
        "longest": LONGEST,
    }


def _unit(body: Body, language: str) -> str:
    return in_language(body.get("unit") or {}, language)


def read(values: Sequence[str]) -> Answer | None:
    text = values[0].strip() if values else ""
    return {"text": text} if text else None


def fits(body: Body, answer: Any) -> bool:
    if not isinstance(answer, dict) or set(answer) != {"text"} or not isinstance(answer["text"], str):
        return False
    text = answer["text"]
    # NUL cannot be stored by PostgreSQL; the rest is kept as typed.
    return bool(text.strip()) and len(text) <= LONGEST and "\x00" not in text and not any(map(_is_surrogate, text))


def _is_surrogate(letter: str) -> bool:
    return "\ud800" <= letter <= "\udfff"


def understood(text: str) -> Decimal | None:
    """The number that was typed, or None when it is none."""
    plain = " ".join(unicodedata.normalize("NFKC", text).translate(MINUS_SIGNS).split())
    found = NUMBER.fullmatch(plain)
    if not found:
        return None
    rest = found["rest"]
    if rest and (SUM.match(rest) or not UNIT.fullmatch(rest)):
        return None
    return Decimal(found["sign"] + _canonical(found["digits"]))


def _canonical(digits: str) -> str:
    digits = digits.replace(" ", "")
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return digits
    if digits.count(digits[last]) > 1:
        return digits.replace(digits[last], "")
    whole = digits[:last].replace(".", "").replace(",", "")
    return f"{whole or '0'}.{digits[last + 1 :] or '0'}"


def grade(body: Body, answer: Answer) -> Decimal:
    """1 within the tolerance, its edge included; else 0. Source of the rule: docs/algorithms/marking.md."""
    if not fits(body, answer):
        return Decimal(0)
    number = understood(answer["text"])
    if number is None:
        return Decimal(0)
    with localcontext(prec=4 * LONGEST):  # nothing is rounded away, however many digits were typed
        right = Decimal(body["answer"])
        tolerance = body["tolerance"]
        allowed = abs(right) * Decimal(tolerance[:-1]) / 100 if tolerance.endswith("%") else Decimal(tolerance)
        return Decimal(abs(number - right) <= allowed)


def review(body: Body, answer: Answer | None, language: str) -> dict[str, Any]:
    text = answer["text"] if answer else ""
    return {
        "kind": "numeric",
        **review_common(body, language),
        "unit": _unit(body, language),
        "text": text,
        "is_number": understood(text) is not None,
        "answer": body["answer"],
        "tolerance": body["tolerance"],
    }

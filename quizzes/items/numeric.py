"""A number, typed. Answer: {"text": as typed}. What is not a number is kept as typed and earns nothing.

Understood: a point or a comma before the decimals, a space between thousands, a sign, a unit after the number.
A single point or comma is always the decimal sign ("1,000" is one); the page shows how it read the number.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext
from typing import Any

from lms.shared.keys import is_key
from lms.shared.languages import in_language
from quizzes.items.parts import (
    Answer,
    Body,
    check_common,
    fits_text,
    read_text,
    review_common,
    spoken,
    words_are_there,
)

LONGEST = 60
MISTAKE_FIELDS = frozenset({"key", "value", "feedback"})
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
    problems = list(check_common(body, ["answer", "tolerance", "unit", "mistakes"]))
    if not _is_plain(body.get("answer")):
        problems.append("answer is a number such as 60 or 2.5")
    tolerance = body.get("tolerance")
    if not isinstance(tolerance, str) or not _is_plain(tolerance.removesuffix("%")) or tolerance.startswith("-"):
        problems.append("tolerance is a number in the same unit, or a share of the answer such as 2%")
    elif tolerance.endswith("%") and _is_plain(body.get("answer")) and Decimal(body["answer"]) == 0:
        problems.append("tolerance: a share of nought is nought; give it in the same unit")
    if body.get("unit") and not words_are_there(body["unit"]):
        problems.append("unit is words in each language")
    return problems or [*_check_mistakes(body)]


def _check_mistakes(body: Body) -> Iterator[str]:
    """Mistakes are results that people get who go wrong in a known way: none of them may count as right."""
    mistakes = body.get("mistakes", [])
    values = [mistake.get("value") for mistake in mistakes]
    keys = [mistake.get("key") for mistake in mistakes]
    for key in sorted({str(key) for key in keys if keys.count(key) > 1}):
        yield f"mistakes: the key {key} is there twice"
    for mistake in mistakes:
        name, value = f"mistake {mistake.get('key')}", mistake.get("value")
        if not isinstance(mistake.get("key"), str) or not is_key(mistake["key"]):
            yield f"{name}: its key is lower case latin letters, digits and hyphens, 2 to 60 characters"
        if not _is_plain(value):
            yield f"{name}: value is a number such as 60 or 2.5"
        elif _is_within(body, Decimal(value), Decimal(body["answer"])):
            yield f"{name}: its value counts as right; the tolerance reaches it"
        elif values.count(value) > 1:
            yield f"{name}: another mistake has the same value"
        if not words_are_there(mistake.get("feedback")):
            yield f"{name}: feedback is missing or empty"
        for field in sorted(set(mistake) - MISTAKE_FIELDS):
            yield f"{name}: {field} is not a field of a mistake"


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
    return read_text(values)


def fits(body: Body, answer: Any) -> bool:
    return fits_text(answer, LONGEST)


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
    return Decimal(_is_within(body, number, Decimal(body["answer"])))


def _is_within(body: Body, number: Decimal, aim: Decimal) -> bool:
    """Whether `number` is as near to `aim` as an answer must be to the right one."""
    with localcontext(prec=4 * LONGEST):  # nothing is rounded away, however many digits were typed
        tolerance = body["tolerance"]
        share = abs(Decimal(body["answer"])) / 100
        allowed = share * Decimal(tolerance[:-1]) if tolerance.endswith("%") else Decimal(tolerance)
        return abs(number - aim) <= allowed


def _mistake(body: Body, number: Decimal | None, language: str) -> str:
    """The feedback of the mistake that leads to this number, the nearest of several; empty where none does."""
    if number is None or _is_within(body, number, Decimal(body["answer"])):
        return ""
    near = [one for one in body.get("mistakes", []) if _is_within(body, number, Decimal(one["value"]))]
    nearest = min(near, key=lambda one: abs(number - Decimal(one["value"])), default=None)
    return in_language(nearest["feedback"], language) if nearest else ""


def review(body: Body, answer: Answer | None, language: str) -> dict[str, Any]:
    text = answer["text"] if answer else ""
    number = understood(text)
    return {
        "kind": "numeric",
        **review_common(body, language),
        "unit": _unit(body, language),
        "text": text,
        "is_number": number is not None,
        "feedback": _mistake(body, number, language),
        "answer": body["answer"],
        "tolerance": body["tolerance"],
    }

"""A text with gaps, each with a list to choose from. Answer: see places.py, places are gaps. Scored by the share of
right gaps."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from lms.shared.keys import is_key
from lms.shared.languages import in_language
from quizzes.items.parts import (
    Answer,
    Body,
    check_choices,
    check_common,
    keys_of,
    order_of,
    review_common,
    spoken,
    words_are_there,
)
from quizzes.items.places import chosen_in, fits_places, read_places, reviewed_place, share_right, value_of

MOST_GAPS = 8
GAP_FIELDS = frozenset({"key", "choices"})
GAP = re.compile(r"\{([^{}]*)\}")


def check(body: Body) -> list[str]:
    problems = [*check_common(body, ["text", "gaps"])]
    gaps = body.get("gaps")
    if not isinstance(gaps, list) or not 1 <= len(gaps) <= MOST_GAPS:
        return [*problems, f"gaps has one to {MOST_GAPS} entries"]
    keys = [gap.get("key") for gap in gaps]
    problems += (f"gaps: the key {key} is there twice" for key in sorted({str(k) for k in keys if keys.count(k) > 1}))
    for gap in gaps:
        problems += (f"gap {gap.get('key')}: {problem}" for problem in _check_gap(gap))
    if not words_are_there(body.get("text")):
        return [*problems, "text is missing or empty"]
    return [*problems, *_check_texts(body["text"], [str(gap.get("key")) for gap in gaps])]


def _check_gap(gap: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(gap.get("key"), str) or not is_key(gap["key"]):
        yield "its key is lower case latin letters, digits and hyphens, 2 to 60 characters"
    problems = [*check_choices(gap)]
    yield from problems
    if not problems and len(keys_of(gap, right=True)) != 1:
        yield "exactly one choice is right"
    elif not problems and gap.get("key") in keys_of(gap, right=True):
        yield "its key stands in the page and must not be that of the right choice"
    for field in sorted(set(gap) - GAP_FIELDS):
        yield f"{field} is not a field of a gap"


def _check_texts(texts: Mapping[str, str], keys: Sequence[str]) -> Iterator[str]:
    for language, text in texts.items():
        found = GAP.findall(text)
        for key in keys:
            if found.count(key) != 1:
                yield f"text ({language}) holds the gap {{{key}}} {found.count(key)} times; once is right"
        for key in dict.fromkeys(found):
            if key not in keys:
                yield f"text ({language}) holds {{{key}}}, which is not the key of a gap"
        if re.search(r"[{}]", GAP.sub("", text)):
            yield f"text ({language}) holds a brace that is not part of a gap"


def _pieces(body: Body, language: str) -> tuple[list[str], list[Mapping[str, Any]]]:
    """The text before, between and after the gaps, and the gaps in the order of this language."""
    parts = GAP.split(in_language(body["text"], language))
    gaps = {gap["key"]: gap for gap in body["gaps"]}
    return parts[0::2], [gaps[key] for key in parts[1::2]]


def present(body: Body, language: str, seed: str | None) -> dict[str, Any]:
    texts, gaps = _pieces(body, language)
    return {
        "kind": "cloze",
        "stem": in_language(body["stem"], language),
        "language": spoken(body["stem"], language),
        "text_language": spoken(body["text"], language),
        "before": texts[0],
        "places": [
            {"key": gap["key"], "text": "", "after": after, "options": _options(gap, language, seed)}
            for gap, after in zip(gaps, texts[1:], strict=True)
        ],
    }


def _options(gap: Mapping[str, Any], language: str, seed: str | None) -> list[dict[str, str]]:
    choices = gap["choices"] if seed is None else sorted(gap["choices"], key=order_of(f"{seed}/{gap['key']}"))
    return [
        {"value": value_of(gap["key"], choice["key"]), "text": in_language(choice["text"], language)}
        for choice in choices
    ]


def read(values: Sequence[str]) -> Answer | None:
    return read_places(values)


def fits(body: Body, answer: Any) -> bool:
    return fits_places({gap["key"]: keys_of(gap) for gap in body["gaps"]}, answer)


def _right(gap: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(choice for choice in gap["choices"] if choice["right"])
    return found


def grade(body: Body, answer: Answer) -> Decimal:
    if not fits(body, answer):
        return Decimal(0)
    return share_right({gap["key"]: _right(gap)["key"] for gap in body["gaps"]}, answer)


def review(body: Body, answer: Answer | None, language: str) -> dict[str, Any]:
    texts, gaps = _pieces(body, language)
    chosen = chosen_in(answer)
    return {
        "kind": "cloze",
        **review_common(body, language),
        "before": texts[0],
        "places": [
            {**_reviewed(gap, chosen.get(gap["key"], ""), language), "after": after}
            for gap, after in zip(gaps, texts[1:], strict=True)
        ],
    }


def _reviewed(gap: Mapping[str, Any], chosen: str, language: str) -> dict[str, Any]:
    choices = {choice["key"]: choice for choice in gap["choices"]}
    mine, right = choices.get(chosen, {}), _right(gap)
    return reviewed_place(
        gap["key"],
        "",
        in_language(mine.get("text") or {}, language),
        in_language(right["text"], language),
        is_right=bool(mine.get("right")),
        feedback=in_language(mine.get("feedback") or {}, language),
    )

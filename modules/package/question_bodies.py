"""What each kind of question asks for in a quiz file: its own fields, with their words in all languages."""

from collections.abc import Callable, Mapping
from typing import Any

from modules.package.fields import Part
from modules.package.reading import Reading
from modules.package.wording import Worded

Row = dict[str, Any]


# --- Lists of entries with keys --------------------------------------------------------------------------------------


def _entries(part: Part, name: str, build: Callable[[Part], Row]) -> dict[str, tuple[Part, Row]]:
    """The entries of a list by key, in order; a key that is there twice is named."""
    found: dict[str, tuple[Part, Row]] = {}
    for entry in part.parts(name):
        key = entry.key()
        row = {"key": key, **build(entry)}
        entry.finish()
        if key in found:
            entry.error(
                "key",
                f"The key “{key}” stands twice in this question.",
                f"Choose another; the first is in line {found[key][0].line}.",
            )
        found.setdefault(key, (entry, row))
    return found


def _said(entry: Part, name: str, reading: Reading, *, needed: bool = True) -> dict[str, str]:
    """The words of a field in the source language; _translate adds the others."""
    return {reading.source: entry.text(name)} if needed or entry.get(name, needed=False) else {}


def _translate(entries: Mapping[str, tuple[Part, Row]], field: str, name: str, noun: str, worded: Worded) -> None:
    """Adds to `field` of each entry what the map `name` of each translation says of it, or says that it is missing."""
    for language, inner in worded.translations.items():
        texts = inner.part(name, needed=False)
        place = texts or inner
        for key, (_, row) in entries.items():
            if not row[field]:
                continue
            if texts and key in texts.node.values:
                row[field][language] = texts.text(key)
            elif key:
                place.problems.warning(
                    place.where,
                    place.line,
                    f"{inner.named(name)}.{key}",
                    f"The words of {noun} “{key}” are not translated into “{language}”.",
                    "Add them.",
                )
        if texts:
            for key in texts.rest():
                what = f"The question has no {noun} “{key}” with these words."
                texts.error(key, what, texts.hint_for(key, entries))


def _rows(entries: Mapping[str, tuple[Part, Row]]) -> list[Row]:
    return [row for _, row in entries.values()]


# --- The kinds -------------------------------------------------------------------------------------------------------


def _choices(worded: Worded) -> Row:
    part, reading = worded.part, worded.reading
    entries = _entries(
        part,
        "choices",
        lambda choice: {
            "text": _said(choice, "text", reading),
            "right": choice.flag("right", default=False),
            "feedback": _said(choice, "feedback", reading, needed=False),
        },
    )
    _translate(entries, "text", "choices", "choice", worded)
    _translate(entries, "feedback", "feedback", "choice", worded)
    return {"choices": _rows(entries)}


def _numeric(worded: Worded) -> Row:
    part, reading = worded.part, worded.reading
    body: Row = {
        "answer": part.number_text("answer"),
        "tolerance": "0",
        "unit": worded.words("unit", needed=False),
    }
    if part.get("tolerance", needed=False):
        body["tolerance"] = part.number_text("tolerance", share=True)
    if part.get("mistakes", needed=False):  # left out where there are none: older texts keep their digests
        entries = _entries(
            part,
            "mistakes",
            lambda mistake: {
                "value": mistake.number_text("value"),
                "feedback": _said(mistake, "feedback", reading),
            },
        )
        _translate(entries, "feedback", "mistakes", "mistake", worded)
        body["mistakes"] = _rows(entries)
    return body


def _true_false(worded: Worded) -> Row:
    part = worded.part
    return {
        "answer": part.choice("answer", ("true", "false")) == "true",
        "feedback": worded.words("feedback"),
    }


def _matching(worded: Worded) -> Row:
    part, reading = worded.part, worded.reading
    choices = _entries(part, "choices", lambda choice: {"text": _said(choice, "text", reading)})
    prompts = _entries(
        part,
        "prompts",
        lambda prompt: {
            "text": _said(prompt, "text", reading),
            "match": prompt.choice("match", choices),
            "feedback": _said(prompt, "feedback", reading),
        },
    )
    _translate(choices, "text", "choices", "choice", worded)
    _translate(prompts, "text", "prompts", "prompt", worded)
    _translate(prompts, "feedback", "feedback", "prompt", worded)
    return {"prompts": _rows(prompts), "choices": _rows(choices)}


def _ordering(worded: Worded) -> Row:
    part, reading = worded.part, worded.reading
    items = _entries(part, "items", lambda item: {"text": _said(item, "text", reading)})
    _translate(items, "text", "items", "item", worded)
    return {"items": _rows(items), "feedback": worded.words("feedback")}


def _short_text(worded: Worded) -> Row:
    part, reading = worded.part, worded.reading
    answers = {reading.source: _answers(part)}
    for language, inner in worded.translations.items():
        if "answers" in inner.node.values:
            answers[language] = _answers(inner)
        else:
            worded.missing(inner, "answers", language)
    return {"answers": answers, "feedback": worded.words("feedback")}


def _answers(part: Part) -> list[str]:
    return [text for text, _ in part.texts("answers", limit=100)]


def _cloze(worded: Worded) -> Row:
    gaps = []
    for key, gap in worded.things("gaps"):
        gaps.append({"key": key, **_choices(gap)})
        gap.finish()
    return {"text": worded.words("text"), "gaps": gaps}


BODIES: Mapping[str, Callable[[Worded], Row]] = {
    "single_choice": _choices,
    "multiple_choice": _choices,
    "numeric": _numeric,
    "true_false": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "short_text": _short_text,
    "cloze": _cloze,
}

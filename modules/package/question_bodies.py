"""What each kind of question asks for in a quiz file: its own fields, with their words in all languages."""

from collections.abc import Callable, Mapping
from typing import Any

from modules.package.fields import Part
from modules.package.reading import Reading
from modules.package.schema import Words

Translations = dict[str, Part]
Row = dict[str, Any]


def gather(part: Part, name: str, words: Translations, reading: Reading, *, needed: bool = True) -> Words:
    """{language: text} of one field, from the source file and its translations."""
    source = part.text(name, needed=needed)
    if not source:
        return {}
    found = {reading.source: source}
    for language, inner in words.items():
        if name in inner.node.values:
            found[language] = inner.text(name)
        else:
            _not_translated(inner, name, language, reading)
    return found


def _not_translated(inner: Part, name: str, language: str, reading: Reading) -> None:
    inner.warning(
        name,
        f"“{name}” is not translated into “{language}”.",
        f"Add it; until then the page shows “{reading.source}”.",
    )


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


def _translate(entries: Mapping[str, tuple[Part, Row]], field: str, name: str, noun: str, words: Translations) -> None:
    """Adds to `field` of each entry what the map `name` of each translation says of it, or says that it is missing."""
    for language, inner in words.items():
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


def _choices(part: Part, words: Translations, reading: Reading) -> Row:
    entries = _entries(
        part,
        "choices",
        lambda choice: {
            "text": _said(choice, "text", reading),
            "right": choice.flag("right", default=False),
            "feedback": _said(choice, "feedback", reading, needed=False),
        },
    )
    _translate(entries, "text", "choices", "choice", words)
    _translate(entries, "feedback", "feedback", "choice", words)
    return {"choices": _rows(entries)}


def _numeric(part: Part, words: Translations, reading: Reading) -> Row:
    body: Row = {
        "answer": part.number_text("answer"),
        "tolerance": "0",
        "unit": gather(part, "unit", words, reading, needed=False),
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
        _translate(entries, "feedback", "mistakes", "mistake", words)
        body["mistakes"] = _rows(entries)
    return body


def _true_false(part: Part, words: Translations, reading: Reading) -> Row:
    return {
        "answer": part.choice("answer", ("true", "false")) == "true",
        "feedback": gather(part, "feedback", words, reading),
    }


def _matching(part: Part, words: Translations, reading: Reading) -> Row:
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
    _translate(choices, "text", "choices", "choice", words)
    _translate(prompts, "text", "prompts", "prompt", words)
    _translate(prompts, "feedback", "feedback", "prompt", words)
    return {"prompts": _rows(prompts), "choices": _rows(choices)}


def _ordering(part: Part, words: Translations, reading: Reading) -> Row:
    items = _entries(part, "items", lambda item: {"text": _said(item, "text", reading)})
    _translate(items, "text", "items", "item", words)
    return {"items": _rows(items), "feedback": gather(part, "feedback", words, reading)}


def _short_text(part: Part, words: Translations, reading: Reading) -> Row:
    answers = {reading.source: _answers(part)}
    for language, inner in words.items():
        if "answers" in inner.node.values:
            answers[language] = _answers(inner)
        else:
            _not_translated(inner, "answers", language, reading)
    return {"answers": answers, "feedback": gather(part, "feedback", words, reading)}


def _answers(part: Part) -> list[str]:
    return [text for text, _ in part.texts("answers", limit=100)]


def _cloze(part: Part, words: Translations, reading: Reading) -> Row:
    texts = {language: inner.part("gaps", needed=False) for language, inner in words.items()}
    found: dict[str, Part] = {}
    gaps = []
    for gap in part.parts("gaps"):
        key = gap.key()
        translated = _words_of_gap(texts, key, gap)
        gaps.append({"key": key, **_choices(gap, translated, reading)})
        for inner in (gap, *translated.values()):
            inner.finish()
        if key in found:
            gap.error(
                "key",
                f"The key “{key}” stands twice in this question.",
                f"Choose another; the first is in line {found[key].line}.",
            )
        found.setdefault(key, gap)
    for gaps_of in filter(None, texts.values()):
        for key in gaps_of.rest():
            gaps_of.error(key, f"The question has no gap “{key}”.", gaps_of.hint_for(key, found))
    return {"text": gather(part, "text", words, reading), "gaps": gaps}


def _words_of_gap(texts: Mapping[str, Part | None], key: str, gap: Part) -> Translations:
    found = {}
    for language, inner in texts.items():
        if inner and key in inner.node.values:
            if words := inner.part(key):
                words.refuse(("right",), "A translation holds words only.", "Take the field out.")
                found[language] = words
        elif key:
            place = inner or gap
            place.warning(key, f"The words of gap “{key}” are not translated into “{language}”.", "Add them.")
    return found


BODIES: Mapping[str, Callable[[Part, Translations, Reading], Row]] = {
    "single_choice": _choices,
    "multiple_choice": _choices,
    "numeric": _numeric,
    "true_false": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "short_text": _short_text,
    "cloze": _cloze,
}

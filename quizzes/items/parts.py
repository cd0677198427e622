"""What the kinds of question share: words, the fields every body has, and choices."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from lms.shared.keys import is_key
from lms.shared.languages import in_language

Body = Mapping[str, Any]
Answer = Mapping[str, Any]

COMMON_FIELDS = frozenset({"stem", "explain", "lesson", "competence", "facts", "outcome"})
CHOICE_FIELDS = frozenset({"key", "text", "right", "feedback"})
# A choice's key stands in the page; one that says whether it is right would give the answer away.
TELLING = re.compile(r"(?:right|wrong|correct|incorrect|distractor)(?:-?(?:\d+|[a-z]|answer|choice))?")


def words_are_there(value: Any) -> bool:
    """Whether `value` is {language: text} with at least one language and no empty text."""
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(isinstance(text, str) and text.strip() for text in value.values())
    )


def check_common(body: Body, own_fields: Iterable[str]) -> Iterator[str]:
    """Problems with the fields that every kind has, and with fields that none has."""
    for field in ("stem", "explain"):
        if not words_are_there(body.get(field)):
            yield f"{field} is missing or empty"
    for field in sorted(set(body) - COMMON_FIELDS - set(own_fields)):
        yield f"{field} is not a field of this kind of question"
    for field in ("lesson", "competence"):
        if not isinstance(body.get(field), str | None):
            yield f"{field} is a key, not {type(body[field]).__name__}"
    if not all(isinstance(number, str) for number in body.get("facts") or []):
        yield "facts is a list of numbers such as F42"
    if type(body.get("outcome", 1)) is not int or body.get("outcome", 1) < 1:
        yield "outcome is the number of an outcome of the module, from 1"


def check_choices(body: Body) -> Iterator[str]:
    """Problems with a list of choices, whatever the number of right ones."""
    choices = body.get("choices")
    if not isinstance(choices, list) or len(choices) < 2:
        yield "choices has at least two entries"
        return
    yield from check_entries(choices, "choice", CHOICE_FIELDS)
    for choice in choices:
        if not isinstance(choice.get("right"), bool):
            yield f"choice {choice.get('key')}: right is true or false"
        elif not choice["right"] and not words_are_there(choice.get("feedback")):
            yield f"choice {choice.get('key')}: a wrong choice needs feedback that says why"


def check_entries(entries: Sequence[Mapping[str, Any]], name: str, fields: frozenset[str]) -> Iterator[str]:
    """Problems with keys and texts of what a learner chooses from. `name` is what one of them is called."""
    keys = [entry.get("key") for entry in entries]
    for key in sorted({str(key) for key in keys if keys.count(key) > 1}):
        yield f"{name}s: the key {key} is there twice"
    for entry in entries:
        yield from (f"{name} {entry.get('key')}: {problem}" for problem in _check_entry(entry, name, fields))
    for language in sorted({language for entry in entries for language in entry.get("text") or {}}):
        texts = [in_language(entry.get("text") or {}, language).strip().casefold() for entry in entries]
        if len(set(texts)) < len(texts):
            yield f"{name}s: two have the same text ({language})"


def _check_entry(entry: Mapping[str, Any], name: str, fields: frozenset[str]) -> Iterator[str]:
    key = entry.get("key")
    if not isinstance(key, str) or not is_key(key):
        yield "its key is lower case latin letters, digits and hyphens, 2 to 60 characters"
    elif TELLING.fullmatch(key):
        yield "its key stands in the page and must not say whether it is right"
    if not words_are_there(entry.get("text")):
        yield "text is missing or empty"
    for field in sorted(set(entry) - fields):
        yield f"{field} is not a field of {'an' if name == 'item' else 'a'} {name}"


def spoken(words: Mapping[str, str], language: str) -> str:
    """The language in which in_language() would answer: the page marks words that are not in its own."""
    return language if words.get(language) else "en" if words.get("en") else next(iter(words), language)


def present_choices(body: Body, language: str, seed: str | None) -> dict[str, Any]:
    """Stem and choices without anything that tells right from wrong. Equal seeds give equal orders."""
    choices = [{"key": choice["key"], "text": in_language(choice["text"], language)} for choice in body["choices"]]
    if seed is not None:
        choices.sort(key=order_of(seed))
    return {"stem": in_language(body["stem"], language), "language": spoken(body["stem"], language), "choices": choices}


def review_choices(body: Body, chosen: frozenset[str], language: str) -> list[dict[str, Any]]:
    return [
        {
            "key": choice["key"],
            "text": in_language(choice["text"], language),
            "chosen": choice["key"] in chosen,
            "right": choice["right"],
            "feedback": in_language(choice.get("feedback") or {}, language),
        }
        for choice in body["choices"]
    ]


def review_common(body: Body, language: str) -> dict[str, Any]:
    return {
        "stem": in_language(body["stem"], language),
        "language": spoken(body["stem"], language),
        "explain": in_language(body["explain"], language),
        "lesson": body.get("lesson"),
        "facts": list(body.get("facts") or []),
    }


def check_feedback(body: Body) -> Iterator[str]:
    """For kinds whose wrong answers are not choices: one feedback for all of them."""
    if not words_are_there(body.get("feedback")):
        yield "feedback is missing: it says to who was wrong why"


def read_text(values: Sequence[str]) -> Answer | None:
    """A typed answer, {"text": as typed}; spaces at its ends are not kept."""
    text = values[0].strip() if values else ""
    return {"text": text} if text else None


def fits_text(answer: Any, longest: int) -> bool:
    if not isinstance(answer, dict) or set(answer) != {"text"} or not isinstance(answer["text"], str):
        return False
    text = answer["text"]
    # NUL cannot be stored by PostgreSQL; the rest is kept as typed.
    return bool(text.strip()) and len(text) <= longest and "\x00" not in text and not any(map(_is_surrogate, text))


def _is_surrogate(letter: str) -> bool:
    return "\ud800" <= letter <= "\udfff"


def order_of(seed: str | None) -> Callable[[Mapping[str, Any]], bytes]:
    """A sort key for what is shown in a new order: it knows the seed and the keys, never what is right."""
    return lambda entry: sha256(f"{seed}/{entry['key']}".encode()).digest()


def keys_of(body: Body, *, right: bool | None = None) -> frozenset[str]:
    """Keys of all choices, or of the right or the wrong ones."""
    return frozenset(choice["key"] for choice in body["choices"] if right is None or choice["right"] is right)

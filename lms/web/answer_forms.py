"""Between the form of an attempt and its answers: reading what was sent, showing it again, saying it in words."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from lms.shared.templatetags.lms import number
from quizzes.items import ITEM_TYPES, numeric
from quizzes.selectors import AttemptPage, QuestionCard
from quizzes.services import Saved

PLACES = re.compile(r"(?:matching|ordering|cloze)-\d{1,4}", re.ASCII)
VERSION = re.compile(r"version-(\d{1,4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form sent, by position. `versions`: what the page knew of each answer when it was made (Q-05)."""

    answers: dict[int, Mapping[str, Any] | None]
    versions: dict[int, int]
    has_gaps: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left open: no question, and no place in one."""
        return bool(self.answers) and all(self.answers.values()) and not self.has_gaps


@dataclass(frozen=True, slots=True)
class Sent:
    """What attempt.js sent for one question."""

    answer: Mapping[str, Any] | None
    version: int | None


@dataclass(frozen=True, slots=True)
class Field:
    """A question in the form. `conflict`: the other answer, in words, where one was saved from another page."""

    card: QuestionCard
    note: str
    conflict: str = ""
    is_malformed: bool = False


def read(data: QueryDict) -> Typed:
    """Answers and versions of the questions in a form. The fields are named by kind and place: numeric-3, version-3."""
    gaps = any("" in values for name, values in data.lists() if PLACES.fullmatch(name))
    typed = Typed({}, {}, has_gaps=gaps)
    for name in data:
        if found := VERSION.fullmatch(name):
            position = int(found[1])
            version = str(data[name])
            typed.answers[position] = _answer(data, position)
            typed.versions[position] = int(version) if version.isdecimal() and len(version) < 10 else 0
    return typed


def _answer(data: QueryDict, position: int) -> Mapping[str, Any] | None:
    for kind, item in ITEM_TYPES.items():
        if values := data.getlist(f"{kind}-{position}"):
            return item.read([str(value) for value in values])
    return None


def read_json(body: bytes) -> Sent | None:
    """{"answer": {…} or null, "version": 3}; None when it is something else."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or set(data) != {"answer", "version"}:
        return None
    if not isinstance(data["answer"], dict | None) or type(data["version"]) is not int:
        return None
    return Sent(data["answer"], data["version"])


def as_saved(page: AttemptPage) -> list[Field]:
    return [Field(card, note(card.shown["kind"], card.text)) for card in page.questions]


def as_typed(page: AttemptPage, typed: Typed, saved: Saved) -> list[Field]:
    """The form as it was sent, where it could not be saved: with the other answer, and the version to replace it."""
    return [_field(card, typed, saved) for card in page.questions]


def _field(card: QuestionCard, typed: Typed, saved: Saved) -> Field:
    refusal = saved.stale.get(card.position)
    if refusal is None and card.position not in saved.malformed:
        return Field(card, note(card.shown["kind"], card.text))
    answer = typed.answers[card.position] or {}
    shown = replace(card, chosen=_chosen(answer), text=answer.get("text", ""))
    conflict = in_words(card, refusal.details["answer"]) if refusal else ""
    return Field(shown, note(card.shown["kind"], shown.text), conflict=conflict, is_malformed=refusal is None)


def _chosen(answer: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(answer.get("choices") or ([answer["choice"]] if "choice" in answer else []))


def in_words(card: QuestionCard, answer: Mapping[str, Any]) -> str:
    """An answer as the learner would say it."""
    if "text" in answer:
        return str(answer["text"])
    chosen, shown = _chosen(answer), card.shown
    if "places" in shown:
        texts = [_place_in_words(place, chosen) for place in shown["places"]]
    else:
        texts = [choice_text(choice) for choice in shown.get("choices", []) if choice["key"] in chosen]
    return "; ".join(filter(None, texts)) or _("no answer")


def late_in_words(page: AttemptPage, late: Mapping[int, Mapping[str, Any]]) -> list[tuple[int, str]]:
    """Numbers of the questions, and what was said to them after the end."""
    return [(card.ordinal, in_words(card, late[card.position])) for card in page.questions if card.position in late]


def _place_in_words(place: Mapping[str, Any], chosen: frozenset[str]) -> str:
    """“Nitrate washes out: a catch crop”; a gap has no words of its own."""
    text = next((option["text"] for option in place["options"] if option["value"] in chosen), "")
    return f"{place['text']}: {text}" if text and place["text"] else text


def choice_text(choice: Mapping[str, str]) -> str:
    return choice["text"] or {"true": _("True"), "false": _("False")}[choice["key"]]


def note(kind: str, text: str) -> str:
    """How a typed number is read; empty where nothing was typed, or something else than a number is asked."""
    if kind != "numeric" or not text:
        return ""
    value = numeric.understood(text)
    if value is None:
        return _("This is not a number. It is kept as you typed it.")
    return _("Read as %(number)s.") % {"number": number(value)}

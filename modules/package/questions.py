"""The questions of one quiz file, and their words in other languages. Their logic is checked by quizzes/items."""

import re
from typing import Any

from modules.package.digest import digest_of
from modules.package.facts import cited_facts
from modules.package.fields import Part
from modules.package.problems import did_you_mean
from modules.package.question_bodies import BODIES
from modules.package.schema import FactSource, QuestionSource
from modules.package.wording import Worded

KINDS = tuple(BODIES)
LOGIC = (
    "key",
    "kind",
    "points",
    "right",
    "answer",
    "tolerance",
    "lesson",
    "competence",
    "facts",
    "outcome",
    "shuffle",
    "draw",
    "pass_mark",
    "purpose",
    "attempts_allowed",
)
# How sentences of quizzes/items begin: “choice salt: …”, “text (bg) …”, “answer …”.
BEGINNING = re.compile(r"(?P<word>[a-z_]+)(?: (?P<key>[a-z0-9-]+)(?=:)| \((?P<language>[A-Za-z-]+)\)|:?(?= ))")
LISTS = {"choice": "choices", "prompt": "prompts", "item": "items", "gap": "gaps", "mistake": "mistakes"}
HINT = "See “A quiz” in docs/content-packages.md."
COMPETENCE = re.compile(r"[a-z][a-z0-9-]*:[0-9A-Za-z][0-9A-Za-z.-]*")
# The twelve of GreenComp, the European sustainability competence framework (JRC, 2022).
GREENCOMP = frozenset(f"greencomp:{area}.{number}" for area in (1, 2, 3, 4) for number in (1, 2, 3))


def read_questions(
    worded: Worded, lessons: list[str], facts: dict[str, FactSource], outcomes: int
) -> tuple[QuestionSource, ...]:
    """`outcomes` is how many the module has."""
    return tuple(_question(key, each, lessons, facts, outcomes) for key, each in worded.things("questions"))


def _question(
    key: str, worded: Worded, lessons: list[str], facts: dict[str, FactSource], outcomes: int
) -> QuestionSource:
    part, reading = worded.part, worded.reading
    before = reading.problems.errors_in[part.where]
    kind = part.choice("kind", KINDS)
    points = part.whole("points", low=1, high=100, needed=False, default=1)
    body: dict[str, Any] = {"stem": worded.words("stem")}
    if kind in BODIES:
        body |= BODIES[kind](worded)
    else:
        part.rest()  # with an unknown kind nobody can say which other fields it has
    body["explain"] = worded.words("explain")
    body["lesson"] = reading.reference(part, "lesson", "lesson", lessons) or None
    body["competence"] = competence(part, "competence", part.text("competence", needed=False))
    body["facts"] = cited_facts(reading, facts, part)
    if part.get("outcome", needed=False):  # left out where there is none: older texts keep their digests
        body["outcome"] = part.whole("outcome", low=1, high=outcomes)
    worded.finish()
    if reading.problems.errors_in[part.where] == before:
        for sentence in reading.check_question(kind, body):
            _say(worded, sentence)
    return QuestionSource(key, kind, points, body, digest_of([kind, body]), part.where, part.line)


def _say(worded: Worded, sentence: str) -> None:
    """A sentence about a question is put where it belongs: at the entry or the field that it begins with."""
    part, words = worded.part, worded.translations
    found = BEGINNING.match(sentence)
    word, key, language = (found["word"], found["key"], found["language"]) if found else ("", "", "")
    if word in LISTS and (entry := _entry_named(part, LISTS[word], key)):
        entry.error("key", f"To mend: {sentence}.", HINT)
    elif language and language in words:
        words[language].error(word, f"To mend: {sentence}.", HINT)
    else:
        name = word if word in part.node.values else "choices" if "choice" in sentence else "kind"
        part.error(name, f"To mend: {sentence}.", HINT)


def _entry_named(part: Part, name: str, key: str) -> Part | None:
    return next((entry for entry in part.parts(name, needed=False) if entry.text("key") == key), None)


def competence(part: Part, name: str, text: str) -> str | None:
    """A framework's name, a colon and the code in it. Of GreenComp we know them all."""
    if text and not COMPETENCE.fullmatch(text):
        part.error(
            name,
            f"“{text}” is not the code of a competence.",
            "Write the framework, a colon and the code, for example greencomp:2.1.",
        )
    elif text.startswith("greencomp:") and text not in GREENCOMP:
        part.error(name, f"GreenComp has no competence “{text}”.", did_you_mean(text, GREENCOMP))
    return text or None

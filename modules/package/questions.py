"""The questions of one quiz file, and their words in other languages. Their logic is checked by quizzes/items."""

import re
from typing import Any

from modules.package.digest import digest_of
from modules.package.facts import check_cited
from modules.package.fields import Part
from modules.package.problems import did_you_mean
from modules.package.question_bodies import BODIES, gather
from modules.package.reading import Reading
from modules.package.schema import FactSource, QuestionSource

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
    form: Part,
    words: dict[str, Part],
    reading: Reading,
    lessons: list[str],
    facts: dict[str, FactSource],
    outcomes: int,
) -> tuple[QuestionSource, ...]:
    """`outcomes` is how many the module has. `words` are the `questions:` maps of the translations, by language."""
    found: dict[str, QuestionSource] = {}
    for part in form.parts("questions"):
        key = part.key()
        translated = {
            language: inner
            for language, outer in words.items()
            if (inner := _words_of(outer, key, part, language, reading))
        }
        question = _question(part, key, translated, reading, lessons, facts, outcomes)
        if key in found:
            part.error(
                "key",
                f"The key “{key}” stands twice in this quiz.",
                f"Choose another; the first is in line {found[key].line}.",
            )
        found.setdefault(key, question)
    for language, outer in words.items():
        for key in outer.rest():
            outer.error(
                key, f"The quiz has no question “{key}”.", f"{did_you_mean(key, found)} (Words in “{language}”.)"
            )
    return tuple(found.values())


def _words_of(outer: Part, key: str, part: Part, language: str, reading: Reading) -> Part | None:
    if key and key not in outer.node.values:
        outer.problems.warning(
            outer.where,
            outer.line,
            outer.named(key),
            f"The question “{key}” is not translated into “{language}”.",
            f"Add it; until then the page shows “{reading.source}”.",
        )
        return None
    inner = outer.part(key) if key else None
    if inner:
        inner.refuse(LOGIC, "A translation holds words only.", "Take the field out; the source file decides.")
    return inner


def _question(
    part: Part,
    key: str,
    words: dict[str, Part],
    reading: Reading,
    lessons: list[str],
    facts: dict[str, FactSource],
    outcomes: int,
) -> QuestionSource:
    before = reading.problems.errors_in[part.where]
    kind = part.choice("kind", KINDS)
    points = part.whole("points", low=1, high=100, needed=False, default=1)
    body: dict[str, Any] = {"stem": gather(part, "stem", words, reading)}
    if kind in BODIES:
        body |= BODIES[kind](part, words, reading)
    else:
        part.rest()  # with an unknown kind nobody can say which other fields it has
    body["explain"] = gather(part, "explain", words, reading)
    body["lesson"] = reading.reference(part, "lesson", "lesson", lessons) or None
    body["competence"] = competence(part, "competence", part.text("competence", needed=False))
    body["facts"] = [number for number, _ in part.texts("facts", needed=False)]
    for number in body["facts"]:
        check_cited(reading, facts, number, part, "facts")
    if part.get("outcome", needed=False):  # left out where there is none: older texts keep their digests
        body["outcome"] = part.whole("outcome", low=1, high=outcomes)
    for inner in (part, *words.values()):
        inner.finish()
    if reading.problems.errors_in[part.where] == before:
        for sentence in reading.check_question(kind, body):
            _say(part, words, sentence)
    return QuestionSource(key, kind, points, body, digest_of([kind, body]), part.where, part.line)


def _say(part: Part, words: dict[str, Part], sentence: str) -> None:
    """A sentence about a question is put where it belongs: at the entry or the field that it begins with."""
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

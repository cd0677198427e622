"""The questions of one quiz file, and their words in other languages. Their logic is checked by quizzes/items."""

import re
from typing import Any

from modules.package.digest import digest_of
from modules.package.facts import check_cited
from modules.package.fields import Part
from modules.package.problems import did_you_mean
from modules.package.reading import Reading
from modules.package.schema import FactSource, QuestionSource, Words

CHOICE_KINDS = ("single_choice", "multiple_choice")
NUMBER_KINDS = ("numeric",)
KINDS = (*CHOICE_KINDS, *NUMBER_KINDS)
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
    "shuffle",
    "pass_mark",
    "purpose",
    "attempts_allowed",
)
COMPETENCE = re.compile(r"[a-z][a-z0-9-]*:[0-9A-Za-z][0-9A-Za-z.-]*")
# The twelve of GreenComp, the European sustainability competence framework (JRC, 2022).
GREENCOMP = frozenset(f"greencomp:{area}.{number}" for area in (1, 2, 3, 4) for number in (1, 2, 3))


def read_questions(
    form: Part, words: dict[str, Part], reading: Reading, lessons: list[str], facts: dict[str, FactSource]
) -> tuple[QuestionSource, ...]:
    """`words` are the `questions:` maps of the translations, by language."""
    found: dict[str, QuestionSource] = {}
    for part in form.parts("questions"):
        key = part.key()
        translated = {
            language: inner
            for language, outer in words.items()
            if (inner := _words_of(outer, key, part, language, reading))
        }
        question = _question(part, key, translated, reading, lessons, facts)
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
    part: Part, key: str, words: dict[str, Part], reading: Reading, lessons: list[str], facts: dict[str, FactSource]
) -> QuestionSource:
    before = reading.problems.errors_in[part.where]
    kind = part.choice("kind", KINDS)
    points = part.whole("points", low=1, high=100, needed=False, default=1)
    body: dict[str, Any] = {"stem": _gather(part, "stem", words, reading)}
    if kind in CHOICE_KINDS:
        body["choices"] = _choices(part, words, reading)
    elif kind in NUMBER_KINDS:
        body |= {
            "answer": part.number_text("answer"),
            "tolerance": "0",
            "unit": _gather(part, "unit", words, reading, needed=False),
        }
        if part.get("tolerance", needed=False):
            body["tolerance"] = part.number_text("tolerance", share=True)
    else:
        part.rest()  # with an unknown kind nobody can say which other fields it has
    body["explain"] = _gather(part, "explain", words, reading)
    body["lesson"] = reading.reference(part, "lesson", "lesson", lessons) or None
    body["competence"] = competence(part, "competence", part.text("competence", needed=False))
    body["facts"] = [number for number, _ in part.texts("facts", needed=False)]
    for number in body["facts"]:
        check_cited(reading, facts, number, part, "facts")
    for inner in (part, *words.values()):
        inner.finish()
    if reading.problems.errors_in[part.where] == before:
        for sentence in reading.check_question(kind, body):
            _say(part, sentence)
    return QuestionSource(key, kind, points, body, digest_of([kind, body]), part.where, part.line)


def _say(part: Part, sentence: str) -> None:
    """A sentence about a question is put where it belongs: at the choice or the field that it begins with."""
    word, _, rest = sentence.partition(" ")
    if word == "choice" and (choice := _choice_named(part, rest.partition(":")[0])):
        choice.error("key", f"To mend: {sentence}.", "See “A quiz” in docs/content-packages.md.")
    else:
        name = (
            word.rstrip(":") if word.rstrip(":") in part.node.values else "choices" if "choice" in sentence else "kind"
        )
        part.error(name, f"To mend: {sentence}.", "See “A quiz” in docs/content-packages.md.")


def _choice_named(part: Part, key: str) -> Part | None:
    return next((choice for choice in part.parts("choices") if choice.text("key") == key), None)


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


def _gather(part: Part, name: str, words: dict[str, Part], reading: Reading, *, needed: bool = True) -> Words:
    """{language: text} of one field, from the source file and its translations."""
    source = part.text(name, needed=needed)
    if not source:
        return {}
    found = {reading.source: source}
    for language, inner in words.items():
        if name in inner.node.values:
            found[language] = inner.text(name)
        else:
            inner.warning(
                name,
                f"“{name}” is not translated into “{language}”.",
                f"Add it; until then the page shows “{reading.source}”.",
            )
    return found


def _choices(part: Part, words: dict[str, Part], reading: Reading) -> list[dict[str, Any]]:
    texts = {language: inner.part("choices", needed=False) for language, inner in words.items()}
    feedback = {language: inner.part("feedback", needed=False) for language, inner in words.items()}
    found: dict[str, dict[str, Any]] = {}
    lines: dict[str, int] = {}
    for choice in part.parts("choices"):
        key = choice.key()
        right = choice.flag("right", default=False)
        body: dict[str, Any] = {
            "key": key,
            "text": {reading.source: choice.text("text")},
            "right": right,
            "feedback": {},
        }
        if choice.get("feedback", needed=False):
            body["feedback"] = {reading.source: choice.text("feedback")}
        choice.finish()
        for language, inner in words.items():
            _translate(inner, texts[language], key, "choices", body["text"], language, choice)
            if body["feedback"]:
                _translate(inner, feedback[language], key, "feedback", body["feedback"], language, choice)
        if key in found:
            choice.error(
                "key",
                f"The key “{key}” stands twice in this question.",
                f"Choose another; the first is in line {lines[key]}.",
            )
        found.setdefault(key, body)
        lines.setdefault(key, choice.line)
    for inner in filter(None, (*texts.values(), *feedback.values())):
        for key in inner.rest():
            inner.error(key, f"The question has no choice “{key}” with these words.", inner.hint_for(key, found))
    return list(found.values())


def _translate(
    question: Part, words: Part | None, key: str, name: str, into: dict[str, str], language: str, choice: Part
) -> None:
    """Puts the translated words of one choice into its body, or says that they are missing."""
    if words and key in words.node.values:
        into[language] = words.text(key)
    elif key:
        place = words or question
        place.problems.warning(
            place.where,
            place.line,
            f"{question.named(name)}.{key}",
            f"The words of choice “{key}” are not translated into “{language}”.",
            "Add them.",
        )

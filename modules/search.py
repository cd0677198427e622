"""Search in the lessons, tasks, calculators, stories and terms of one language, for trainers in their guide too.

SQLite compares without case in ASCII only and has no stems, so "Почва" would not find "почви". A programme has a few
dozen lessons: their words are kept in the process (some 8 kB a lesson) and searched here, about 0.1 ms a lesson and
word. From some 500 lessons on, a text index of the database should take this file's place.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from html import unescape
from types import MappingProxyType
from typing import Any

from lms.shared.kept import kept
from lms.shared.languages import Said, said
from modules.guide import whole_guide
from modules.models import Calculator, FieldTask, GlossaryTerm, LessonRevision, ModulePart, Story
from modules.querysets import live_parts, live_revisions, live_terms
from modules.selectors import best_terms, best_texts
from modules.shelf import Shelf
from modules.ways import NOTHING

NO_GUIDES: Mapping[int, str] = MappingProxyType({})
MOST_LETTERS = 100
MOST_WORDS = 8
SNIPPET = 170
_BLOCKS = re.compile(
    r"</?(?:p|h\d|li|ul|ol|tr|td|th|table|div|aside|section|details|summary|fig\w+|blockquote|br)\b[^>]*>"
)
_NOTES = re.compile(r"<sup\b.*?</sup>|<style\b.*?</style>", re.S)
_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a snippet; `found` where a word of the query stands."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `kind`: lesson, task, calculator, story, term or guide.

    `place`: for the guide, where this reader has it.
    """

    kind: str
    key: str
    title: Said
    module: str
    module_title: Said
    snippet: tuple[Piece, ...]
    score: float
    place: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """`partial`: nothing holds all words, these hold some. `near`: words that may have been meant."""

    query: str
    hits: tuple[Hit, ...]
    partial: bool
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """What is searched: parts with the weight of a word found there; the last part gives the snippet."""

    kind: str
    key: str
    title: Said
    module: str
    module_title: Said
    parts: tuple[tuple[str, float], ...]
    place: str = ""


def search(query: str, language: str, shelf: Shelf, guides: Mapping[int, str] = NO_GUIDES) -> Results:
    """What holds the words of `query`, best first. `guides` are the programmes whose guide is searched too, each with
    the place where the reader has it."""
    query = " ".join(query[:MOST_LETTERS].split())
    words = list(dict.fromkeys(re.findall(r"\w+", query.lower())))[:MOST_WORDS]
    if not words:
        return Results(query, (), False, ())
    texts = (*_texts(language, shelf), *_guides(guides, language, shelf))
    whole = _found(texts, words, len(words))
    hits = whole or (_found(texts, words, 1) if len(words) > 1 else ())
    return Results(query, hits, bool(hits and not whole), () if hits else _near(words, texts))


@kept(most=8)
def _texts(language: str, shelf: Shelf) -> tuple[_Text, ...]:
    """What everybody can find. Five queries, once after each change."""
    return (*_lessons(language), *_parts(language), *_terms(language))


def _lessons(language: str) -> Iterable[_Text]:
    rows = live_revisions(language).select_related("lesson__module__programme").defer("source", "toc", "facts")
    for row in best_texts(rows.order_by("lesson__module__position", "lesson__position"), language):
        yield _lesson(row, language)


def _lesson(row: LessonRevision, language: str) -> _Text:
    module = row.lesson.module
    return _Text(
        kind="lesson",
        key=row.lesson.key,
        title=Said(row.title, row.language),
        module=module.key,
        module_title=said(module.title, language, module.programme.source_language),
        parts=((row.title, 12), (" ".join([row.summary, *row.objectives]), 4), (plain_text(row.html), 1)),
    )


def _parts(language: str) -> Iterable[_Text]:
    """Three queries."""
    for kind, model, words_of in PARTS:
        for row in live_parts(model).select_related("module__programme"):
            yield _part(kind, row, words_of(row.body), language)


def _part(kind: str, row: ModulePart, words: Sequence[Mapping[str, str]], language: str) -> _Text:
    module, source = row.module, row.module.programme.source_language
    title, summary = said(row.title, language, source), said(row.summary, language, source)
    text = " · ".join(" ".join(said(each, language, source).split()) for each in words)
    return _Text(
        kind=kind,
        key=row.key,
        title=title,
        module=module.key,
        module_title=said(module.title, language, source),
        parts=((title, 12), (summary, 4), (text, 1)),
    )


def _words_of_task(body: Mapping[str, Any]) -> list[Mapping[str, str]]:
    return [body["safety"], body["season"], *body["tools"], *body["steps"], *body["evidence"]]


def _words_of_calculator(body: Mapping[str, Any]) -> list[Mapping[str, str]]:
    names = [each["name"] for each in (*body["inputs"], *body["outputs"])]
    return [*names, body["example"]["text"], *body["assumptions"], body["explain"]]


def _words_of_story(body: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """Its first scene: what comes later is for those who choose their way to it."""
    return [body["scenes"][0]["text"]]


# What is searched beside lessons, terms and the guide, in this order, and what each says beside title and summary.
PARTS: tuple[tuple[str, type[ModulePart], Callable[[Mapping[str, Any]], list[Mapping[str, str]]]], ...] = (
    ("task", FieldTask, _words_of_task),
    ("calculator", Calculator, _words_of_calculator),
    ("story", Story, _words_of_story),
)


def _guides(guides: Mapping[int, str], language: str, shelf: Shelf) -> Iterable[_Text]:
    for programme, place in guides.items():
        for text in _guide(programme, language, shelf):
            yield replace(text, place=place)


@kept(most=8)
def _guide(programme: int, language: str, shelf: Shelf) -> tuple[_Text, ...]:
    """The trainer guide of one programme. One query, once after each change."""
    return tuple(
        _Text(
            kind="guide",
            key=page.line.key,
            title=page.line.title,
            module=page.line.module,
            module_title=NOTHING,
            parts=((page.line.title, 12), (page.line.summary, 4), (plain_text(page.html), 1)),
        )
        for page in whole_guide(programme, language, shelf)
    )


def _terms(language: str) -> Iterable[_Text]:
    for row in best_terms(live_terms(language).select_related("module", "programme"), language):
        yield _term(row, language)


def _term(row: GlossaryTerm, language: str) -> _Text:
    return _Text(
        kind="term",
        key=row.key,
        title=Said(row.term, row.language),
        module=row.module.key,
        module_title=said(row.module.title, language, row.programme.source_language),
        parts=((row.term, 14), (f"{row.definition} {row.example}".strip(), 3)),
    )


def plain_text(html: str) -> str:
    """The words of a lesson without tags and without the small numbers of its sources."""
    text = _BLOCKS.sub(" ", _NOTES.sub("", html))
    return " ".join(unescape(_TAGS.sub("", text)).split())


def stem(word: str) -> str:
    """What is left of a word without its ending: почви and почва meet at почв, and "fields" finds the field."""
    cyrillic = any("а" <= char <= "я" for char in word)
    if len(word) >= 8:
        return word[:-2]
    return word[:-1] if len(word) >= (4 if cyrillic else 5) else word


def _found(texts: Sequence[_Text], words: Sequence[str], least: int) -> tuple[Hit, ...]:
    patterns = [re.compile(rf"\b{re.escape(stem(word))}\w*") for word in words]
    hits = [hit for text in texts if (hit := _hit(text, words, patterns, least))]
    return tuple(sorted(hits, key=lambda hit: -hit.score))


def _hit(text: _Text, words: Sequence[str], patterns: Sequence[re.Pattern[str]], least: int) -> Hit | None:
    scores = [_score(text, word, pattern) for word, pattern in zip(words, patterns, strict=True)]
    if sum(score > 0 for score in scores) < least:
        return None
    total = sum(scores) + (20 if text.title.lower() == " ".join(words) else 0)
    snippet = _snippet(text, patterns)
    return Hit(text.kind, text.key, text.title, text.module, text.module_title, snippet, total, text.place)


def _score(text: _Text, word: str, pattern: re.Pattern[str]) -> float:
    """Where a word stands decides. The word itself counts twice as much as another form; mentions after five do not."""
    score = 0.0
    for part, weight in text.parts:
        forms = pattern.findall(part.lower())[:5]
        score += weight * (2 if word in forms else 1) + len(forms) / 10 if forms else 0
    return score


def _snippet(text: _Text, patterns: Sequence[re.Pattern[str]]) -> tuple[Piece, ...]:
    """The neighbourhood of the first word found in the long part, else the part before it."""
    either = re.compile("|".join(pattern.pattern for pattern in patterns), re.I)
    for part, _weight in reversed(text.parts[1:]):
        if found := either.search(part):
            return tuple(_pieces(_cut(part, found.start()), either))
    return (Piece(_cut(text.parts[1][0], 0), False),)


def _cut(text: str, at: int) -> str:
    start = max(0, at - SNIPPET // 3)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = len(text) if start + SNIPPET >= len(text) else text.rfind(" ", start, start + SNIPPET)
    end = start + SNIPPET if end <= start else end
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def _pieces(text: str, pattern: re.Pattern[str]) -> Iterable[Piece]:
    at = 0
    for found in pattern.finditer(text):
        if found.start() > at:
            yield Piece(text[at : found.start()], False)
        yield Piece(found.group(), True)
        at = found.end()
    if at < len(text):
        yield Piece(text[at:], False)


def _near(words: Sequence[str], texts: Sequence[_Text]) -> tuple[str, ...]:
    known = {word for text in texts for word in re.findall(r"\w{3,}", text.title.lower())}
    close = (match for word in words for match in get_close_matches(word, sorted(known), n=3, cutoff=0.7))
    return tuple(dict.fromkeys(close))[:5]

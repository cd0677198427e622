"""A lesson's text measured: length, sentences, readability, numbers without source or unit, heavy figures. Pure."""

import re
from collections.abc import Iterator

from modules.package.measures.numbers import without_source, without_unit
from modules.package.measures.prose import Paragraph, paragraphs, plain, prose_of, sentences, words
from modules.package.problems import PackageProblem, Severity
from modules.package.schema import GuideText, LessonText, Limits

FIGURE_BYTES = 30_000
LONGEST_SENTENCE = 30
# Where numbers are examples: they are said to be, or the learner works with them.
INVENTED = frozenset({"scene", "example", "try", "answer", "farm"})


def measure_lesson(text: LessonText, limits: Limits, *, is_source: bool) -> Iterator[PackageProblem]:
    """Warnings about one text; what a translation only repeats is said of the source alone."""
    yield from _length(text, limits, is_source=is_source)
    yield from measure_prose(text, limits)
    if is_source:
        for paragraph in paragraphs(text.markdown):
            yield from _paragraph(text, paragraph)
    for asset in text.assets:
        if len(asset.content) > FIGURE_BYTES:
            what = f"The figure {asset.name} has {len(asset.content) // 1000} kB."
            yield _warning(
                text, 0, what, f"Draw it with fewer points; {FIGURE_BYTES // 1000} kB load on a weak signal."
            )


def word_count(markdown: str) -> int:
    """Words that are read: paragraphs and lists, without headings, tables, figures and numbers."""
    return sum(len(words(paragraph.plain)) for paragraph in paragraphs(markdown))


def _length(text: LessonText, limits: Limits, *, is_source: bool) -> Iterator[PackageProblem]:
    if is_source and limits.lesson_words:
        low, high = limits.lesson_words
        if not low <= (count := word_count(text.markdown)) <= high:
            yield _warning(
                text, 0, f"{count} words; {low} to {high} are announced.", "Shorten it, or say what is missing."
            )


def measure_prose(text: LessonText | GuideText, limits: Limits) -> Iterator[PackageProblem]:
    """How hard the sentences are to read."""
    prose = prose_of(text.markdown)
    if limits.sentence_words and prose.per_sentence > limits.sentence_words:
        what = f"{prose.per_sentence:.1f} words a sentence; at most {limits.sentence_words} are announced."
        yield _warning(text, 0, what, "Make two of the long ones.")
    limit = limits.readability.get(text.language)
    if limit and prose.lix > limit:
        what = f"Readability (LIX) {prose.lix:.0f}; at most {limit} is announced."
        yield _warning(text, 0, what, "Use shorter sentences and shorter words.")
    if not limits.sentence_words:
        return
    for paragraph in paragraphs(text.markdown):
        for sentence in [] if paragraph.is_sum else _breaths(paragraph.plain):
            if (count := len(words(sentence))) > LONGEST_SENTENCE:
                yield _warning(
                    text, paragraph.line, f"A sentence of {count} words: “{sentence[:60]}…”", "Make two of it."
                )


def _breaths(text: str) -> list[str]:
    """Sentences, and the parts of a list inside one: (a) … ; (b) …"""
    return [part for sentence in sentences(text) for part in re.split(r"[;:]\s", sentence)]


def _paragraph(text: LessonText, paragraph: Paragraph) -> Iterator[PackageProblem]:
    if paragraph.inside in INVENTED:
        return
    if found := without_source(paragraph.text):
        what = f"A figure without a source: “{_around(paragraph.text, found.start())}”."
        yield _warning(text, paragraph.line, what, "Cite the fact, like [F42], or say that it is an example.")
    if not paragraph.is_sum and (bare := without_unit(paragraph.plain)):
        what = f"A number without a unit: “{_around(paragraph.plain, bare.start())}”."
        yield _warning(text, paragraph.line, what, "Say what it counts.")


def _around(text: str, at: int) -> str:
    """Whole words."""
    begin, end = text.rfind(" ", 0, max(0, at - 30)) + 1, text.find(" ", at + 30)
    return plain(text[begin : end if end > 0 else len(text)])


def _warning(text: LessonText | GuideText, line: int, what: str, hint: str) -> PackageProblem:
    where = text.body_line + line - 1 if line else text.line
    return PackageProblem(text.file, where, "text", what, hint, Severity.WARNING)

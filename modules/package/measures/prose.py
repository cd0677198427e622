"""Markdown of a lesson as paragraphs of plain words, and how hard they are to read. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BLOCK = re.compile(r"^( *)(?:!!!|\?\?\?)\+? +([a-z]+)")
_LINE_KINDS = re.compile(r"^\s*(?:#{1,6} |\||!\[|```)")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+")
_TERM = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\([^()\s]+\)")
_FACT = re.compile(r"\s*\[F[0-9]{1,6}\]")
_MARKS = re.compile(r"[*_`]")
# A sentence ends where a space and the beginning of another follow; “6.0 mm” and “e.g. a” hold none.
_END = re.compile(r"(?<=[.!?…])[“”\"’)]*\s+(?=[“„\"(]?[A-ZА-Я0-9]|\([a-zа-я]\))")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
LONG_WORD = 6


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`text` has its markup, `line` counts in the Markdown from 1; `inside`: the block that it stands in, or ""."""

    line: int
    text: str
    inside: str
    is_item: bool

    @property
    def plain(self) -> str:
        return plain(self.text)

    @property
    def is_sum(self) -> bool:
        """A line of a calculation: read by eye, not as a sentence."""
        return "=" in self.text or "×" in self.text or "÷" in self.text


def plain(text: str) -> str:
    """The words that a reader sees."""
    text = _TERM.sub(lambda found: found[2] or found[1].replace("-", " "), _FACT.sub("", text))
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", text)).split())


def paragraphs(markdown: str) -> list[Paragraph]:
    """Paragraphs and items of lists, without headings, tables and figures."""
    found: list[Paragraph] = []
    lines: list[str] = []
    begins, inside, is_item = 0, _Inside(), False

    def close() -> None:
        if lines:
            found.append(Paragraph(begins, " ".join(line.strip() for line in lines), inside.name, is_item))
            lines.clear()

    for number, line in enumerate(markdown.split("\n"), 1):
        if not line.strip() or _LINE_KINDS.match(line) or _BLOCK.match(line) or _ITEM.match(line):
            close()
        inside.meet(line)
        if not line.strip() or _LINE_KINDS.match(line) or _BLOCK.match(line):
            continue
        if not lines:
            begins, is_item = number, bool(_ITEM.match(line))
        lines.append(_ITEM.sub("", line))
    close()
    return found


class _Inside:
    """Which block the line is in, by its indentation: four spaces for each block around it."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []

    def meet(self, line: str) -> None:
        if not line.strip():
            return
        depth = len(line) - len(line.lstrip(" "))
        while self._open and depth <= self._open[-1][0]:
            self._open.pop()
        if block := _BLOCK.match(line):
            self._open.append((len(block[1]), block[2]))

    @property
    def name(self) -> str:
        return self._open[-1][1] if self._open else ""


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    return [part for part in _END.split(text) if words(part)]


@dataclass(frozen=True, slots=True)
class Prose:
    """Counts over whole sentences. `lix` by Björnsson (1968): words per sentence + per cent of words over six letters.

    It needs no syllables and no list of words, so it can be compared over the years in any language, not between two.
    """

    words: int
    sentences: int
    long_words: int

    @property
    def per_sentence(self) -> float:
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def lix(self) -> float:
        return self.per_sentence + 100 * self.long_words / self.words if self.words else 0.0


def prose_of(markdown: str) -> Prose:
    """Lines of a calculation are left out: no one reads them as sentences."""
    every = list(_sentences_of(markdown))
    each = [word for sentence in every for word in words(sentence)]
    return Prose(len(each), len(every), sum(len(word) > LONG_WORD for word in each))


def _sentences_of(markdown: str) -> Iterator[str]:
    for paragraph in paragraphs(markdown):
        if not paragraph.is_sum:
            yield from sentences(paragraph.plain)

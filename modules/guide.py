"""Questions about the trainer guide: its contents, one page, and the whole of it for paper."""

import re
from dataclasses import dataclass

from lms.shared.kept import kept
from lms.shared.languages import Said
from modules.models import GuidePage
from modules.notes import Meaning, Source, cited, meanings
from modules.querysets import live_guide
from modules.shelf import Shelf

_ANCHOR = re.compile(r'\b(id="|href="#)([\w-]+)"')
_TABLE = re.compile(r'(<div\b(?=[^>]*class="scroll")[^>]*\baria-label="[^"\d]*)(\d+)"')
_HEADING = re.compile(r"<(/?)h([2-5])\b")


@dataclass(frozen=True, slots=True)
class GuideLine:
    """A page in the contents. `module` is the key of the one through which it guides, or empty."""

    key: str
    number: int
    title: Said
    summary: Said
    module: str


@dataclass(frozen=True, slots=True)
class Heading:
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class GuideText:
    """A page with what stands around its text."""

    line: GuideLine
    html: str
    contents: tuple[Heading, ...]
    sources: tuple[Source, ...]
    meanings: tuple[Meaning, ...]
    previous: GuideLine | None
    following: GuideLine | None


def guide(programme: int, language: str, shelf: Shelf) -> tuple[GuideLine, ...]:
    """The pages in order. No query when the content is known."""
    return tuple(line for line, _row in _pages(programme, language, shelf))


@kept(most=64)
def guide_text(programme: int, key: str, language: str, shelf: Shelf) -> GuideText | None:
    """Two queries, once after each change."""
    pages = _pages(programme, language, shelf)
    place = next((place for place, (line, _row) in enumerate(pages) if line.key == key), None)
    if place is None:
        return None
    line, row = pages[place]
    headings = tuple(Heading(part["id"], part["title"]) for part in row.toc if part["level"] == 2)
    return GuideText(
        line=line,
        html=row.html,
        contents=headings if len(headings) > 1 else (),
        sources=cited(row.facts, row.programme, language),
        meanings=meanings(row.html, programme, language),
        previous=pages[place - 1][0] if place else None,
        following=pages[place + 1][0] if place + 1 < len(pages) else None,
    )


@kept(most=4)
def whole_guide(programme: int, language: str, shelf: Shelf) -> tuple[GuideText, ...]:
    """Every page as a chapter: headings one level down, anchors and names of tables that are those of one chapter."""
    return tuple(_chapter(row, line, language) for line, row in _pages(programme, language, shelf))


def _chapter(row: GuidePage, line: GuideLine, language: str) -> GuideText:
    html = _ANCHOR.sub(rf'\1{line.key}-\2"', row.html)
    html = _TABLE.sub(rf'\g<1>{line.number}.\2"', html)
    html = _HEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}", html)
    return GuideText(line, html, (), cited(row.facts, row.programme, language), (), None, None)


@kept(most=8)
def _pages(programme: int, language: str, shelf: Shelf) -> tuple[tuple[GuideLine, GuidePage], ...]:
    """Of up to two texts for each page the one in `language`, else the other, in order. One query."""
    rows = live_guide(language).filter(programme=programme).select_related("programme", "module").defer("source")
    best: dict[str, GuidePage] = {}
    for row in rows.order_by("position", "pk"):
        if row.key not in best or row.language == language:
            best[row.key] = row
    return tuple((_line(row, number), row) for number, row in enumerate(best.values(), 1))


def _line(row: GuidePage, number: int) -> GuideLine:
    title, summary = Said(row.title, row.language), Said(row.summary, row.language)
    return GuideLine(
        row.key, number, title, summary, row.module.key if row.module and row.module.retired_at is None else ""
    )

"""Questions about stories: which there are, and where a way through one leads."""

from dataclasses import dataclass
from typing import cast

from lms.shared.kept import kept
from lms.shared.languages import Said, said
from lms.shared.refusals import NotHere
from modules.models import Story
from modules.querysets import AROUND_PARTS, live_lines, live_parts
from modules.shelf import Shelf
from modules.ways import Walk, walk


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story in a list."""

    key: str
    module: int
    title: Said
    summary: Said
    minutes: int
    endings: int


def stories(language: str, shelf: Shelf) -> tuple[StoryLine, ...]:
    """Every live story by module and position. One query, once after each change of the content."""
    return tuple(_line(row, language) for row in _rows(shelf))


def walk_through(key: str, way: str, language: str, shelf: Shelf) -> tuple[StoryLine, Walk]:
    """The story and where the way leads in it. One query, once after each change. Raises NotHere."""
    row = _whole(key, shelf)
    return _line(row, language), walk(row.body, way, language, row.module.programme.source_language)


@kept(most=2)
def _rows(shelf: Shelf) -> tuple[Story, ...]:
    return tuple(live_lines(Story))


@kept(most=32)
def _whole(key: str, shelf: Shelf) -> Story:
    """With all its scenes: some 30 kB."""
    row = live_parts(Story).select_related("module__programme").defer(*AROUND_PARTS).filter(key=key).first()
    if row is None:
        raise NotHere
    return cast("Story", row)


def _line(row: Story, language: str) -> StoryLine:
    source = row.module.programme.source_language
    return StoryLine(
        key=row.key,
        module=row.module_id,
        title=said(row.title, language, source),
        summary=said(row.summary, language, source),
        minutes=row.minutes,
        endings=row.endings,
    )

"""Questions about stories: which there are, and where a way through one leads."""

from dataclasses import dataclass
from typing import Any

from lms.shared.kept import kept
from lms.shared.languages import Said, said
from modules.models import Story
from modules.querysets import live_parts
from modules.shelf import Shelf
from modules.ways import Walk, paragraphs, walk


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story in a list. `first` is what its first scene says."""

    key: str
    module: int
    title: Said
    summary: Said
    minutes: int
    endings: int
    first: Said


def stories(language: str, shelf: Shelf) -> tuple[StoryLine, ...]:
    """Every live story by module and position. One query, once after each change of the content."""
    return tuple(_line(key, module, body, language, source) for key, module, source, body in _bodies(shelf))


def walk_through(key: str, way: str, language: str, shelf: Shelf) -> tuple[StoryLine, Walk] | None:
    """The story and where the way leads in it; None when there is no such story."""
    for found, module, source, body in _bodies(shelf):
        if found == key:
            return _line(key, module, body, language, source), walk(body, way, language, source)
    return None


@kept(most=2)
def _bodies(shelf: Shelf) -> tuple[tuple[str, int, str, dict[str, Any]], ...]:
    """Key, module, source language and all that is in it."""
    return tuple(live_parts(Story).values_list("key", "module_id", "module__programme__source_language", "body"))


def _line(key: str, module: int, body: dict[str, Any], language: str, source: str) -> StoryLine:
    return StoryLine(
        key=key,
        module=module,
        title=said(body["title"], language, source),
        summary=said(body["summary"], language, source),
        minutes=body["minutes"],
        endings=sum(scene["ending"] for scene in body["scenes"]),
        first=_joined(said(body["scenes"][0]["text"], language, source)),
    )


def _joined(words: Said) -> Said:
    return Said(" ".join(paragraphs(words)), words.language)

"""Shapes of answers that hold more than one question's answer."""

from dataclasses import dataclass
from typing import Any

from modules.content.shapes import Licence, ModuleTree, ReleaseLine
from quizzes.content_tree import QuizLine


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list, with the way on."""

    results: tuple[Any, ...]
    next: str | None
    licences: tuple[Licence, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    releases: tuple[ReleaseLine, ...]
    cursor: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class ModuleWithQuizzes(ModuleTree):
    quizzes: tuple[QuizLine, ...]

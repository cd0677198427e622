"""What a text needs to know of the rest of the package, and what came out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a figure is served from, and its size in CSS pixels, so that the page does not jump when it arrives."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`terms`: {key: the term in this language}; `lessons`: {key: key of its module}; `facts`: what may be cited.

    Without `figures` the text may show none.
    """

    language: str
    pictures: Mapping[str, Picture]
    terms: Mapping[str, str]
    lessons: Mapping[str, str]
    facts: frozenset[str]
    words: Mapping[str, str]
    figures: bool = True


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something in the text that is wrong (or only doubtful). `line` counts from 1 in the text."""

    line: int
    what: str
    hint: str
    is_error: bool = True


@dataclass(frozen=True, slots=True)
class Rendered:
    """`toc` holds {"id", "title", "level"} in order; `facts` the numbers cited, in order of first citation.

    `minutes` is the time for reading alone; `bare_terms` are those shown by the name that the glossary gives them.
    """

    html: str
    toc: list[dict[str, str | int]]
    words: int
    minutes: int
    facts: list[str]
    terms: list[str]
    bare_terms: list[str]
    pictures: list[str]
    lessons: list[str]
    troubles: list[Trouble]


@dataclass(slots=True)
class Findings:
    """The extensions write here what they met. A trouble gets the first line that holds the words it is about."""

    text: str
    toc: list[dict[str, str | int]] = field(default_factory=list)
    facts: dict[str, int] = field(default_factory=dict)
    terms: dict[str, None] = field(default_factory=dict)
    bare_terms: dict[str, None] = field(default_factory=dict)
    pictures: dict[str, None] = field(default_factory=dict)
    lessons: dict[str, None] = field(default_factory=dict)
    troubles: dict[Trouble, None] = field(default_factory=dict)

    def trouble(self, about: str, what: str, hint: str, *, is_error: bool = True) -> None:
        place = self.text.find(about)
        line = self.text.count("\n", 0, place) + 1 if place >= 0 else 1
        self.troubles[Trouble(line, what, hint, is_error)] = None

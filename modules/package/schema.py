"""A checked package, frozen. `Words` is {language: text}; numbers in question bodies stay decimal text with a point."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Words = Mapping[str, str]

FORMAT = 1


@dataclass(frozen=True, slots=True)
class AssetSource:
    """A picture under the name that the text uses; a translated one stands under that name too.

    Width and height are those of its drawing, in CSS pixels.
    """

    name: str
    media_type: str
    content: bytes
    digest: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class LessonText:
    """One lesson in one language. `assets` are the pictures that it shows; `body_line` is where `markdown` begins."""

    language: str
    edition: int
    title: str
    summary: str
    objectives: tuple[str, ...]
    markdown: str
    assets: tuple[AssetSource, ...]
    digest: str
    file: str
    line: int
    body_line: int


@dataclass(frozen=True, slots=True)
class LessonSource:
    key: str
    position: int
    edition: int
    minutes: int
    texts: Mapping[str, LessonText]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class QuestionSource:
    """`body` has the form that quizzes/items/<kind>.py checks: all languages together."""

    key: str
    kind: str
    points: int
    body: dict[str, Any]
    digest: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class QuizSource:
    """`pass_mark` is a share of the points, 0 to 1; `attempts_allowed` 0 means as often as one likes.

    `draw` is how many of the questions an attempt gets; 0 means all.
    """

    key: str
    purpose: str
    lesson: str | None
    title: Words
    pass_mark: Decimal
    attempts_allowed: int
    shuffle: bool
    draw: int
    questions: tuple[QuestionSource, ...]
    digest: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class PartSource:
    """A calculator, a field task or a story. `body` has its words in all languages together, and its logic.

    Calculator: title, summary, inputs, outputs, example, assumptions, explain, facts. Field task: its words, minutes,
    facts. Story, which belongs to no lesson: title, summary, minutes, speakers [{key, name, role}] and scenes [{key,
    speaker, ending, text, choices: [{key, text, to, effects: {people, nature, money} or {}, because}]}]; an ending has
    title and reflect too.
    """

    key: str
    position: int
    lesson: str | None
    body: dict[str, Any]
    digest: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class EscoSource:
    """A skill or a knowledge in ESCO: its English label, its address there, and what kind it is."""

    label: str
    uri: str
    kind: str


@dataclass(frozen=True, slots=True)
class ModuleSource:
    key: str
    position: int
    title: Words
    summary: Words
    outcomes: tuple[Words, ...]
    hours: Decimal
    field_hours: Decimal
    competences: tuple[str, ...]
    sdgs: tuple[int, ...]
    eqf: int | None
    esco: tuple[EscoSource, ...]
    lessons: tuple[LessonSource, ...]
    quizzes: tuple[QuizSource, ...]
    calculators: tuple[PartSource, ...]
    tasks: tuple[PartSource, ...]
    stories: tuple[PartSource, ...]
    digest: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class GuideText:
    """A page of the trainer guide in one language; `body_line` is where `markdown` begins."""

    language: str
    title: str
    summary: str
    markdown: str
    digest: str
    file: str
    line: int
    body_line: int


@dataclass(frozen=True, slots=True)
class GuidePageSource:
    """`module` is the key of the module through which the page guides; most have none."""

    key: str
    position: int
    module: str | None
    texts: Mapping[str, GuideText]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class TermText:
    term: str
    definition: str
    example: str
    digest: str


@dataclass(frozen=True, slots=True)
class TermSource:
    key: str
    module: str
    texts: Mapping[str, TermText]
    related: tuple[str, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class FactSource:
    """Status V: read in the primary source; S: in a secondary one; U: neither, kept in the ledger and never shown."""

    number: str
    statement: Words
    value: str
    unit: str
    as_of: str
    status: str
    source: str
    jurisdiction: str
    digest: str
    file: str
    line: int

    @property
    def may_be_cited(self) -> bool:
        return self.status in {"V", "S"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What the package promises of its lessons. `readability`: the highest LIX by language. None, 0, empty: nothing."""

    lesson_words: tuple[int, int] | None = None
    sentence_words: int = 0
    readability: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Package:
    """Everything one import brings. Keys of modules, of their parts and of guide pages are unique across it.

    `review` says of a translation whether its native editor has seen it: {language: awaiting or done}.
    """

    format: int
    version: int
    key: str
    title: Words
    summary: Words
    source_language: str
    languages: tuple[str, ...]
    licence: str
    credits: Words
    review: Mapping[str, str]
    modules: tuple[ModuleSource, ...]
    facts: tuple[FactSource, ...]
    terms: tuple[TermSource, ...]
    guide: tuple[GuidePageSource, ...]
    digest: str
    limits: Limits = Limits()

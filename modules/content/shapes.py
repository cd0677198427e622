"""The shapes in which content is handed to programs.

Words are in one language, and each thing says in which; `fallback` means: not in `requested_language`, the one that
was wanted most.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of a list. `after` continues it, and is None on the last page."""

    items: tuple[T, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class Licence:
    """On what terms the content of a programme may be used, and who is to be named."""

    programme: str
    name: str
    credits: str


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    key: str
    title: str
    summary: str
    language: str
    requested_language: str | None
    fallback: bool
    languages: tuple[str, ...]
    source_language: str
    review: Mapping[str, str]
    licence: Licence
    version: int | None
    updated_at: datetime | None


@dataclass(frozen=True, slots=True)
class Esco:
    """A skill or a knowledge in ESCO, by its English label."""

    label: str
    uri: str
    kind: str


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """`minutes` is the time of its lessons, `hours` that of everything but the work on the farm."""

    key: str
    programme: str
    position: int
    title: str
    summary: str
    language: str
    requested_language: str | None
    fallback: bool
    hours: float
    field_hours: float
    minutes: int
    lesson_count: int
    competences: tuple[str, ...]
    sdgs: tuple[int, ...]
    eqf: int | None
    esco: tuple[Esco, ...]
    licence: Licence
    updated_at: datetime | None


@dataclass(frozen=True, slots=True)
class LessonLine:
    """`edition` is that of the text; below `source_edition` the translation is behind."""

    key: str
    module: str
    programme: str
    position: int
    title: str
    summary: str
    language: str
    requested_language: str | None
    fallback: bool
    minutes: int
    required: bool
    edition: int
    source_edition: int
    digest: str
    licence: Licence
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class PartLine:
    """A calculator, field task or story in a list. `lesson`: where it is explained; stories have none."""

    key: str
    programme: str
    module: str
    lesson: str | None
    position: int
    title: str
    summary: str
    language: str
    requested_language: str | None
    fallback: bool
    digest: str
    licence: Licence


@dataclass(frozen=True, slots=True)
class TimedLine(PartLine):
    minutes: int


@dataclass(frozen=True, slots=True)
class ProgrammeTree(ProgrammeLine):
    modules: tuple[ModuleLine, ...]


@dataclass(frozen=True, slots=True)
class ModuleTree(ModuleLine):
    id: int
    outcomes: tuple[str, ...]
    languages: tuple[str, ...]
    lessons: tuple[LessonLine, ...]
    calculators: tuple[PartLine, ...]
    tasks: tuple[TimedLine, ...]
    stories: tuple[TimedLine, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class FactLine:
    number: str
    programme: str
    statement: str
    language: str
    requested_language: str | None
    fallback: bool
    value: str
    unit: str
    as_of: str
    status: str
    source: str
    jurisdiction: str
    digest: str
    licence: Licence


@dataclass(frozen=True, slots=True)
class LessonTree(LessonLine):
    """`html` is sanitised, with addresses that begin at the site's root."""

    objectives: tuple[str, ...]
    html: str
    words: int
    languages: tuple[str, ...]
    competences: tuple[str, ...]
    sdgs: tuple[int, ...]
    facts: tuple[FactLine, ...]
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class TermLine:
    key: str
    programme: str
    module: str
    term: str
    definition: str
    example: str
    related: tuple[str, ...]
    language: str
    requested_language: str | None
    fallback: bool
    digest: str
    licence: Licence


@dataclass(frozen=True, slots=True)
class CalculatorInput:
    """From `low` to `high`; `value` to begin with. Of a bare number the unit is empty."""

    key: str
    name: str
    unit: str
    low: float
    high: float
    value: float
    note: str


@dataclass(frozen=True, slots=True)
class CalculatorOutput:
    """`when`: empty, or what must hold for it to have a value."""

    key: str
    name: str
    unit: str
    decimals: int
    formula: str
    when: str


@dataclass(frozen=True, slots=True)
class WorkedExample:
    text: str
    inputs: Mapping[str, float]
    outputs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class CalculatorTree(PartLine):
    """`facts` are numbers in the ledger, as in the other parts."""

    languages: tuple[str, ...]
    inputs: tuple[CalculatorInput, ...]
    outputs: tuple[CalculatorOutput, ...]
    example: WorkedExample
    assumptions: tuple[str, ...]
    explain: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """`levels`: not yet, with help, alone, guides others."""

    key: str
    name: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaskTree(TimedLine):
    languages: tuple[str, ...]
    safety: str
    season: str
    tools: tuple[str, ...]
    steps: tuple[str, ...]
    evidence: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    observe: tuple[str, ...]
    debrief: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    key: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class SceneChoice:
    """`effects`: on people, nature and money, -2 to 2; None and an empty `because` where it merely goes on."""

    key: str
    text: str
    to: str
    effects: Mapping[str, int] | None
    because: str


@dataclass(frozen=True, slots=True)
class Scene:
    """`speaker` None: the narrator. Only an ending has words in `title` and `reflect`, and no choices."""

    key: str
    speaker: str | None
    text: str
    ending: bool
    title: str
    reflect: str
    choices: tuple[SceneChoice, ...]


@dataclass(frozen=True, slots=True)
class StoryTree(TimedLine):
    """It begins with the first of its scenes."""

    languages: tuple[str, ...]
    speakers: tuple[Speaker, ...]
    scenes: tuple[Scene, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a release did to one thing; `change` is new, changed, restored or retired."""

    kind: str
    key: str
    language: str | None
    change: str


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    id: int
    programme: str
    version: int
    imported_at: datetime
    changes: tuple[Change, ...]


def grown(shape: type[T], line: Any, **more: Any) -> T:
    """A tree from its line and what else belongs to it."""
    return shape(**{field.name: getattr(line, field.name) for field in fields(line)}, **more)

"""What an import does, as steps: found by comparing, counted and printed, carried out in order. One list for all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Model

from modules.markdown import Rendered
from modules.models import Release
from modules.package.problems import PackageProblem


class Action(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    RESTORED = "restored"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Change:
    """`thing`: programme, module, lesson, text, sort of part, term, fact, guide page, quiz or quiz text.

    `detail` is for people to read.
    """

    action: Action
    thing: str
    key: str
    detail: str = ""
    language: str = ""

    @property
    def name(self) -> str:
        return f"{self.key} ({self.language})" if self.language else self.key


@dataclass(frozen=True, slots=True)
class Run:
    """One import at work. `pages` are texts rendered beforehand, by their digest, so that nobody waits for that."""

    release: Release
    now: datetime
    pages: Mapping[str, Rendered]


@dataclass(frozen=True, slots=True)
class Step:
    change: Change
    write: Callable[[Run], None]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between a package and the database, and what of it must not be."""

    steps: tuple[Step, ...]
    problems: tuple[PackageProblem, ...]

    @classmethod
    def of(cls, found: Iterable[Step | PackageProblem]) -> "Comparison":
        found = list(found)
        return cls(
            tuple(each for each in found if isinstance(each, Step)),
            tuple(each for each in found if isinstance(each, PackageProblem)),
        )

    @property
    def changes(self) -> list[Change]:
        return [step.change for step in self.steps]

    def carry_out(self, run: Run) -> list[Change]:
        for step in self.steps:
            step.write(run)
        return self.changes


def differing(row: Model, fields: Mapping[str, Any]) -> list[str]:
    """Names of the fields that are not yet what the package says."""
    return [name for name, value in fields.items() if getattr(row, name) != value]


def action_for(row: Any, fields: Mapping[str, Any]) -> Action | None:
    """For a row that can be retired: what brings it to these fields; None when it is there already."""
    if row is None:
        return Action.NEW
    if row.retired_at is not None:
        return Action.RESTORED
    return Action.CHANGED if differing(row, fields) else None


def retire(row: Any, run: Run) -> None:
    row.retired_at = run.now
    row.save(update_fields=["retired_at"])


def taken(file: str, line: int, thing: str, key: str, programme: str) -> PackageProblem:
    """A key that is for ever that of something elsewhere."""
    what = f"The key “{key}” belongs to a {thing} of the programme “{programme}”."
    return PackageProblem(file, line, "key", what, "Choose another; a key names one thing for ever.")


def naming(names: Iterable[str]) -> str:
    """Field names for people; a digest only says that one of the others differs."""
    return ", ".join(
        name.replace("_id", "").replace("_", " ") for name in names if name not in {"digest", "retired_at"}
    )

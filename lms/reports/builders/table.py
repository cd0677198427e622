"""What every report is: a header, rows one after the other, how many there will be, and words about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from lms.cohorts.models import Cohort

Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` is read once. `about` are lines of a name and a value."""

    title: str
    header: tuple[str, ...]
    rows: Iterator[tuple[Value, ...]]
    total: int
    about: tuple[tuple[str, Value], ...]


class Builder(Protocol):
    """What each file of this folder has. The words are in the language that is active when it is called."""

    def table(self, cohort: Cohort, *, today: date, language: str) -> Table: ...

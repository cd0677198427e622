"""What is wrong in a package, said so that its author can mend it: file, line, field, reason, remedy."""

import difflib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

SHOWN = 100
KEPT = 2_000


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class PackageProblem:
    """`where` is a path inside the package, `line` counts from 1; 0 means the file or folder as a whole."""

    where: str
    line: int
    field: str
    what: str
    hint: str
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        place = f"{self.where}:{self.line}" if self.line else self.where
        field = f"{self.field}: " if self.field else ""
        return f"{place}: {self.severity}: {field}{self.what} {self.hint}".rstrip()


class Problems:
    """Collects, so that an author sees everything at once and not one mistake per run."""

    def __init__(self) -> None:
        self._kept: dict[PackageProblem, None] = {}
        self._left_out = 0
        self.errors_in: Counter[str] = Counter()

    def error(self, where: str, line: int, field: str, what: str, hint: str) -> None:
        self._add(PackageProblem(where, line, field, what, hint))

    def warning(self, where: str, line: int, field: str, what: str, hint: str) -> None:
        self._add(PackageProblem(where, line, field, what, hint, Severity.WARNING))

    def extend(self, problems: Iterable[PackageProblem]) -> None:
        for problem in problems:
            self._add(problem)

    def _add(self, problem: PackageProblem) -> None:
        self.errors_in[problem.where] += problem.is_error
        if len(self._kept) < KEPT or problem in self._kept:
            self._kept[problem] = None
        else:
            self._left_out += 1

    @property
    def has_errors(self) -> bool:
        return self.errors_in.total() > 0

    def listed(self) -> list[PackageProblem]:
        """Errors first, each group by file and line; at most 100, the last one says how many more there are."""
        ordered = sorted(
            self._kept, key=lambda problem: (not problem.is_error, problem.where, problem.line, problem.field)
        )
        more = len(ordered) + self._left_out - SHOWN
        if more <= 0:
            return ordered
        severity = Severity.ERROR if ordered[SHOWN - 1].is_error else Severity.WARNING
        return [
            *ordered[: SHOWN - 1],
            PackageProblem("", 0, "", f"{more + 1} more problems.", "Mend these first, then check again.", severity),
        ]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """ "Did you mean “title”?", else the list of what is known."""
    known = sorted(known)
    if close := difflib.get_close_matches(word, known, n=1, cutoff=0.6):
        return f"Did you mean “{close[0]}”?"
    return f"Known here: {', '.join(known[:30])}." if known else "Nothing is known here."

"""Pure: what an import would do, in numbers and in words."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from modules.changes import Action, Change
from modules.package.problems import PackageProblem

# What a learner can have a record of, or has an address that people keep; terms and facts come and go freely.
WATCHED = ("module", "lesson", "text", "quiz", "calculator", "task", "story", "guide page")
UNTOLD = {"version", "guide page"}  # the guide is for trainers
LISTED = 60
KINDS = {"text": "lesson", "quiz text": "quiz"}  # a text is told as that of its lesson or quiz


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """`live_version`: None when the programme is new. `concerned`: learners whom each retirement concerns."""

    key: str
    version: int
    live_version: int | None
    changes: tuple[Change, ...]
    warnings: tuple[PackageProblem, ...] = ()
    concerned: Mapping[Change, int] = field(default_factory=dict)

    @property
    def nothing_to_do(self) -> bool:
        return not self.changes

    @property
    def retiring(self) -> tuple[Change, ...]:
        """What goes only with consent."""
        return tuple(change for change in self.changes if change.action is Action.RETIRED and change.thing in WATCHED)

    def counts(self) -> dict[str, int]:
        found = Counter(change.action for change in self.changes)
        return {action.value: found[action] for action in Action}

    def summary(self) -> dict[str, Any]:
        """What the release keeps of it."""
        things = Counter(f"{change.thing} {change.action}" for change in self.changes)
        return {**self.counts(), "things": dict(sorted(things.items())), "changes": self.told()}

    def told(self) -> list[dict[str, str]]:
        """What programs are told of it, each thing and language once: kind, key, language (if it has one), change."""
        found: dict[tuple[str, str, str], dict[str, str]] = {}
        for change in self.changes:
            kind = KINDS.get(change.thing, change.thing)
            told = {"kind": kind, "key": change.key, "change": str(change.action)}
            if change.language:
                told["language"] = change.language
            if kind not in UNTOLD:
                found.setdefault((kind, change.key, change.language), told)
        return list(found.values())

    def headline(self) -> str:
        """One line, such as “green-skills 1 → 2: 1 new, 2 changed, 0 restored, 0 retired.”"""
        if self.nothing_to_do:
            return f"{self.key} {self.version}: no changes."
        versions = str(self.version)
        if self.live_version not in {None, self.version}:
            versions = f"{self.live_version} → {versions}"
        return f"{self.key} {versions}: {', '.join(f'{count} {action}' for action, count in self.counts().items())}."

    def lines(self) -> Iterator[str]:
        """Each change on a line of its own; long lists of new terms and facts are counted instead."""
        shown = [change for change in self.changes if change.thing not in {"term", "fact"}]
        small = [change for change in self.changes if change.thing in {"term", "fact"}]
        if len(small) <= LISTED // 3:
            shown, small = [*shown, *small], []
        for change in shown[:LISTED]:
            learners = self.concerned.get(change)
            concerns = f"; it concerns {learners} learners" if learners is not None else ""
            detail = f" ({change.detail})" if change.detail else ""
            yield f"{change.action:<9} {change.thing:<10} {change.name}{detail}{concerns}"
        if len(shown) > LISTED:
            yield f"and {len(shown) - LISTED} more"
        for (action, thing), count in Counter((change.action, change.thing) for change in small).items():
            yield f"{action:<9} {thing:<10} {count} of them"

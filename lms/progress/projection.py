"""Keeps ModuleProgress equal to the facts: for one learner after each act, for everybody after an import and at night.

One way of counting (counting.py) serves all three, so that they cannot drift apart.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from lms.people.models import User
from lms.progress import rules
from lms.progress.counting import Pair, learners_with_facts, standings
from lms.progress.models import CompletionRecord, ModuleProgress
from lms.progress.rules import Standing
from modules.models import Module

BATCH = 400
COUNTED = ["done", "total", "quiz_passed", "attempts", "best_score", "state", "last_active_at"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that does not say what the facts say, or a fact that is missing. `was` is None when there was no row."""

    row: ModuleProgress
    was: ModuleProgress | None
    lacks_fact: bool

    def __str__(self) -> str:
        changed = [name for name in COUNTED if self.was is None or getattr(self.was, name) != getattr(self.row, name)]
        words = [f"{name} {getattr(self.was, name, None)} -> {getattr(self.row, name)}" for name in changed]
        words += ["complete, but not recorded"] if self.lacks_fact else []
        return f"learner {self.row.learner_id} module {self.row.module_id}: {', '.join(words)}"


def lock_learners(learners: Collection[UUID]) -> None:
    """Two acts of one learner are counted one after the other; else each would miss the other's fact.

    SQLite needs no lock: its write transactions run one at a time (T5).
    """
    if connection.features.has_select_for_update:
        list(User.objects.filter(pk__in=learners).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def count_one(learner: UUID, module: Module, now: datetime, *, is_locked: bool = False) -> ModuleProgress:
    """Write one learner's row, and the facts that follow from it. Belongs into the caller's transaction."""
    if not is_locked:
        lock_learners([learner])
    standing = standings([module.pk], [learner])[learner, module.pk]
    row = _row((learner, module.pk), standing, now)
    _write([row])
    if rules.is_complete(standing) and not standing.completed:
        _add_facts("module_id", [(learner, module.pk)], now)
        others = Module.objects.filter(programme=module.programme_id, retired_at=None)
        if not others.exclude(completions__learner=learner).exists():
            _add_facts("programme_id", [(learner, module.programme_id)], now)
    return row


def count_batch(programme: int, modules: Sequence[int], learners: Sequence[UUID], now: datetime) -> list[Difference]:
    """The same for many learners and all modules of a programme. Returns what was wrong before."""
    lock_learners(learners)
    found = standings(modules, learners)
    wrong = _compare(found, modules, learners, now)
    _write([difference.row for difference in wrong])
    finished = [pair for pair, standing in found.items() if rules.is_complete(standing) and not standing.completed]
    _add_facts("module_id", finished, now)
    _add_programme_facts(programme, modules, found, learners, now)
    return wrong


def differences(modules: Sequence[int], learners: Sequence[UUID], now: datetime) -> list[Difference]:
    """What count_batch would mend. Takes no lock and writes nothing."""
    return _compare(standings(modules, learners), modules, learners, now)


def live_modules(programme: int) -> list[int]:
    return list(Module.objects.filter(programme=programme, retired_at=None).values_list("pk", flat=True))


def batches(modules: Sequence[int]) -> Iterator[list[UUID]]:
    """Everybody who has a fact or a row in these modules, some hundred at a time, always in the same order."""
    rows = ModuleProgress.objects.filter(module__in=modules).values_list("learner_id", flat=True).distinct()
    everybody = sorted({*learners_with_facts(modules), *rows})
    for start in range(0, len(everybody), BATCH):
        yield everybody[start : start + BATCH]


def _row(pair: Pair, standing: Standing, now: datetime) -> ModuleProgress:
    return ModuleProgress(
        learner_id=pair[0],
        module_id=pair[1],
        done=min(standing.done, standing.total),
        total=standing.total,
        quiz_passed=standing.quiz_passed,
        attempts=standing.attempts,
        best_score=standing.best_score,
        state=rules.state(standing),
        last_active_at=standing.last_active_at,
        updated_at=now,
    )


def _compare(
    found: dict[Pair, Standing], modules: Sequence[int], learners: Sequence[UUID], now: datetime
) -> list[Difference]:
    rows = ModuleProgress.objects.filter(module__in=modules, learner__in=learners)
    stored = {(row.learner_id, row.module_id): row for row in rows}
    wrong = []
    for pair, standing in found.items():
        was, row = stored.get(pair), _row(pair, standing, now)
        lacks_fact = rules.is_complete(standing) and not standing.completed
        if was is None:
            differs = row.state != rules.NOT_STARTED
        else:
            differs = any(getattr(was, name) != getattr(row, name) for name in COUNTED)
        if differs or lacks_fact:
            wrong.append(Difference(row=row, was=was, lacks_fact=lacks_fact))
    return wrong


def _write(rows: Iterable[ModuleProgress]) -> None:
    ModuleProgress.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["learner", "module"], update_fields=[*COUNTED, "updated_at"]
    )


def _add_facts(target: str, pairs: Iterable[tuple[UUID, int]], now: datetime) -> None:
    """Facts are only added; one that is there already stays as it is (Q-25)."""
    records = [CompletionRecord(learner_id=learner, completed_at=now, **{target: pk}) for learner, pk in pairs]
    CompletionRecord.objects.bulk_create(records, ignore_conflicts=True)


def _add_programme_facts(
    programme: int, modules: Sequence[int], found: dict[Pair, Standing], learners: Sequence[UUID], now: datetime
) -> None:
    def has_all(learner: UUID) -> bool:
        return all(rules.state(found[learner, module]) == rules.COMPLETED for module in modules)

    finished = [learner for learner in learners if modules and has_all(learner)]
    records = CompletionRecord.objects.filter(programme=programme, learner__in=finished)
    new = set(finished).difference(records.values_list("learner_id", flat=True))
    _add_facts("programme_id", [(learner, programme) for learner in new], now)

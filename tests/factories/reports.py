"""Reports as rows, and invented groups in all states of progress."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from lms.cohorts.models import Cohort, CohortModule, Enrolment
from lms.people.models import User
from lms.progress.models import ModuleProgress
from lms.reports.models import Report
from modules.models import Module
from tests.factories.cohorts import make_cohort
from tests.factories.modules import make_module, make_programme

LESSONS = 6


def make_report(cohort: Cohort, requested_by: User, *, now: datetime, **fields: Any) -> Report:
    """A waiting report on completion, as CSV."""
    defaults: dict[str, Any] = {"kind": "completion", "format": "csv", "language": "en", "requested_at": now}
    return Report.objects.create(cohort=cohort, requested_by=requested_by, **{**defaults, **fields})


def make_group(*, size: int = 24, modules: int = 5, seed: int = 1, now: datetime, **fields: Any) -> Cohort:
    """A cohort with due days each second week, whose learners stand anywhere between nothing and done.

    Rows are written in bulk and without accounts' passwords, so that a thousand learners take a second.
    """
    programme = make_programme()
    lines = [make_module(programme, title={"en": f"Module {n}", "bg": f"Модул {n}"}) for n in range(1, modules + 1)]
    cohort = make_cohort(programme=programme, **fields)
    for place, line in enumerate(CohortModule.objects.filter(cohort=cohort).order_by("module__position"), start=1):
        line.due_on = cohort.starts_on + timedelta(days=14 * place - 4)
        line.save()
    learners = User.objects.bulk_create(
        User(email=f"{cohort.code}-{n:05}@example.org", display_name=f"Trainee {n:05}", password="!")
        for n in range(1, size + 1)
    )
    joined = now - timedelta(days=60)
    Enrolment.objects.bulk_create(Enrolment(cohort=cohort, learner=learner, joined_at=joined) for learner in learners)
    add_progress(learners, lines, seed=seed, now=now)
    return cohort


def add_progress(learners: Sequence[User], modules: Sequence[Module], *, seed: int, now: datetime) -> None:
    """Plausible rows of the projection: one module after the other, the last one anywhere in between."""
    random = Random(seed)
    rows: list[ModuleProgress] = []
    for learner in learners:
        last = now - timedelta(days=random.choice([0, 0, 1, 2, 3, 4, 6, 9, 16, 30]), hours=random.randrange(5))
        rows += _path(learner, modules, random.randrange(len(modules) + 1), last, random, now)
    ModuleProgress.objects.bulk_create(rows, batch_size=2000)


def _path(
    learner: User, modules: Sequence[Module], completed: int, last: datetime, random: Random, now: datetime
) -> list[ModuleProgress]:
    rows = [
        ModuleProgress(
            learner=learner,
            module=module,
            done=LESSONS,
            total=LESSONS,
            quiz_passed=True,
            attempts=random.choice([1, 1, 2]),
            best_score=Decimal(random.randrange(80, 101)) / 100,
            state="completed",
            last_active_at=last - timedelta(days=7 * (completed - place)),
            updated_at=now,
        )
        for place, module in enumerate(modules[:completed])
    ]
    if completed < len(modules) and random.random() < 0.85:
        done = random.randrange(1, LESSONS + 1)
        attempts = random.choice([0, 1, 2, 3, 4]) if done == LESSONS else 0
        rows.append(
            ModuleProgress(
                learner=learner,
                module=modules[completed],
                done=done,
                total=LESSONS,
                attempts=attempts,
                best_score=Decimal(random.randrange(20, 80)) / 100 if attempts else None,
                state="started",
                last_active_at=last,
                updated_at=now,
            )
        )
    return rows


def set_due(cohort: Cohort, module: Module, due_on: date | None, opens_on: date | None = None) -> None:
    CohortModule.objects.filter(cohort=cohort, module=module).update(due_on=due_on, opens_on=opens_on)

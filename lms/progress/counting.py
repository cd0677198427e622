"""Counts the facts, for one learner or for many at once: four queries, whatever their number. Writes nothing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q
from django.db.models.functions import Coalesce

from lms.progress.models import CompletionRecord, LessonVisit
from lms.progress.rules import Standing
from modules.models import Module
from quizzes.models import Attempt, AttemptState, Purpose

Pair = tuple[UUID, int]  # learner, module

LIVE_LESSON = Q(lesson__required=True, lesson__retired_at__isnull=True)
LIVE_FINAL = Q(quiz__purpose=Purpose.FINAL, quiz__retired_at__isnull=True)


def standings(modules: Collection[int], learners: Collection[UUID]) -> dict[Pair, Standing]:
    """The standing of each of these learners in each of these modules, those without any fact included."""
    bare = _bare(modules)
    found = {(learner, module): standing for learner in learners for module, standing in bare.items()}
    for row in _completions(modules, learners):
        pair = row["learner_id"], row["of_module"]
        found[pair] = replace(
            found[pair],
            done=row["done"],
            quiz_passed=bool(row["passed"]),
            completed=bool(row["completed"]),
            last_active_at=row["last"],
        )
    for row in _attempts(modules, learners):
        pair = row["learner_id"], row["quiz__module_id"]
        last = _latest(found[pair].last_active_at, row["started"], row["submitted"])
        found[pair] = replace(found[pair], attempts=row["finished"], best_score=row["best"], last_active_at=last)
    for row in _visits(modules, learners):
        pair = row["learner_id"], row["lesson__module_id"]
        found[pair] = replace(found[pair], last_active_at=_latest(found[pair].last_active_at, row["last"]))
    return found


def _latest(*moments: datetime | None) -> datetime | None:
    # In Python: the engines disagree on what GREATEST makes of NULL.
    return max((moment for moment in moments if moment), default=None)


def _bare(modules: Collection[int]) -> Mapping[int, Standing]:
    """What each module asks for."""
    rows = (
        Module.objects.filter(pk__in=modules)
        .order_by()
        .annotate(
            lessons_asked=Count("lessons", distinct=True, filter=Q(lessons__required=True, lessons__retired_at=None)),
            finals=Count("quizzes", distinct=True, filter=Q(quizzes__purpose=Purpose.FINAL, quizzes__retired_at=None)),
        )
        .values_list("pk", "lessons_asked", "finals")
    )
    return {pk: Standing(total=lessons, has_final=finals > 0) for pk, lessons, finals in rows}


def _completions(modules: Collection[int], learners: Collection[UUID]) -> Iterable[Any]:
    return (
        CompletionRecord.objects.filter(learner__in=learners)
        .filter(Q(lesson__module__in=modules) | Q(quiz__module__in=modules) | Q(module__in=modules))
        .annotate(of_module=Coalesce("lesson__module_id", "quiz__module_id", "module_id"))
        .values("learner_id", "of_module")
        .annotate(
            done=Count("lesson_id", distinct=True, filter=LIVE_LESSON),
            passed=Count("quiz_id", filter=LIVE_FINAL),
            completed=Count("module_id"),
            last=Max("completed_at", filter=Q(module__isnull=True)),
        )
    )


def _attempts(modules: Collection[int], learners: Collection[UUID]) -> Iterable[Any]:
    finished = LIVE_FINAL & Q(state=AttemptState.SUBMITTED)
    return (
        Attempt.objects.filter(learner__in=learners, quiz__module__in=modules)
        .exclude(state=AttemptState.VOID)
        .values("learner_id", "quiz__module_id")
        .annotate(
            finished=Count("pk", filter=finished),
            best=Max("score", filter=finished),
            started=Max("started_at"),
            submitted=Max("submitted_at"),
        )
    )


def _visits(modules: Collection[int], learners: Collection[UUID]) -> Iterable[Any]:
    return (
        LessonVisit.objects.filter(learner__in=learners, lesson__module__in=modules)
        .values("learner_id", "lesson__module_id")
        .annotate(last=Max("last_at"))
    )


def learners_with_facts(modules: Collection[int]) -> list[UUID]:
    """Everybody who has a fact or a row in one of these modules, in a fixed order."""
    found: set[UUID] = set()
    found.update(LessonVisit.objects.filter(lesson__module__in=modules).values_list("learner_id", flat=True).distinct())
    found.update(Attempt.objects.filter(quiz__module__in=modules).values_list("learner_id", flat=True).distinct())
    in_modules = Q(lesson__module__in=modules) | Q(quiz__module__in=modules) | Q(module__in=modules)
    found.update(CompletionRecord.objects.filter(in_modules).values_list("learner_id", flat=True).distinct())
    return sorted(found)

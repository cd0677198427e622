"""Counts the facts, for one learner or for many at once: two queries, whatever their number. Writes nothing."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Count, DateTimeField, DecimalField, F, Max, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from lms.progress.models import CompletionRecord, LessonVisit
from lms.progress.rules import Standing
from lms.shared.prepared import PreparedRows
from modules.models import Module
from quizzes.models import Attempt, AttemptState, Purpose

Pair = tuple[UUID, int]  # learner, module

LIVE_LESSON = Q(lesson__required=True, lesson__retired_at__isnull=True)
LIVE_FINAL = Q(quiz__purpose=Purpose.FINAL, quiz__retired_at__isnull=True)


def standings(modules: Collection[int], learners: Collection[UUID]) -> dict[Pair, Standing]:
    """The standing of each of these learners in each of these modules, those without any fact included."""
    one = len(modules) == len(learners) == 1
    bare = _one_bare.of(*modules) if one else _bare(modules)
    asked = {pk: Standing(total=lessons, has_final=finals > 0) for pk, lessons, finals in bare}
    facts = _one_facts.of(*modules, *learners) if one else _facts(modules, learners)
    found = {(learner, module): standing for learner in learners for module, standing in asked.items()}
    for learner, module, done, passed, completed, finished, best, last in facts:
        known = found[learner, module]
        found[learner, module] = replace(
            known,
            done=known.done + done,
            quiz_passed=known.quiz_passed or passed > 0,
            completed=known.completed or completed > 0,
            attempts=known.attempts + finished,
            best_score=known.best_score if best is None else best,
            last_active_at=max(filter(None, (known.last_active_at, last)), default=None),
        )
    return found


def _bare(modules: Collection[int]) -> QuerySet[Module, tuple[int, int, int]]:
    """What each module asks for: its lessons and final quizzes."""
    return (
        Module.objects.filter(pk__in=modules)
        .order_by()
        .annotate(
            lessons_asked=Count("lessons", distinct=True, filter=Q(lessons__required=True, lessons__retired_at=None)),
            finals=Count("quizzes", distinct=True, filter=Q(quizzes__purpose=Purpose.FINAL, quizzes__retired_at=None)),
        )
        .values_list("pk", "lessons_asked", "finals")
    )


def _facts(modules: Collection[int], learners: Collection[UUID]) -> QuerySet[Any, tuple[Any, ...]]:
    """Completions, attempts and visits, each summed up by learner and module, as rows of the same form in one query."""
    records = CompletionRecord.objects.filter(
        Q(lesson__module__in=modules) | Q(quiz__module__in=modules) | Q(module__in=modules), learner__in=learners
    )
    attempts = Attempt.objects.filter(learner__in=learners, quiz__module__in=modules).exclude(state=AttemptState.VOID)
    visits = LessonVisit.objects.filter(learner__in=learners, lesson__module__in=modules)
    finished = LIVE_FINAL & Q(state=AttemptState.SUBMITTED)
    completions = _rows(
        records,
        Coalesce("lesson__module_id", "quiz__module_id", "module_id"),
        done=Count("lesson_id", distinct=True, filter=LIVE_LESSON),
        passed=Count("quiz_id", filter=LIVE_FINAL),
        completed=Count("module_id"),
        last=Max("completed_at", filter=Q(module__isnull=True)),
    )
    # An attempt ends after it began, so the later of the two is the end, or the beginning while there is no end.
    tries = _rows(
        attempts,
        F("quiz__module_id"),
        finished=Count("pk", filter=finished),
        best=Max("score", filter=finished),
        last=Max(Coalesce("submitted_at", "started_at")),
    )
    return completions.union(tries, _rows(visits, F("lesson__module_id"), last=Max("last_at")), all=True)


def _rows(facts: QuerySet[Any], module: Any, **sums: Any) -> QuerySet[Any, tuple[Any, ...]]:
    """Eight columns, those without a sum empty. Typed, because PostgreSQL takes a bare NULL for text in a union."""
    empty: dict[str, Any] = dict.fromkeys(("done", "passed", "completed", "finished"), Value(0))
    empty["best"] = Cast(Value(None), DecimalField(max_digits=5, decimal_places=4))
    empty["last"] = Cast(Value(None), DateTimeField())
    columns = {**empty, **sums}
    grouped = facts.order_by().annotate(of_module=module).values("learner_id", "of_module")
    summed = grouped.annotate(**{f"_{name}": column for name, column in columns.items()})
    rows: QuerySet[Any, tuple[Any, ...]] = summed.values_list(
        "learner_id", "of_module", *(f"_{name}" for name in columns)
    )
    return rows


# After each act one learner is counted in one module, by the same statements.
_one_bare = PreparedRows(lambda module: _bare([module]))
_one_facts = PreparedRows(lambda module, learner: _facts([module], [learner]))


def learners_with_facts(modules: Collection[int]) -> list[UUID]:
    """Everybody who has a fact or a row in one of these modules, in a fixed order."""
    found: set[UUID] = set()
    found.update(LessonVisit.objects.filter(lesson__module__in=modules).values_list("learner_id", flat=True).distinct())
    found.update(Attempt.objects.filter(quiz__module__in=modules).values_list("learner_id", flat=True).distinct())
    in_modules = Q(lesson__module__in=modules) | Q(quiz__module__in=modules) | Q(module__in=modules)
    found.update(CompletionRecord.objects.filter(in_modules).values_list("learner_id", flat=True).distinct())
    return sorted(found)

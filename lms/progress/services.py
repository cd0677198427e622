"""Verbs that change what a learner has done. Whatever finishes a quiz attempt comes through here."""

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from lms.people.models import User
from lms.progress import availability, projection
from lms.progress.models import CompletionRecord, LessonVisit, ModuleProgress
from modules.models import LessonRevision, Module, Programme
from quizzes import outcomes
from quizzes.access import access_quiz
from quizzes.models import Attempt
from quizzes.services import start_attempt

log = logging.getLogger(__name__)

# Reading stays cheap: a page that is opened again within this time writes nothing.
VISIT_PAUSE = timedelta(minutes=1)


def open_lesson(*, learner: User, revision: LessonRevision, now: datetime) -> LessonVisit:
    """Note that the learner opened the lesson, at most once a minute."""
    # Before the transaction: a read must not take SQLite's write lock.
    known = LessonVisit.objects.filter(learner=learner, lesson=revision.lesson_id).first()
    if known is None:
        return _visit(learner, revision, now)
    if known.revision_id != revision.pk or now - known.last_at >= VISIT_PAUSE:
        _visit_again(known, revision, now)
    return known


@transaction.atomic
def _visit(learner: User, revision: LessonRevision, now: datetime) -> LessonVisit:
    visit = LessonVisit(learner=learner, lesson=revision.lesson, revision=revision, first_at=now, last_at=now)
    LessonVisit.objects.bulk_create([visit], ignore_conflicts=True)  # in another window it may be there by now
    projection.count_one(learner.pk, revision.lesson.module, now)
    return visit


@transaction.atomic
def _visit_again(visit: LessonVisit, revision: LessonRevision, now: datetime) -> None:
    visit.revision, visit.last_at = revision, max(visit.last_at, now)
    LessonVisit.objects.filter(pk=visit.pk).update(revision=revision, last_at=visit.last_at)
    # Of all that is counted, coming back changes this alone.
    mine = ModuleProgress.objects.filter(learner=visit.learner_id, module=revision.lesson.module_id)
    mine.filter(last_active_at__lt=now).update(last_active_at=now, updated_at=now)


@transaction.atomic
def complete_lesson(*, learner: User, revision: LessonRevision, now: datetime) -> CompletionRecord:
    """Record that the learner finished the lesson. Saying it twice changes nothing (Q-25)."""
    record, is_new = CompletionRecord.objects.get_or_create(
        learner=learner,
        lesson=revision.lesson,
        edition=revision.edition,
        defaults={"lesson_revision": revision, "completed_at": now},
    )
    if is_new:
        projection.count_one(learner.pk, revision.lesson.module, now)
    return record


@transaction.atomic
def start_quiz(*, learner: User, quiz_key: str, language: str, now: datetime) -> Attempt:
    """The learner's open attempt or a new one, if the module is open. Raises NotOpen and what start_attempt does."""
    quiz = access_quiz(quiz_key)
    availability.require_open(learner=learner, module=quiz.module, now=now)
    attempt = start_attempt(learner=learner, quiz_key=quiz_key, language=language, now=now)
    if attempt.started_at == now:
        projection.count_one(learner.pk, quiz.module, now)
    return attempt


@transaction.atomic
def submit_quiz(
    *,
    attempt: Attempt,
    answers: Mapping[int, Mapping[str, Any] | None],
    now: datetime,
    versions: Mapping[int, int] | None = None,
) -> Attempt:
    """Finish an attempt: save what came along, mark, record a pass, move progress. Twice is the same as once (Q-06).

    Raises what quizzes.outcomes.submit_attempt raises; then nothing is finished.
    """
    outcome = outcomes.submit_attempt(attempt=attempt, answers=answers, versions=versions, now=now)
    attempt = outcome.attempt
    if outcome.is_new:
        if attempt.passed:
            passed = CompletionRecord(
                learner_id=attempt.learner_id, quiz=attempt.quiz, attempt=attempt, completed_at=now
            )
            CompletionRecord.objects.bulk_create([passed], ignore_conflicts=True)
        projection.count_one(attempt.learner_id, attempt.quiz.module, now, is_locked=True)  # with the attempt
    return attempt


@transaction.atomic
def refresh_module(*, learner: User, module: Module, now: datetime) -> ModuleProgress:
    """Bring one learner's row for one module up to date, and add the facts that follow: module, programme completed."""
    return projection.count_one(learner.pk, module, now)


@transaction.atomic
def recount(*, programme: Programme, now: datetime) -> int:
    """Bring everybody's rows of a programme up to date, as after an import. Returns the number of rows that changed."""
    modules = projection.live_modules(programme.pk)
    return sum(len(projection.count_batch(programme.pk, modules, batch, now)) for batch in projection.batches(modules))


def check_progress(*, now: datetime, mend: bool = True) -> list[projection.Difference]:
    """Compare every row with the facts, a batch at a time; mend what differs and log it. Reading takes no lock."""
    found: list[projection.Difference] = []
    for programme, modules, batch in _everybody():
        wrong = projection.differences(modules, batch, now)
        if wrong and mend:
            with transaction.atomic():
                wrong = projection.count_batch(programme, modules, batch, now)
        found += wrong
    for difference in found:
        log.warning("progress differed from the facts: %s", difference)
    return found


def rebuild_progress(*, now: datetime) -> list[projection.Difference]:
    """Count everybody anew, a batch in a transaction, missing completions of programmes included."""
    found: list[projection.Difference] = []
    for programme, modules, batch in _everybody():
        with transaction.atomic():
            found += projection.count_batch(programme, modules, batch, now)
    return found


def _everybody() -> Iterator[tuple[int, list[int], list[UUID]]]:
    for programme in Programme.objects.order_by("pk").values_list("pk", flat=True):
        modules = projection.live_modules(programme)
        for batch in projection.batches(modules):
            yield programme, modules, batch

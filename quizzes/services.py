"""Starting an attempt, saving answers. Finishing one is lms.progress.services.submit_quiz: it also moves progress."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.db import IntegrityError, transaction

from lms.people.models import User
from lms.shared.refusals import NotHere, Refusal
from quizzes.answers import (
    AttemptFinished,
    MalformedAnswer,
    StaleAnswer,
    lock_open_attempt,
    replaces,
    slots,
    store,
)
from quizzes.drawing import draw
from quizzes.late import late_answers_kept
from quizzes.models import Attempt, AttemptState, Quiz, QuizItem, QuizRevision, Response

__all__ = ["AttemptFinished", "MalformedAnswer", "StaleAnswer"]

TRIES = 5


class NoAttemptsLeft(Refusal):
    """All attempts that the quiz allows are used. `details`: allowed."""

    code: ClassVar[str] = "no_attempts_left"


class QuizRetired(Refusal):
    """The quiz is no longer part of the programme. Attempts already open may be finished."""

    code: ClassVar[str] = "quiz_retired"


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of several answers, by position: versions now stored, what stands in the way, what is no answer."""

    versions: dict[int, int] = field(default_factory=dict)
    stale: dict[int, StaleAnswer] = field(default_factory=dict)
    malformed: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is stored now."""

    kind: str
    answer: Mapping[str, Any]
    version: int


def start_attempt(*, learner: User, quiz_key: str, language: str, now: datetime) -> Attempt:
    """The learner's open attempt at the quiz, or a new one on the live revision (Q-03).

    Raises NotHere, QuizRetired, NoAttemptsLeft. For people use lms.progress.services.start_quiz: it also asks whether
    the module is open for them.
    """
    for _ in range(TRIES - 1):
        try:
            return _start(learner, quiz_key, language, now)
        except IntegrityError:
            continue  # another request was first: its attempt is there now
    return _start(learner, quiz_key, language, now)


@transaction.atomic
def _start(learner: User, quiz_key: str, language: str, now: datetime) -> Attempt:
    quiz = Quiz.objects.select_related("module__programme").filter(key=quiz_key).first()
    if quiz is None:
        raise NotHere
    earlier = list(Attempt.objects.filter(learner=learner, quiz=quiz).order_by("number"))
    for attempt in earlier:
        if attempt.state == AttemptState.OPEN:
            attempt.quiz = quiz
            return attempt
    if quiz.retired_at:
        raise QuizRetired
    revision = QuizRevision.objects.filter(quiz=quiz, is_live=True).first()
    if revision is None:
        raise NotHere
    used = sum(attempt.state != AttemptState.VOID for attempt in earlier)
    if revision.attempts_allowed and used >= revision.attempts_allowed:
        raise NoAttemptsLeft(allowed=revision.attempts_allowed)
    # The number is unique for learner and quiz: of two that counted the same attempts, one looks again.
    number = max((attempt.number for attempt in earlier), default=0) + 1
    attempt = Attempt(learner=learner, quiz=quiz, revision=revision, number=number, language=language, started_at=now)
    attempt.drawn = _drawn(attempt, earlier)
    attempt.save(force_insert=True)
    return attempt


def _drawn(attempt: Attempt, earlier: Sequence[Attempt]) -> list[int] | None:
    """Which questions the attempt gets, rather others than the one before; None: all. One query where it draws."""
    if not attempt.revision.draw:
        return None
    items = QuizItem.objects.filter(quiz_revision=attempt.revision_id)
    pool = dict(items.order_by().values_list("position", "question_revision__body__lesson"))
    last = earlier[-1] if earlier and earlier[-1].revision_id == attempt.revision_id else None
    return draw(pool, attempt.revision.draw, str(attempt.pk), (last.drawn if last else None) or ())


def save_response(
    *, attempt: Attempt, position: int, answer: Mapping[str, Any] | None, version: int | None, now: datetime
) -> Kept:
    """Store one answer; None takes it back. Sending the same again changes nothing (Q-01).

    `version` is the one the writer last saw, None when none. Raises AttemptFinished, StaleAnswer, MalformedAnswer.
    """
    with late_answers_kept(attempt, {position: answer}, now), transaction.atomic():
        return _save_response(attempt, position, answer, version, now)


def _save_response(
    attempt: Attempt, position: int, answer: Mapping[str, Any] | None, version: int | None, now: datetime
) -> Kept:
    attempt = lock_open_attempt(attempt.pk)
    slot = slots(attempt, position).get(position)
    if slot is None:
        raise MalformedAnswer(position=position)
    new = replaces(slot, answer, version)
    if new is None:
        return Kept(slot.kind, slot.answer or {}, slot.version)
    kept = Kept(slot.kind, new, slot.version + 1)
    store([Response(attempt=attempt, item_id=slot.item_id, answer=new, version=kept.version, saved_at=now)])
    return kept


def save_answers(
    *, attempt: Attempt, answers: Mapping[int, Mapping[str, Any] | None], versions: Mapping[int, int], now: datetime
) -> Saved:
    """Store a whole form. What cannot be stored is named and does not keep the others out (Q-20).

    Raises AttemptFinished.
    """
    with late_answers_kept(attempt, answers, now), transaction.atomic():
        return _save_answers(attempt, answers, versions, now)


def _save_answers(
    attempt: Attempt, answers: Mapping[int, Mapping[str, Any] | None], versions: Mapping[int, int], now: datetime
) -> Saved:
    attempt = lock_open_attempt(attempt.pk)
    found = slots(attempt)
    saved, responses = Saved(), []
    for position, answer in answers.items():
        slot = found.get(position)
        if slot is None or (answer is None and not slot.version):
            continue
        try:
            new = replaces(slot, answer, versions.get(position))
        except StaleAnswer as refusal:
            saved.stale[position] = refusal
        except MalformedAnswer:
            saved.malformed.add(position)
        else:
            version = slot.version + (new is not None)
            saved.versions[position] = version
            if new is not None:
                responses.append(
                    Response(attempt=attempt, item_id=slot.item_id, answer=new, version=version, saved_at=now)
                )
    store(responses)
    return saved

"""What is stored for each question of an attempt, and whether a new answer may take its place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import FilteredRelation, Q

from lms.shared.refusals import NotHere, Refusal
from quizzes.items import ITEM_TYPES
from quizzes.models import Attempt, AttemptState, QuizItem, Response

# An answer that was taken back. The row stays, so that its version goes on counting; finishing removes it.
TAKEN_BACK: Mapping[str, Any] = {}


class AttemptFinished(Refusal):
    """The attempt was finished; what counted is what was saved until then (Q-04)."""

    code: ClassVar[str] = "attempt_finished"


class StaleAnswer(Refusal):
    """Another answer was saved since this page last heard of it. `details`: position, answer, version (Q-05)."""

    code: ClassVar[str] = "stale_answer"


class MalformedAnswer(Refusal):
    """Not an answer to this question, or there is no such question. `details`: position."""

    code: ClassVar[str] = "malformed_answer"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Slot:
    """One question of one attempt with what is stored; `version` is 0 while nothing is.

    `position` is its address in the quiz, `ordinal` the number that the learner sees: they differ where questions are
    drawn.
    """

    ordinal: int
    item_id: int
    position: int
    points: int
    kind: str
    body: Mapping[str, Any]
    question_revision_id: int
    answer: Mapping[str, Any] | None
    version: int
    saved_at: datetime | None

    @property
    def is_answered(self) -> bool:
        return bool(self.answer)


def lock_open_attempt(attempt_id: UUID) -> Attempt:
    """The attempt, held until the transaction ends, so that saving and finishing come one after the other (Q-04)."""
    attempt = lock_attempt(attempt_id)
    if attempt.state != AttemptState.OPEN:
        raise AttemptFinished(attempt=str(attempt.pk))
    return attempt


def lock_attempt(attempt_id: UUID, *, with_learner: bool = False) -> Attempt:
    """`with_learner`: so that two acts of one learner are counted one after the other (lms.progress.projection)."""
    related, locked = ["revision", "quiz__module"], ["self"]
    if with_learner:
        related, locked = [*related, "learner"], [*locked, "learner"]
    attempts = Attempt.objects.select_related(*related).select_for_update(of=locked, no_key=True)
    attempt = attempts.filter(pk=attempt_id).first()
    if attempt is None:
        raise NotHere
    return attempt


def slots(attempt: Attempt, position: int | None = None) -> dict[int, Slot]:
    """The questions of an attempt by position (or the one at this position), with what is stored. One query."""
    items = QuizItem.objects.filter(quiz_revision=attempt.revision_id).annotate(
        mine=FilteredRelation("responses", condition=Q(responses__attempt=attempt.pk))
    )
    if attempt.drawn is not None:
        items = items.filter(position__in=attempt.drawn)
    if position is not None:
        items = items.filter(position=position)
    rows = items.order_by("position").values_list(
        "pk",
        "position",
        "points",
        "question_revision__question__kind",
        "question_revision__body",
        "question_revision_id",
        "mine__answer",
        "mine__version",
        "mine__saved_at",
    )
    return {row[1]: Slot(_ordinal(attempt, row[1]), *row[:7], version=row[7] or 0, saved_at=row[8]) for row in rows}


def _ordinal(attempt: Attempt, position: int) -> int:
    return position if attempt.drawn is None else attempt.drawn.index(position) + 1


def replaces(slot: Slot, answer: Mapping[str, Any] | None, version: int | None) -> Mapping[str, Any] | None:
    """What to store, or None when it is stored already. `version` is what the writer last knew; None: nothing.

    Raises MalformedAnswer, and StaleAnswer when another answer was stored in the meantime.
    """
    new = TAKEN_BACK if answer is None else answer
    if new and not ITEM_TYPES[slot.kind].fits(slot.body, new):
        raise MalformedAnswer(position=slot.position)
    if slot.version and slot.answer == new:
        return None
    if slot.version and slot.version != (version or 0):
        raise StaleAnswer(position=slot.position, answer=slot.answer, version=slot.version)
    return new


def store(responses: Iterable[Response], *also: str) -> None:
    """Insert or replace, all in one query."""
    Response.objects.bulk_create(
        responses,
        update_conflicts=True,
        unique_fields=["attempt", "item"],
        update_fields=["answer", "version", "saved_at", *also],
    )

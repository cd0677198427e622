"""Answers that come after the end of their attempt: they do not count, and they are not lost (Q-04)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from quizzes.answers import TAKEN_BACK, AttemptFinished, Slot, slots
from quizzes.items import ITEM_TYPES
from quizzes.models import Attempt, LateAnswer


@contextmanager
def late_answers_kept(
    attempt: Attempt, answers: Mapping[int, Mapping[str, Any] | None], now: datetime
) -> Iterator[None]:
    """Around a transaction that may end in AttemptFinished. The refusal goes on, with `late`: how many were kept."""
    try:
        yield
    except AttemptFinished as refusal:
        refusal.details["late"] = keep_late_answers(attempt, answers, now)
        raise


def keep_late_answers(attempt: Attempt, answers: Mapping[int, Mapping[str, Any] | None], now: datetime) -> int:
    """Keep those that say something else than what counted, one a question. Returns how many. Two queries."""
    found = slots(attempt)
    late = [
        LateAnswer(attempt_id=attempt.pk, item_id=found[position].item_id, answer=answer, arrived_at=now)
        for position, answer in ((position, answer or TAKEN_BACK) for position, answer in answers.items())
        if position in found and _is_late(found[position], answer)
    ]
    LateAnswer.objects.bulk_create(
        late,
        update_conflicts=True,
        unique_fields=["attempt", "item"],
        update_fields=["answer", "arrived_at"],
    )
    return len(late)


def _is_late(slot: Slot, answer: Mapping[str, Any]) -> bool:
    fits = not answer or ITEM_TYPES[slot.kind].fits(slot.body, answer)
    return fits and answer != (slot.answer or TAKEN_BACK)


def late_answers(attempt: Attempt) -> dict[int, Mapping[str, Any]]:
    """What came too late, by position. One query."""
    rows = LateAnswer.objects.filter(attempt=attempt).order_by("item__position")
    return dict(rows.values_list("item__position", "answer"))

"""Closing an attempt. Protected: only lms.progress.services calls it, as progress moves in the same transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from quizzes.answers import AttemptFinished, MalformedAnswer, Slot, lock_attempt, replaces, slots, store
from quizzes.late import keep_late_answers
from quizzes.marking import Entry, Marked, mark
from quizzes.models import Attempt, AttemptState, Mark, Response


@dataclass(frozen=True, slots=True)
class Outcome:
    """The finished attempt, and whether it was this call that finished it."""

    attempt: Attempt
    is_new: bool


@transaction.atomic
def submit_attempt(
    *,
    attempt: Attempt,
    answers: Mapping[int, Mapping[str, Any] | None],
    versions: Mapping[int, int] | None,
    now: datetime,
) -> Outcome:
    """Save the answers that came along, mark all against the pinned revision, close. A second call changes nothing;
    what it says otherwise is kept as late (Q-04).

    With `versions`, an answer that another page replaced in the meantime raises StaleAnswer and nothing is closed;
    without, the answers that came along count. Raises MalformedAnswer, and AttemptFinished for a void attempt.
    """
    attempt = lock_attempt(attempt.pk, with_learner=True)
    if attempt.state == AttemptState.SUBMITTED:
        if answers:
            keep_late_answers(attempt, answers, now)
        return Outcome(attempt, is_new=False)
    if attempt.state == AttemptState.VOID:
        raise AttemptFinished(attempt=str(attempt.pk))
    final = _with_answers(slots(attempt), answers, versions, now)
    marked = mark(map(_entry, final), attempt.revision.pass_mark)
    _write_marks(attempt, final, marked, now)
    attempt.state, attempt.submitted_at = AttemptState.SUBMITTED, now
    attempt.score, attempt.passed = marked.score, marked.passed
    closed = Attempt.objects.filter(pk=attempt.pk, state=AttemptState.OPEN).update(
        state=attempt.state, submitted_at=now, score=marked.score, passed=marked.passed
    )
    if not closed:  # the lock makes this impossible; a database without locks would show here, not in two sets of marks
        raise AttemptFinished(attempt=str(attempt.pk))
    return Outcome(attempt, is_new=True)


def _with_answers(
    found: dict[int, Slot],
    answers: Mapping[int, Mapping[str, Any] | None],
    versions: Mapping[int, int] | None,
    now: datetime,
) -> list[Slot]:
    for position, answer in answers.items():
        slot = found.get(position)
        if slot is None:
            raise MalformedAnswer(position=position)
        if answer is None and not slot.version:
            continue
        new = replaces(slot, answer, slot.version if versions is None else versions.get(position))
        if new is not None:
            found[position] = replace(slot, answer=new, version=slot.version + 1, saved_at=now)
    return list(found.values())


def _entry(slot: Slot) -> Entry:
    answer = slot.answer if slot.is_answered else None
    return Entry(position=slot.position, kind=slot.kind, body=slot.body, points=slot.points, answer=answer)


def _write_marks(attempt: Attempt, final: list[Slot], marked: Marked, now: datetime) -> None:
    answered = [slot for slot in final if slot.is_answered]
    responses = [
        Response(
            attempt=attempt,
            item_id=slot.item_id,
            answer=slot.answer,
            version=slot.version,
            saved_at=slot.saved_at or now,
            score=marked.shares[slot.position],
        )
        for slot in answered
    ]
    store(responses, "score")
    if len(answered) < sum(slot.version > 0 for slot in final):
        Response.objects.filter(attempt=attempt).exclude(item__in=[slot.item_id for slot in answered]).delete()
    Mark.objects.bulk_create(
        Mark(
            response=response,
            score=marked.shares[slot.position],
            given_at=now,
            question_revision_id=slot.question_revision_id,
        )
        for slot, response in zip(answered, responses, strict=True)
    )

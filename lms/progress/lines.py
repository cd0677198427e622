"""What one learner has done of lessons and quizzes, put beside what there is to study."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BigIntegerField, IntegerField, Q, QuerySet, Value

from lms.people.models import User
from lms.progress.course import LessonEntry, QuizEntry
from lms.progress.models import CompletionRecord, LessonVisit
from lms.progress.next_step import LessonLine, QuizLine
from lms.shared.prepared import PreparedRows
from quizzes.models import Attempt, AttemptState

VISITED = 0  # in the place of an edition, which begins with 1


@dataclass(frozen=True, slots=True)
class Marks:
    """Newest edition finished and when, by lesson; last visit, by lesson; quizzes passed."""

    done: dict[int, tuple[int, datetime]] = field(default_factory=dict)
    visited: dict[int, datetime] = field(default_factory=dict)
    passed: set[int] = field(default_factory=set)


def marks(learner: User | None, module: int | None = None) -> Marks:
    """What the learner has visited, finished and passed, in one module or everywhere. One query, none for strangers."""
    found = Marks()
    if learner is None:
        return found
    for lesson, quiz, edition, at in _facts.of(learner.pk) if module is None else _facts_in.of(learner.pk, module):
        if quiz is not None:
            found.passed.add(quiz)
        elif lesson is None:
            continue  # a module or a programme
        elif edition == VISITED:
            found.visited[lesson] = at
        elif edition >= found.done.get(lesson, (0, at))[0]:
            found.done[lesson] = edition, at
    return found


_Fact = tuple[int | None, int | None, int, datetime]  # lesson, quiz, edition, when


def _facts_of(learner: UUID) -> QuerySet[Any, _Fact]:
    return _both(CompletionRecord.objects.filter(learner=learner), LessonVisit.objects.filter(learner=learner))


def _facts_of_module(learner: UUID, module: int) -> QuerySet[Any, _Fact]:
    completions = CompletionRecord.objects.filter(Q(lesson__module=module) | Q(quiz__module=module), learner=learner)
    return _both(completions, LessonVisit.objects.filter(learner=learner, lesson__module=module))


def _both(completions: QuerySet[Any], visits: QuerySet[Any]) -> QuerySet[Any, _Fact]:
    return completions.values_list("lesson_id", "quiz_id", "edition", "completed_at").union(
        visits.values_list("lesson_id", Value(None, BigIntegerField()), Value(VISITED, IntegerField()), "last_at"),
        all=True,
    )


_facts, _facts_in = PreparedRows(_facts_of), PreparedRows(_facts_of_module)


class Try(NamedTuple):
    """As much of an attempt as lists show. `score` is a share of the points, 0 to 1; None while it is open."""

    attempt: UUID
    quiz: int
    state: str
    score: Decimal | None


def tries(learner: User | None) -> dict[int, list[Try]]:
    """The learner's attempts that are not void, by quiz. One query, none for strangers."""
    found: dict[int, list[Try]] = {}
    for row in _tries.of(learner.pk) if learner else ():
        found.setdefault(row[1], []).append(Try(*row))
    return found


def _tries_of(learner: UUID) -> QuerySet[Attempt, tuple[UUID, int, str, Decimal | None]]:
    attempts = Attempt.objects.filter(learner=learner).exclude(state=AttemptState.VOID)
    return attempts.values_list("pk", "quiz_id", "state", "score")


_tries = PreparedRows(_tries_of)


def lesson_lines(entries: Iterable[LessonEntry], known: Marks) -> tuple[LessonLine, ...]:
    return tuple(_lesson_line(entry, known) for entry in entries)


def _lesson_line(entry: LessonEntry, known: Marks) -> LessonLine:
    if done := known.done.get(entry.id):
        state = "done" if done[0] >= entry.edition else "updated"
    else:
        state = "started" if entry.id in known.visited else "new"
    return LessonLine(
        entry.key, entry.number, entry.title, entry.summary, entry.minutes, required=entry.required, state=state
    )


def quiz_lines(entries: Iterable[QuizEntry], known: Marks, attempts: dict[int, list[Try]]) -> tuple[QuizLine, ...]:
    return tuple(_quiz_line(entry, known, attempts.get(entry.id, [])) for entry in entries)


def _quiz_line(entry: QuizEntry, known: Marks, attempts: list[Try]) -> QuizLine:
    submitted = [one for one in attempts if one.state == AttemptState.SUBMITTED]
    allowed = entry.attempts_allowed
    return QuizLine(
        key=entry.key,
        title=entry.title,
        is_final=entry.is_final,
        questions=entry.questions,
        pass_mark=entry.pass_mark,
        tries=len(submitted),
        tries_left=max(0, allowed - len(attempts)) if allowed else None,
        best=max((one.score for one in submitted if one.score is not None), default=None),
        passed=entry.id in known.passed,
        open_attempt=next((one.attempt for one in attempts if one.state == AttemptState.OPEN), None),
    )

"""Lessons and quizzes as rows of a list, with what one learner has done of each."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery

from lms.people.models import User
from lms.progress.models import CompletionRecord, LessonVisit
from lms.progress.next_step import LessonLine, QuizLine
from lms.shared.languages import Said, said
from modules.models import LessonRevision
from modules.querysets import live_revisions
from quizzes.models import Attempt, AttemptState, Purpose, QuizItem, QuizRevision


def texts(learner: User | None, language: str) -> QuerySet[LessonRevision]:
    """Live texts without their long parts, in the order of the course, with what the learner has done of each."""
    rows = live_revisions(language).defer("source", "html").order_by("lesson__module", "lesson__position")
    if learner is None:
        return rows
    done = CompletionRecord.objects.filter(learner=learner, lesson=OuterRef("lesson")).order_by("-edition")
    visits = LessonVisit.objects.filter(learner=learner, lesson=OuterRef("lesson"))
    return rows.annotate(
        done_edition=Subquery(done.values("edition")[:1]),
        done_at=Subquery(done.values("completed_at")[:1]),
        visited_at=Subquery(visits.values("last_at")[:1]),
    )


def lesson_lines(rows: Iterable[LessonRevision]) -> tuple[LessonLine, ...]:
    """Numbered from 1. The rows come from `texts`, one for each lesson, with their lesson."""
    return tuple(_lesson_line(row, number) for number, row in enumerate(rows, start=1))


def _lesson_line(row: LessonRevision, number: int) -> LessonLine:
    edition = getattr(row, "done_edition", None)
    if edition is not None:
        state = "done" if edition >= row.lesson.edition else "updated"
    else:
        state = "started" if getattr(row, "visited_at", None) else "new"
    return LessonLine(
        key=row.lesson.key,
        number=number,
        title=Said(row.title, row.language),
        summary=Said(row.summary, row.language),
        minutes=row.lesson.minutes,
        required=row.lesson.required,
        state=state,
    )


def quiz_lines(*, learner: User | None, modules: Collection[int], language: str) -> Mapping[int, tuple[QuizLine, ...]]:
    """Live quizzes by module, practice before final."""
    rows = QuizRevision.objects.filter(is_live=True, quiz__retired_at=None, quiz__module__in=modules)
    items = QuizItem.objects.filter(quiz_revision=OuterRef("pk")).order_by().values("quiz_revision")
    rows = rows.select_related("quiz__module__programme").annotate(
        questions=Subquery(items.annotate(n=Count("pk")).values("n"))
    )
    if learner is not None:
        rows = rows.annotate(**_results(learner))
    found: dict[int, list[QuizLine]] = defaultdict(list)
    for row in rows.order_by("-quiz__purpose", "quiz__lesson__position", "quiz__pk"):
        found[row.quiz.module_id].append(_quiz_line(row, language))
    return {module: tuple(lines) for module, lines in found.items()}


def _results(learner: User) -> dict[str, Any]:
    mine = Attempt.objects.filter(learner=learner, quiz=OuterRef("quiz")).order_by()
    submitted = mine.filter(state=AttemptState.SUBMITTED).values("quiz")
    used = mine.exclude(state=AttemptState.VOID).values("quiz")
    return {
        "used": Subquery(used.annotate(n=Count("pk")).values("n")),
        "tries": Subquery(submitted.annotate(n=Count("pk")).values("n")),
        "best": Subquery(submitted.annotate(top=Max("score")).values("top")),
        "open_attempt": Subquery(mine.filter(state=AttemptState.OPEN).values("pk")[:1]),
        "was_passed": Exists(CompletionRecord.objects.filter(learner=learner, quiz=OuterRef("quiz"))),
    }


def _quiz_line(row: QuizRevision, language: str) -> QuizLine:
    used = getattr(row, "used", None) or 0
    allowed = row.attempts_allowed
    return QuizLine(
        key=row.quiz.key,
        title=said(row.title, language, row.quiz.module.programme.source_language),
        is_final=row.quiz.purpose == Purpose.FINAL,
        questions=getattr(row, "questions", None) or 0,
        pass_mark=row.pass_mark,
        tries=getattr(row, "tries", None) or 0,
        tries_left=max(0, allowed - used) if allowed else None,
        best=getattr(row, "best", None),
        passed=bool(getattr(row, "was_passed", False)),
        open_attempt=getattr(row, "open_attempt", None),
    )

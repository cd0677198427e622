"""How each question went, over one trainee's or a cohort's finished attempts. Screen and file ask here (X-03)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, QuerySet, Value, When

from lms.cohorts.models import Cohort
from lms.reports.standings import members
from lms.shared.languages import in_language
from quizzes.models import Attempt, AttemptState, Purpose, QuizItem, Response


@dataclass(frozen=True, slots=True)
class QuestionFigure:
    """`mean_score` is a share of the points, 0 to 1; left open counts as 0. `wrong`: anything but fully right."""

    module: str
    quiz: str
    key: str
    stem: str
    asked: int
    left_open: int
    wrong: int
    mean_score: Decimal
    top_wrong: str
    top_wrong_count: int


@dataclass(slots=True)
class _Tally:
    item: QuizItem
    asked: int = 0
    answered: int = 0
    right: int = 0
    points: Decimal = Decimal(0)
    wrong_words: dict[str, str] = field(default_factory=dict)
    wrong_counts: Counter[str] = field(default_factory=Counter)


def finished_attempts(cohort: Cohort) -> QuerySet[Attempt]:
    """What those who are in the cohort now have handed in, in live quizzes of its programme."""
    return _finished(cohort).filter(learner__in=members(cohort).values("learner_id"))


def finished_attempts_of(cohort: Cohort, learner_id: Any) -> QuerySet[Attempt]:
    """The same for one trainee, also one who left."""
    return _finished(cohort).filter(learner=learner_id)


def _finished(cohort: Cohort) -> QuerySet[Attempt]:
    live = {"quiz__retired_at": None, "quiz__module__retired_at": None}
    return Attempt.objects.filter(state=AttemptState.SUBMITTED, quiz__module__programme=cohort.programme_id, **live)


def question_figures(attempts: QuerySet[Attempt], language: str) -> list[QuestionFigure]:
    """One line per question that was asked, in the order of the course. Three queries; memory grows with questions."""
    asked = dict(attempts.order_by().values_list("revision").annotate(Count("pk")))
    tallies: dict[int, _Tally] = {}
    by_item: dict[int, tuple[_Tally, QuizItem]] = {}
    for item in _items(list(asked)):
        tally = tallies.setdefault(item.question_revision.question_id, _Tally(item))
        tally.item = item  # the newest text comes last
        tally.asked += asked[item.quiz_revision_id]
        by_item[item.pk] = tally, item
    for item_id, answer, score, count in _responses(attempts):
        tally, item = by_item[item_id]
        _add(tally, item.question_revision.body, answer, score or Decimal(0), count, language)
    return [_figure(tally, language) for tally in sorted(tallies.values(), key=_place)]


def figures_by_quiz(attempts: QuerySet[Attempt], language: str) -> Iterator[QuestionFigure]:
    """The same lines in the same order, quiz by quiz."""
    place = ("quiz__module__position", "quiz__module", "is_final", "quiz")
    is_final = Case(When(quiz__purpose=Purpose.FINAL, then=Value(1)), default=Value(0))
    for quiz in attempts.annotate(is_final=is_final).order_by(*place).values_list("quiz", *place).distinct():
        yield from question_figures(attempts.filter(quiz=quiz[0]), language)


def questions_asked(attempts: QuerySet[Attempt]) -> int:
    """How many lines there are. One query."""
    items = QuizItem.objects.filter(quiz_revision__in=attempts.order_by().values("revision"))
    return items.order_by().values("question_revision__question").distinct().count()


def _items(revisions: Sequence[int]) -> QuerySet[QuizItem]:
    return (
        QuizItem.objects.filter(quiz_revision__in=revisions)
        .select_related("question_revision__question__quiz__module", "quiz_revision")
        .order_by("quiz_revision", "position")
    )


def _responses(attempts: QuerySet[Attempt]) -> Iterator[tuple[int, Mapping[str, Any], Decimal | None, int]]:
    """Equal answers are counted by the database: there are few different ones."""
    rows = Response.objects.filter(attempt__in=attempts).order_by().values_list("item_id", "answer", "score")
    return rows.annotate(Count("pk")).iterator()


def _add(
    tally: _Tally, body: Mapping[str, Any], answer: Mapping[str, Any], score: Decimal, count: int, language: str
) -> None:
    tally.answered += count
    tally.points += score * count
    if score == 1:
        tally.right += count
        return
    for key, words in wrong_parts(body, answer, language).items():
        tally.wrong_words[key] = words
        tally.wrong_counts[key] += count


def wrong_parts(body: Mapping[str, Any], answer: Mapping[str, Any], language: str) -> dict[str, str]:
    """What was wrong in an answer that was not fully right: choices by key with their words, or the number as typed."""
    if "choices" not in body:
        typed = str(answer.get("text", "")).strip()
        return {typed: typed}
    chosen = {answer.get("choice"), *(answer.get("choices") or [])}
    return {
        choice["key"]: in_language(choice["text"], language)
        for choice in body["choices"]
        if choice["key"] in chosen and not choice["right"]
    }


def _place(tally: _Tally) -> tuple[Any, ...]:
    quiz = tally.item.question_revision.question.quiz
    return quiz.module.position, quiz.module_id, quiz.purpose == "final", quiz.pk, tally.item.position, tally.item.pk


def _figure(tally: _Tally, language: str) -> QuestionFigure:
    question = tally.item.question_revision.question
    top = min(tally.wrong_counts.items(), key=lambda pair: (-pair[1], pair[0]), default=("", 0))
    return QuestionFigure(
        module=in_language(question.quiz.module.title, language),
        quiz=in_language(tally.item.quiz_revision.title, language),
        key=f"{question.quiz.key}/{question.key}",
        stem=in_language(tally.item.question_revision.body["stem"], language),
        asked=tally.asked,
        left_open=tally.asked - tally.answered,
        wrong=tally.asked - tally.right,
        mean_score=tally.points / tally.asked,
        top_wrong=tally.wrong_words.get(top[0], ""),
        top_wrong_count=top[1],
    )

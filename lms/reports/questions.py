"""How each question went, over one trainee's or a cohort's finished attempts. Screen and file ask here (X-03)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from lms.cohorts.models import Cohort
from lms.reports.standings import members
from lms.shared.languages import in_language
from quizzes.items import ITEM_TYPES
from quizzes.models import Attempt, AttemptState, Purpose, QuestionRevision, QuizItem, Response

TRUE_FALSE = {"true": _("True"), "false": _("False")}


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


@dataclass(frozen=True, slots=True)
class _Asked:
    """How often each question was asked: in every attempt at its revision, or in those that drew it."""

    all_of: Counter[int] = field(default_factory=Counter)
    drawn: Counter[tuple[int, int]] = field(default_factory=Counter)

    @classmethod
    def in_(cls, attempts: QuerySet[Attempt]) -> "_Asked":
        found = cls()
        rows = attempts.order_by().values_list("revision", "drawn").annotate(Count("pk"))
        for revision, drawn, count in rows.iterator():
            found.all_of[revision] += count if drawn is None else 0
            found.drawn.update(dict.fromkeys(((revision, position) for position in drawn or ()), count))
        return found

    @property
    def revisions(self) -> list[int]:
        return list(self.all_of)

    def times(self, revision: int, position: int) -> int:
        return self.all_of[revision] + self.drawn[revision, position]


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
    asked = _Asked.in_(attempts)
    tallies: dict[int, _Tally] = {}
    by_item: dict[int, tuple[_Tally, QuizItem]] = {}
    for item in _items(asked.revisions):
        if not (times := asked.times(item.quiz_revision_id, item.position)):
            continue
        tally = tallies.setdefault(item.question_revision.question_id, _Tally(item))
        tally.item = item  # the newest text comes last
        tally.asked += times
        by_item[item.pk] = tally, item
    for item_id, answer, score, count in _responses(attempts):
        tally, item = by_item[item_id]
        _add(tally, item.question_revision, answer, score or Decimal(0), count, language)
    return [_figure(tally, language) for tally in sorted(tallies.values(), key=_place)]


def figures_by_quiz(attempts: QuerySet[Attempt], language: str) -> Iterator[QuestionFigure]:
    """The same lines in the same order, quiz by quiz."""
    place = ("quiz__module__position", "quiz__module", "is_final", "quiz")
    is_final = Case(When(quiz__purpose=Purpose.FINAL, then=Value(1)), default=Value(0))
    for quiz in attempts.annotate(is_final=is_final).order_by(*place).values_list("quiz", *place).distinct():
        yield from question_figures(attempts.filter(quiz=quiz[0]), language)


def questions_asked(attempts: QuerySet[Attempt]) -> int:
    """How many lines there are. Two queries."""
    asked = _Asked.in_(attempts)
    items = QuizItem.objects.filter(quiz_revision__in=asked.revisions).order_by()
    rows = items.values_list("quiz_revision", "position", "question_revision__question")
    return len({question for revision, position, question in rows if asked.times(revision, position)})


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
    tally: _Tally, text: QuestionRevision, answer: Mapping[str, Any], score: Decimal, count: int, language: str
) -> None:
    tally.answered += count
    tally.points += score * count
    if score == 1:
        tally.right += count
        return
    for key, words in wrong_parts(text.question.kind, text.body, answer, language).items():
        tally.wrong_words[key] = words
        tally.wrong_counts[key] += count


def wrong_parts(kind: str, body: Mapping[str, Any], answer: Mapping[str, Any], language: str) -> dict[str, str]:
    """What was wrong in an answer that was not fully right: choices or places by key with their words, or what was
    typed."""
    if "text" in answer:
        typed = str(answer["text"]).strip()
        return {typed: typed}
    review = ITEM_TYPES[kind].review(body, answer, language)
    if "places" in review:
        places = [place for place in review["places"] if place["chosen"] and not place["is_right"]]
        return {
            f"{place['key']}:{place['chosen']}": ": ".join(filter(None, (place["text"], place["chosen"])))
            for place in places
        }
    wrong = [choice for choice in review["choices"] if choice["chosen"] and not choice["right"]]
    return {choice["key"]: choice["text"] or str(TRUE_FALSE[choice["key"]]) for choice in wrong}


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

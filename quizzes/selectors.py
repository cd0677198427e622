"""Questions for the pages of a quiz: what it is, one's attempt, its result. None of them gives the key too early."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum

from lms.people.models import User
from lms.shared.languages import Said, said
from modules.models import Fact, LessonRevision
from modules.review import awaits_review
from quizzes.answers import Slot, slots
from quizzes.items import ITEM_TYPES, numeric
from quizzes.models import Attempt, AttemptState, Purpose, Quiz, QuizRevision, Response
from quizzes.reviewing import ReviewedQuestion, may_reveal, reviewed


@dataclass(frozen=True, slots=True)
class Tries:
    """`left` counts attempts that may still be started; None: as often as one likes."""

    allowed: int
    left: int | None
    open_attempt: UUID | None
    is_passed: bool

    @property
    def may_start(self) -> bool:
        return self.left is None or self.left > 0


@dataclass(frozen=True, slots=True)
class PastAttempt:
    id: UUID
    number: int
    submitted_at: datetime
    score: Decimal
    passed: bool


@dataclass(frozen=True, slots=True)
class QuizPage:
    """`questions` are those of one attempt, drawn from `pool`; the two are equal where all are asked.

    `awaits`, here and below, is the language whose text waits for its native editor, or empty.
    """

    key: str
    title: Said
    module_key: str
    module_title: Said
    is_final: bool
    is_retired: bool
    questions: int
    pool: int
    points: int
    pass_mark: Decimal
    tries: Tries
    attempts: tuple[PastAttempt, ...]
    answered: int
    awaits: str


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """One question as asked. `shown` comes from items.present; `version` goes back with the answer (Q-05).

    `is_answered`: as a whole; where places are to be filled, all of them. `position` is the question's address,
    `ordinal` its number on the page.
    """

    position: int
    ordinal: int
    points: int
    shown: dict[str, Any]
    version: int
    is_answered: bool
    chosen: frozenset[str]
    text: str
    number: Decimal | None


@dataclass(frozen=True, slots=True)
class AttemptPage:
    id: UUID
    quiz_key: str
    title: Said
    number: int
    pass_mark: Decimal
    questions: tuple[QuestionCard, ...]
    awaits: str

    @property
    def open_positions(self) -> list[int]:
        return [question.position for question in self.questions if not question.is_answered]

    @property
    def answered(self) -> int:
        return len(self.questions) - len(self.open_positions)


@dataclass(frozen=True, slots=True)
class LessonLink:
    key: str
    module_key: str
    title: Said


@dataclass(frozen=True, slots=True)
class CitedFact:
    number: str
    statement: Said
    as_of: str
    source: str


@dataclass(frozen=True, slots=True)
class ResultQuestion:
    reviewed: ReviewedQuestion
    lesson: LessonLink | None
    facts: tuple[CitedFact, ...]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """`reveals`: whether right answers may be shown. `lessons`: what to read again, each once."""

    id: UUID
    quiz_key: str
    title: Said
    module_key: str
    module_title: Said
    is_final: bool
    number: int
    submitted_at: datetime
    score: Decimal
    passed: bool
    pass_mark: Decimal
    tries: Tries
    reveals: bool
    questions: tuple[ResultQuestion, ...]
    lessons: tuple[LessonLink, ...]
    awaits: str

    @property
    def right(self) -> int:
        return sum(question.reviewed.verdict == "right" for question in self.questions)

    @property
    def score_percent(self) -> int:
        """0 to 100, rounded down: less than the pass mark never looks like it."""
        return int(self.score * 100)

    @property
    def pass_percent(self) -> int:
        return int(self.pass_mark * 100)


def tries_of(quiz: Quiz, revision: QuizRevision | None, attempts: Sequence[Attempt]) -> Tries:
    """`revision` is the live one; `attempts` all that one learner made at the quiz."""
    used = sum(attempt.state != AttemptState.VOID for attempt in attempts)
    left: int | None = 0
    if revision and not quiz.retired_at:
        left = max(0, revision.attempts_allowed - used) if revision.attempts_allowed else None
    return Tries(
        allowed=revision.attempts_allowed if revision else 0,
        left=left,
        open_attempt=next((attempt.pk for attempt in attempts if attempt.state == AttemptState.OPEN), None),
        is_passed=any(attempt.passed for attempt in attempts if attempt.state == AttemptState.SUBMITTED),
    )


def _attempts(learner: UUID | None, quiz: Quiz) -> list[Attempt]:
    return list(Attempt.objects.filter(learner=learner, quiz=quiz).order_by("-number")) if learner else []


def _live(quiz: Quiz) -> QuizRevision | None:
    return QuizRevision.objects.filter(quiz=quiz, is_live=True).first()


def quiz_page(*, quiz: Quiz, learner: User | None, language: str) -> QuizPage | None:
    """What the quiz asks and what one has made of it. Three queries. None when there is nothing to show any more."""
    attempts = _attempts(learner.pk if learner else None, quiz)
    shown = _live(quiz)
    if shown is None or (quiz.retired_at and not attempts):
        return None
    tries = tries_of(quiz, shown, attempts)
    size = shown.items.order_by().aggregate(questions=Count("pk"), points=Sum("points"))
    return QuizPage(
        key=quiz.key,
        title=said(shown.title, language),
        module_key=quiz.module.key,
        module_title=said(quiz.module.title, language),
        is_final=quiz.purpose == Purpose.FINAL,
        is_retired=quiz.retired_at is not None,
        questions=shown.draw or size["questions"],
        pool=size["questions"],
        # All questions of a quiz that draws have the same points.
        points=(size["points"] or 0) * (shown.draw or size["questions"]) // (size["questions"] or 1),
        pass_mark=shown.pass_mark,
        tries=tries,
        attempts=tuple(_past(attempt) for attempt in attempts if attempt.state == AttemptState.SUBMITTED),
        answered=_answered(tries.open_attempt) if tries.open_attempt else 0,
        awaits=awaits_review(quiz.module.programme.review, language),
    )


def _answered(attempt: UUID) -> int:
    # Counted here and not by the database: the engines compare JSON differently.
    return sum(bool(answer) for answer in Response.objects.filter(attempt=attempt).values_list("answer", flat=True))


def _past(attempt: Attempt) -> PastAttempt:
    return PastAttempt(
        id=attempt.pk,
        number=attempt.number,
        submitted_at=attempt.submitted_at or attempt.started_at,
        score=attempt.score or Decimal(0),
        passed=bool(attempt.passed),
    )


def attempt_page(*, attempt: Attempt, language: str) -> AttemptPage:
    """The questions of an attempt as pinned when it began, with what is saved. One query."""
    return AttemptPage(
        id=attempt.pk,
        quiz_key=attempt.quiz.key,
        title=said(attempt.revision.title, language),
        number=attempt.number,
        pass_mark=attempt.revision.pass_mark,
        questions=tuple(_card(attempt, slot, language) for slot in slots(attempt).values()),
        awaits=awaits_review(attempt.quiz.module.programme.review, language),
    )


def _card(attempt: Attempt, slot: Slot, language: str) -> QuestionCard:
    # The seed knows the attempt and the place, never the key: orders of two learners differ, and tell nothing.
    seed = f"{attempt.pk}/{slot.position}" if attempt.revision.shuffle else None
    answer = slot.answer or {}
    text = answer.get("text", "")
    shown = ITEM_TYPES[slot.kind].present(slot.body, language, seed)
    return QuestionCard(
        position=slot.position,
        ordinal=slot.ordinal,
        points=slot.points,
        shown=shown,
        version=slot.version,
        is_answered=slot.is_answered and len(answer.get("choices", ())) >= len(shown.get("places", ())),
        chosen=frozenset(answer.get("choices") or ([answer["choice"]] if "choice" in answer else [])),
        text=text,
        number=numeric.understood(text) if text and slot.kind == "numeric" else None,
    )


def result_page(*, attempt: Attempt, language: str) -> ResultPage | None:
    """A finished attempt, explained as far as it may be (Q-13). Six queries; None while it is open."""
    if attempt.state != AttemptState.SUBMITTED:
        return None
    quiz = attempt.quiz
    tries = tries_of(quiz, _live(quiz), _attempts(attempt.learner_id, quiz))
    reveals = may_reveal(passed=tries.is_passed, has_open=bool(tries.open_attempt), may_start=tries.may_start)
    questions = _reviewed(attempt, language, reveals)
    lessons = _lesson_links({question.lesson for question in questions if question.lesson}, language)
    facts = _facts(quiz.module.programme_id, {number for question in questions for number in question.facts}, language)
    again = [question.lesson for question in questions if question.lesson and question.verdict != "right"]
    return ResultPage(
        id=attempt.pk,
        quiz_key=quiz.key,
        title=said(attempt.revision.title, language),
        module_key=quiz.module.key,
        module_title=said(quiz.module.title, language),
        is_final=quiz.purpose == Purpose.FINAL,
        number=attempt.number,
        submitted_at=attempt.submitted_at or attempt.started_at,
        score=attempt.score or Decimal(0),
        passed=bool(attempt.passed),
        pass_mark=attempt.revision.pass_mark,
        tries=tries,
        reveals=reveals,
        questions=tuple(
            ResultQuestion(
                reviewed=question,
                lesson=lessons.get(question.lesson or ""),
                facts=tuple(facts[number] for number in question.facts if number in facts),
            )
            for question in questions
        ),
        lessons=tuple(lessons[key] for key in dict.fromkeys(again) if key in lessons),
        awaits=awaits_review(quiz.module.programme.review, language),
    )


def _reviewed(attempt: Attempt, language: str, reveals: bool) -> list[ReviewedQuestion]:
    shares = dict(Response.objects.filter(attempt=attempt).values_list("item_id", "score"))
    found = []
    for slot in slots(attempt).values():
        answer = slot.answer if slot.is_answered else None
        full = ITEM_TYPES[slot.kind].review(slot.body, answer, language)
        found.append(reviewed(slot.ordinal, full, shares.get(slot.item_id), reveals=reveals))
    return found


def _lesson_links(keys: set[str], language: str) -> dict[str, LessonLink]:
    """Live lessons by key, with the title in the page's language or else in the programme's own."""
    rows = (
        LessonRevision.objects.filter(lesson__key__in=keys, lesson__retired_at=None, is_live=True)
        .select_related("lesson__module__programme")
        .only("title", "language", "lesson__key", "lesson__module__key", "lesson__module__programme__source_language")
    )
    found: dict[str, LessonLink] = {}
    for row in rows:
        if row.language == language or (
            row.lesson.key not in found and row.language == row.lesson.module.programme.source_language
        ):
            title = Said(row.title, row.language)
            found[row.lesson.key] = LessonLink(row.lesson.key, row.lesson.module.key, title)
    return found


def _facts(programme: int, numbers: set[str], language: str) -> dict[str, CitedFact]:
    rows = Fact.objects.filter(programme=programme, number__in=numbers, retired_at=None)
    return {row.number: CitedFact(row.number, said(row.statement, language), row.as_of, row.source) for row in rows}

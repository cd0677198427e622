"""The page of one trainee: progress, results, what trainers did. Days only: no minutes, address or device (P-07)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Max

from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.selectors import TimetableLine, timetable
from lms.people.selectors import AuditLine, audit_trail
from lms.progress.models import CompletionRecord
from lms.reports import standings
from lms.reports.attention import Reason, reasons
from lms.reports.cells import Cell, RosterRow
from lms.reports.questions import QuestionFigure, finished_attempts_of, question_figures
from lms.reports.selectors import roster_row
from lms.shared.clock import local_date
from lms.shared.languages import Said, said
from modules.querysets import live_revisions
from modules.selectors import best_texts
from quizzes.models import Purpose

QUESTIONS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class LessonDone:
    title: Said
    done_on: date | None


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """A finished try. `score` is a share, 0 to 1."""

    number: int
    on: date
    score: Decimal
    passed: bool


@dataclass(frozen=True, slots=True)
class QuizLine:
    title: Said
    is_final: bool
    pass_mark: Decimal
    attempts: tuple[AttemptLine, ...]


@dataclass(frozen=True, slots=True)
class ModuleBlock:
    cell: Cell
    lessons: tuple[LessonDone, ...]
    quizzes: tuple[QuizLine, ...]

    @property
    def lessons_done(self) -> int:
        return sum(lesson.done_on is not None for lesson in self.lessons)


@dataclass(frozen=True, slots=True)
class TraineePage:
    """`ended_because` is a code, empty while the trainee is in the cohort."""

    row: RosterRow
    left_on: date | None
    ended_because: str
    reasons: tuple[Reason, ...]
    modules: tuple[ModuleBlock, ...]
    questions: tuple[QuestionFigure, ...]
    trail: tuple[AuditLine, ...]


def trainee_page(enrolment: Enrolment, *, language: str, now: datetime) -> TraineePage:
    """Ten queries, whatever was done. The enrolment comes from lms.cohorts.access.access_enrolment."""
    cohort, learner = enrolment.cohort, enrolment.learner_id
    today = local_date(now, cohort.timezone)
    lines = timetable(cohort, language)
    member = standings.members_by_id(cohort, [learner], lines)[learner]
    row = roster_row(learner, member, cohort, lines, today)
    wrong = [figure for figure in question_figures(finished_attempts_of(cohort, learner), language) if figure.wrong]
    return TraineePage(
        row=row,
        left_on=local_date(enrolment.ended_at, cohort.timezone) if enrolment.ended_at else None,
        ended_because=enrolment.ended_because,
        reasons=_reasons(cohort, row, lines, today),
        modules=_blocks(cohort, row, learner, language),
        questions=tuple(sorted(wrong, key=lambda figure: -figure.wrong)[:QUESTIONS_SHOWN]),
        trail=tuple(audit_trail(enrolment.pk)),
    )


def _reasons(cohort: Cohort, row: RosterRow, lines: tuple[TimetableLine, ...], today: date) -> tuple[Reason, ...]:
    if row.has_left or not cohort.starts_on <= today <= cohort.ends_on:
        return ()
    gap = standings.group_counts(cohort, lines, today).usual_gap
    return reasons(row, starts_on=cohort.starts_on, today=today, usual_gap=gap)


def _blocks(cohort: Cohort, row: RosterRow, learner: UUID, language: str) -> tuple[ModuleBlock, ...]:
    lessons = _lessons(cohort, learner, language)
    quizzes = _quizzes(cohort, learner, language)
    return tuple(
        ModuleBlock(cell, tuple(lessons.get(cell.line.module_id, ())), tuple(quizzes.get(cell.line.module_id, ())))
        for cell in row.cells
    )


def _lessons(cohort: Cohort, learner: UUID, language: str) -> Mapping[int, list[LessonDone]]:
    texts = live_revisions(language).filter(lesson__module__programme=cohort.programme_id).select_related("lesson")
    texts = texts.only("language", "title", "lesson__module_id", "lesson__position").order_by("lesson__position", "pk")
    done = CompletionRecord.objects.filter(learner=learner, lesson__module__programme=cohort.programme_id).order_by()
    days = dict(done.values_list("lesson").annotate(Max("completed_at")))
    found: dict[int, list[LessonDone]] = {}
    for text in best_texts(texts, language):
        moment = days.get(text.lesson_id)
        done_on = local_date(moment, cohort.timezone) if moment else None
        found.setdefault(text.lesson.module_id, []).append(LessonDone(Said(text.title, text.language), done_on))
    return found


def _quizzes(cohort: Cohort, learner: UUID, language: str) -> Mapping[int, list[QuizLine]]:
    """Quizzes that were tried, practice before final. The pass mark is that of the newest try."""
    attempts = finished_attempts_of(cohort, learner).select_related("quiz", "revision")
    by_quiz: dict[int, list[AttemptLine]] = {}
    found: dict[int, dict[int, QuizLine]] = {}
    for attempt in attempts.order_by("-quiz__purpose", "quiz_id", "number"):
        if attempt.submitted_at is None or attempt.score is None:
            continue
        on = local_date(attempt.submitted_at, cohort.timezone)
        tries = by_quiz.setdefault(attempt.quiz_id, [])
        tries.append(AttemptLine(attempt.number, on, attempt.score, bool(attempt.passed)))
        found.setdefault(attempt.quiz.module_id, {})[attempt.quiz_id] = QuizLine(
            title=said(attempt.revision.title, language),
            is_final=attempt.quiz.purpose == Purpose.FINAL,
            pass_mark=attempt.revision.pass_mark,
            attempts=tuple(tries),
        )
    return {module: list(quizzes.values()) for module, quizzes in found.items()}

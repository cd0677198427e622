"""Questions about what there is to learn and how far one learner has come, shaped for the pages of the site."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Case, OuterRef, QuerySet, Subquery, TextField, Value, When

from lms.people.models import User
from lms.progress.lines import lesson_lines, quiz_lines, texts
from lms.progress.models import ModuleProgress, ProgressState
from lms.progress.next_step import LessonLine, QuizLine, Step, Work, next_step
from lms.progress.timetable import ModuleDates, MyCohort, MyTimetable, my_timetable
from lms.shared.languages import Said, said
from lms.shared.refusals import NotHere
from modules.competences import Competence, competence
from modules.models import Lesson, LessonRevision, Module, Release
from modules.notes import Meaning, Source, meanings, sources
from modules.selectors import ModuleCard, ProgrammeOutline, Term, best_texts, module_terms, programme_outlines
from quizzes.models import Attempt, AttemptState, Purpose, Quiz


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """A module as one learner sees it in a list. `share` is 0 to 100, of its lessons and its final quiz."""

    card: ModuleCard
    state: str
    done: int
    total: int
    quiz_passed: bool
    best: Decimal | None
    share: int
    dates: ModuleDates


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    outline: ProgrammeOutline
    modules: tuple[ModuleLine, ...]
    completed: int


@dataclass(frozen=True, slots=True)
class LearnerHome:
    step: Step
    programmes: tuple[ProgrammeLine, ...]


@dataclass(frozen=True, slots=True)
class PastAttempt:
    id: str
    quiz: Said
    number: int
    submitted_at: datetime
    score: Decimal
    passed: bool


@dataclass(frozen=True, slots=True)
class MyPage:
    step: Step
    programmes: tuple[ProgrammeLine, ...]
    cohorts: tuple[MyCohort, ...]
    attempts: tuple[PastAttempt, ...]


@dataclass(frozen=True, slots=True)
class ModuleHead:
    id: int
    key: str
    number: int
    title: Said
    hours: Decimal
    field_hours: Decimal
    licence: str


@dataclass(frozen=True, slots=True)
class ModulePage:
    head: ModuleHead
    summary: Said
    outcomes: tuple[Said, ...]
    competences: tuple[Competence, ...]
    lessons: tuple[LessonLine, ...]
    quizzes: tuple[QuizLine, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class StudyPage:
    """`quiz` is the key of the quiz that follows this lesson; `released_at` when content last changed."""

    module: ModuleHead
    lessons: tuple[LessonLine, ...]
    lesson: LessonLine
    revision: LessonRevision
    html: str
    sources: tuple[Source, ...]
    meanings: tuple[Meaning, ...]
    previous: LessonLine | None
    following: LessonLine | None
    quiz: str | None
    is_older_translation: bool
    done_at: datetime | None
    visited_at: datetime | None
    released_at: datetime


def _head(module: Module, language: str) -> ModuleHead:
    return ModuleHead(
        id=module.pk,
        key=module.key,
        number=module.position,
        title=said(module.title, language, module.programme.source_language),
        hours=module.hours,
        field_hours=module.field_hours,
        licence=module.programme.licence,
    )


# --- Home and "my progress" ---------------------------------------------------------------------------------------------


def learner_home(*, learner: User, language: str, now: datetime) -> LearnerHome:
    """The next step and every module with a bar. Five queries."""
    timetable = my_timetable(learner=learner, now=now)
    step, programmes = _path(learner, language, timetable)
    return LearnerHome(step, programmes)


def my_page(*, learner: User, language: str, now: datetime) -> MyPage:
    """The same with cohorts and finished attempts. Six queries."""
    timetable = my_timetable(learner=learner, now=now)
    step, programmes = _path(learner, language, timetable)
    return MyPage(step, programmes, timetable.cohorts, _past_attempts(learner, language))


def _path(learner: User, language: str, timetable: MyTimetable) -> tuple[Step, tuple[ProgrammeLine, ...]]:
    outlines = programme_outlines(language)
    rows = {row.module_id: row for row in ModuleProgress.objects.filter(learner=learner)}
    cards = [card for outline in outlines for card in outline.modules]
    unfinished = [card.id for card in cards if not _is_completed(rows.get(card.id))]
    lessons = _lessons_by_module(learner, unfinished, language)
    quizzes = quiz_lines(learner=learner, modules=unfinished, language=language)
    work = [
        Work(
            key=card.key,
            number=number,
            title=card.title,
            lessons=lessons.get(card.id, ()),
            quizzes=quizzes.get(card.id, ()),
            completed=_is_completed(rows.get(card.id)),
            opens_on=timetable.dates(card.id).opens_on,
            last_active_at=rows[card.id].last_active_at if card.id in rows else None,
        )
        for number, card in enumerate(cards, start=1)
    ]
    lines = {card.id: _module_line(card, rows.get(card.id), timetable.dates(card.id), quizzes) for card in cards}
    return next_step(work), tuple(_programme_line(outline, lines) for outline in outlines)


def _is_completed(row: ModuleProgress | None) -> bool:
    return row is not None and row.state == ProgressState.COMPLETED


def _lessons_by_module(learner: User, modules: Collection[int], language: str) -> Mapping[int, tuple[LessonLine, ...]]:
    rows = texts(learner, language).filter(lesson__module__in=modules).select_related("lesson")
    found: dict[int, list[LessonRevision]] = defaultdict(list)
    for row in best_texts(rows, language):
        found[row.lesson.module_id].append(row)
    return {module: lesson_lines(rows) for module, rows in found.items()}


def _programme_line(outline: ProgrammeOutline, lines: Mapping[int, ModuleLine]) -> ProgrammeLine:
    mine = tuple(lines[card.id] for card in outline.modules)
    return ProgrammeLine(outline, mine, sum(line.state == ProgressState.COMPLETED for line in mine))


def _module_line(
    card: ModuleCard, row: ModuleProgress | None, dates: ModuleDates, quizzes: Mapping[int, tuple[QuizLine, ...]]
) -> ModuleLine:
    done, passed, total = (row.done, row.quiz_passed, row.total) if row else (0, False, card.lessons)
    finals = sum(quiz.is_final for quiz in quizzes.get(card.id, ()))
    steps = total + finals
    share = 100 * (done + (finals if passed else 0)) // steps if steps else 0
    return ModuleLine(
        card=card,
        state=str(row.state if row else ProgressState.NOT_STARTED),
        done=done,
        total=total,
        quiz_passed=passed,
        best=row.best_score if row else None,
        share=100 if _is_completed(row) else share,
        dates=dates,
    )


def _past_attempts(learner: User, language: str, most: int = 20) -> tuple[PastAttempt, ...]:
    rows = Attempt.objects.filter(learner=learner, state=AttemptState.SUBMITTED).select_related("revision")
    return tuple(
        PastAttempt(
            id=str(row.pk),
            quiz=said(row.revision.title, language),
            number=row.number,
            submitted_at=row.submitted_at or row.started_at,
            score=row.score or Decimal(0),
            passed=bool(row.passed),
        )
        for row in rows.order_by("-submitted_at")[:most]
    )


# --- A module, a lesson ---------------------------------------------------------------------------------------------------


def module_page(*, learner: User | None, module_key: str, language: str) -> ModulePage:
    """A module with its lessons, quizzes and terms. Three queries. Raises NotHere."""
    rows = texts(learner, language).filter(lesson__module__key=module_key)
    rows = best_texts(rows.select_related("lesson__module__programme"), language)
    if not rows:
        raise NotHere
    module = rows[0].lesson.module
    source = module.programme.source_language
    known = (competence(code, language) for code in module.competences)
    return ModulePage(
        head=_head(module, language),
        summary=said(module.summary, language, source),
        outcomes=tuple(said(outcome, language, source) for outcome in module.outcomes),
        competences=tuple(one for one in known if one),
        lessons=lesson_lines(rows),
        quizzes=quiz_lines(learner=learner, modules=[module.pk], language=language).get(module.pk, ()),
        terms=module_terms(module.pk, language),
    )


def study_page(*, learner: User | None, lesson_key: str, language: str) -> StudyPage:
    """Everything on the page of one lesson. Three queries. Raises NotHere."""
    rows = best_texts(_study_rows(learner, lesson_key, language), language)
    lines = lesson_lines(rows)
    at = next((place for place, line in enumerate(lines) if line.key == lesson_key), None)
    if at is None:
        raise NotHere
    revision, lesson, html = rows[at], lines[at], getattr(rows[at], "body", "")
    module = revision.lesson.module
    return StudyPage(
        module=_head(module, language),
        lessons=lines,
        lesson=lesson,
        revision=revision,
        html=html,
        sources=sources(revision, language),
        meanings=meanings(html, module.programme_id, language),
        previous=lines[at - 1] if at else None,
        following=lines[at + 1] if at + 1 < len(lines) else None,
        quiz=getattr(revision, "practice", None) or (getattr(revision, "final", None) if lesson is lines[-1] else None),
        is_older_translation=revision.edition < revision.lesson.edition,
        done_at=getattr(revision, "done_at", None),
        visited_at=getattr(revision, "visited_at", None),
        released_at=getattr(revision, "released_at"),  # noqa: B009  it is annotated
    )


def _study_rows(learner: User | None, lesson_key: str, language: str) -> QuerySet[LessonRevision]:
    """The texts of the module that a lesson belongs to; the long text only for the lesson itself."""
    module = Lesson.objects.filter(key=lesson_key).values("module")[:1]
    quizzes = Quiz.objects.filter(retired_at=None, revisions__is_live=True).order_by("pk").values("key")
    releases = Release.objects.filter(programme=OuterRef("lesson__module__programme")).order_by("-pk")
    return (
        texts(learner, language)
        .filter(lesson__module=Subquery(module))
        .select_related("lesson__module__programme")
        .annotate(
            body=Case(When(lesson__key=lesson_key, then="html"), default=Value(""), output_field=TextField()),
            practice=Subquery(quizzes.filter(lesson=OuterRef("lesson"), purpose=Purpose.PRACTICE)[:1]),
            final=Subquery(quizzes.filter(module=OuterRef("lesson__module"), purpose=Purpose.FINAL)[:1]),
            released_at=Subquery(releases.values("imported_at")[:1]),
        )
    )

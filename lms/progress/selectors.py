"""Questions about what there is to learn and how far one learner has come, shaped for the pages of the site."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Case, OuterRef, QuerySet, Subquery, TextField, Value, When

from lms.people.models import User
from lms.progress.availability import Allowed, NotOpen, Refused, may_open, may_open_each, require_open
from lms.progress.lines import lesson_lines, quiz_lines, texts
from lms.progress.models import ModuleProgress, ProgressState
from lms.progress.next_step import LessonLine, QuizLine, Step, Work, next_step
from lms.progress.timetable import Due, MyCohort, MyTimetable, my_timetable
from lms.shared.languages import Said, said
from lms.shared.refusals import NotHere
from modules.competences import Competence, competence
from modules.models import Lesson, LessonRevision, Module, Release
from modules.notes import Meaning, Source, meanings, sources
from modules.selectors import ModuleCard, ProgrammeOutline, Term, best_texts, module_terms, modules_in_order, outlines
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
    refused: Refused | None
    due: Due | None


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    outline: ProgrammeOutline
    modules: tuple[ModuleLine, ...]
    completed: int
    share: int


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
    refused: Refused | None
    lessons: tuple[LessonLine, ...]
    quizzes: tuple[QuizLine, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class StudyPage:
    """`quiz` is the key of the quiz that follows this lesson; `released_at` when content last changed."""

    module: ModuleHead
    lessons: tuple[LessonLine, ...]
    lesson: LessonLine
    revision: LessonRevision
    html: str
    contents: tuple[Heading, ...]
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


# --- Home and "my progress" ------------------------------------------------------------------------------------------


def learner_home(*, learner: User, language: str, now: datetime) -> LearnerHome:
    """The next step and every module with a bar. Six queries."""
    step, programmes = _path(learner, my_timetable(learner=learner, now=now), language, now)
    return LearnerHome(step, programmes)


def my_page(*, learner: User, language: str, now: datetime) -> MyPage:
    """The same with cohorts and finished attempts. Seven queries."""
    timetable = my_timetable(learner=learner, now=now)
    step, programmes = _path(learner, timetable, language, now)
    return MyPage(step, programmes, timetable.cohorts, _past_attempts(learner, language))


@dataclass(frozen=True, slots=True)
class _Mine:
    """What one learner has of all modules, each by the module's id."""

    rows: Mapping[int, ModuleProgress]
    lessons: Mapping[int, tuple[LessonLine, ...]]
    quizzes: Mapping[int, tuple[QuizLine, ...]]
    openings: Mapping[int, Allowed | Refused]
    due: Mapping[int, Due]


def _path(
    learner: User, timetable: MyTimetable, language: str, now: datetime
) -> tuple[Step, tuple[ProgrammeLine, ...]]:
    modules = modules_in_order()
    rows = {row.module_id: row for row in ModuleProgress.objects.filter(learner=learner)}
    unfinished = [module.pk for module in modules if not _is_completed(rows.get(module.pk))]
    mine = _Mine(
        rows=rows,
        lessons=_lessons_by_module(learner, unfinished, language),
        quizzes=quiz_lines(learner=learner, modules=unfinished, language=language),
        openings=may_open_each(learner=learner, modules=modules, now=now),
        due=timetable.due,
    )
    programmes = tuple(_programme_line(outline, mine) for outline in outlines(modules, language))
    cards = [card for programme in programmes for card in programme.outline.modules]
    return next_step([_work(card, number, mine) for number, card in enumerate(cards, start=1)]), programmes


def _is_completed(row: ModuleProgress | None) -> bool:
    return row is not None and row.state == ProgressState.COMPLETED


def _lessons_by_module(learner: User, modules: Collection[int], language: str) -> Mapping[int, tuple[LessonLine, ...]]:
    rows = texts(learner, language).filter(lesson__module__in=modules).select_related("lesson")
    found: dict[int, list[LessonRevision]] = defaultdict(list)
    for row in best_texts(rows, language):
        found[row.lesson.module_id].append(row)
    return {module: lesson_lines(rows) for module, rows in found.items()}


def _refused(opening: Allowed | Refused) -> Refused | None:
    return opening if isinstance(opening, Refused) else None


def _work(card: ModuleCard, number: int, mine: _Mine) -> Work:
    row, refused = mine.rows.get(card.id), _refused(mine.openings[card.id])
    return Work(
        key=card.key,
        number=number,
        title=card.title,
        lessons=mine.lessons.get(card.id, ()),
        quizzes=mine.quizzes.get(card.id, ()),
        completed=_is_completed(row),
        is_open=refused is None,
        opens_on=refused.until if refused else None,
        last_active_at=row.last_active_at if row else None,
    )


def _programme_line(outline: ProgrammeOutline, mine: _Mine) -> ProgrammeLine:
    lines = tuple(_module_line(card, mine) for card in outline.modules)
    completed = sum(line.state == ProgressState.COMPLETED for line in lines)
    return ProgrammeLine(outline, lines, completed, share=sum(line.share for line in lines) // len(lines))


def _module_line(card: ModuleCard, mine: _Mine) -> ModuleLine:
    row = mine.rows.get(card.id)
    done, passed, total = (row.done, row.quiz_passed, row.total) if row else (0, False, card.lessons)
    finals = sum(quiz.is_final for quiz in mine.quizzes.get(card.id, ()))
    share = 100 * (done + (finals if passed else 0)) // (total + finals) if total + finals else 0
    return ModuleLine(
        card=card,
        state=str(row.state if row else ProgressState.NOT_STARTED),
        done=done,
        total=total,
        quiz_passed=passed,
        best=row.best_score if row else None,
        share=100 if _is_completed(row) else share,
        refused=_refused(mine.openings[card.id]),
        due=mine.due.get(card.id),
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


# --- A module, a lesson ----------------------------------------------------------------------------------------------


def module_page(*, learner: User | None, module_key: str, language: str, now: datetime) -> ModulePage:
    """A module with its lessons, quizzes and terms: to be looked at also before it opens. Four queries.

    Raises NotHere, and NotOpen where the programme is not open to this person at all.
    """
    of_module = texts(learner, language).filter(lesson__module__key=module_key)
    rows = best_texts(of_module.select_related("lesson__module__programme"), language)
    if not rows:
        raise NotHere
    module = rows[0].lesson.module
    opening = may_open(learner=learner, module=module, now=now)
    if isinstance(opening, Refused) and opening.until is None:
        raise NotOpen(reason=opening.code, until=None)
    source = module.programme.source_language
    known = (competence(code, language) for code in module.competences)
    return ModulePage(
        head=_head(module, language),
        summary=said(module.summary, language, source),
        outcomes=tuple(said(outcome, language, source) for outcome in module.outcomes),
        competences=tuple(one for one in known if one),
        refused=_refused(opening),
        lessons=lesson_lines(rows),
        quizzes=quiz_lines(learner=learner, modules=[module.pk], language=language).get(module.pk, ()),
        terms=module_terms(module.pk, language),
    )


def study_page(*, learner: User | None, lesson_key: str, language: str, now: datetime) -> StudyPage:
    """Everything on the page of one lesson. Four queries, three for those who are not signed in.

    Raises NotHere and NotOpen.
    """
    rows = best_texts(_study_rows(learner, lesson_key, language), language)
    lines = lesson_lines(rows)
    at = next((place for place, line in enumerate(lines) if line.key == lesson_key), None)
    if at is None:
        raise NotHere
    revision, lesson, html = rows[at], lines[at], getattr(rows[at], "body", "")
    module = revision.lesson.module
    require_open(learner=learner, module=module, now=now)
    return StudyPage(
        module=_head(module, language),
        lessons=lines,
        lesson=lesson,
        revision=revision,
        html=html,
        contents=_contents(revision),
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


def _contents(revision: LessonRevision) -> tuple[Heading, ...]:
    """The headings of the first level, where there are enough of them to choose from."""
    found = tuple(Heading(part["id"], part["title"]) for part in revision.toc if part["level"] == 2)
    return found if len(found) > 1 else ()


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

"""What there is to study, the same for everybody: kept in the process until the content changes."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, OuterRef, Subquery

from lms.shared.kept import kept
from lms.shared.languages import Said, said
from modules.competences import Competence, competence
from modules.models import LessonRevision, Module
from modules.querysets import live_revisions
from modules.selectors import ProgrammeOutline, Term, best_texts, module_terms, modules_in_order, outlines
from modules.shelf import Shelf
from quizzes.models import Purpose, QuizItem, QuizRevision


@dataclass(frozen=True, slots=True)
class LessonEntry:
    """A lesson of a module, numbered from 1. `edition` is that of the source text."""

    id: int
    key: str
    number: int
    title: Said
    summary: Said
    minutes: int
    required: bool
    edition: int


@dataclass(frozen=True, slots=True)
class QuizEntry:
    """`pass_mark` is a share, 0 to 1; `attempts_allowed` 0 means without end."""

    id: int
    key: str
    lesson: int | None
    title: Said
    is_final: bool
    questions: int
    pass_mark: Decimal
    attempts_allowed: int


@dataclass(frozen=True, slots=True)
class ModuleHead:
    id: int
    key: str
    number: int
    title: Said
    hours: Decimal
    field_hours: Decimal
    licence: str


@dataclass(frozen=True, slots=True, eq=False)
class ModuleAbout:
    """What a module is for, whoever reads it. One is equal to no other: parts of pages are kept by it.

    `esco` holds {label, uri, kind}.
    """

    outcomes: tuple[Said, ...]
    competences: tuple[Competence, ...]
    terms: tuple[Term, ...]
    esco: tuple[Mapping[str, str], ...]
    sdgs: tuple[int, ...]
    eqf: int | None


@dataclass(frozen=True, slots=True)
class Course:
    """Modules in order, their lessons and quizzes by the module's id."""

    modules: tuple[Module, ...]
    outlines: tuple[ProgrammeOutline, ...]
    lessons: Mapping[int, tuple[LessonEntry, ...]]
    quizzes: Mapping[int, tuple[QuizEntry, ...]]

    def module(self, key: str) -> Module | None:
        return next((module for module in self.modules if module.key == key), None)


@kept(most=16)
def course(language: str, shelf: Shelf) -> Course:
    """All that is live in `language`. Three queries, once after each change."""
    modules = modules_in_order()
    for module in modules:
        module.programme.is_open = shelf.is_open(
            module.programme_id
        )  # what is kept agrees with the key it is kept under
    return Course(tuple(modules), outlines(modules, language), _lessons(language), _quizzes(language))


def module_head(module: Module, language: str) -> ModuleHead:
    return ModuleHead(
        id=module.pk,
        key=module.key,
        number=module.position,
        title=said(module.title, language, module.programme.source_language),
        hours=module.hours,
        field_hours=module.field_hours,
        licence=module.programme.licence,
    )


@kept(most=64)
def module_about(module: Module, language: str, shelf: Shelf) -> ModuleAbout:
    """One query, for the terms, once after each change."""
    source = module.programme.source_language
    competences = (competence(code, language) for code in module.competences)
    return ModuleAbout(
        outcomes=tuple(said(outcome, language, source) for outcome in module.outcomes),
        competences=tuple(one for one in competences if one),
        terms=module_terms(module.pk, language),
        esco=tuple(module.esco),
        sdgs=tuple(module.sdgs),
        eqf=module.eqf,
    )


def _lessons(language: str) -> Mapping[int, tuple[LessonEntry, ...]]:
    rows = live_revisions(language).select_related("lesson").order_by("lesson__module", "lesson__position")
    found: dict[int, list[LessonRevision]] = defaultdict(list)
    for row in best_texts(rows.defer("source", "html", "toc"), language):
        found[row.lesson.module_id].append(row)
    return {module: tuple(_entry(row, place) for place, row in enumerate(rows, 1)) for module, rows in found.items()}


def _entry(row: LessonRevision, number: int) -> LessonEntry:
    return LessonEntry(
        id=row.lesson_id,
        key=row.lesson.key,
        number=number,
        title=Said(row.title, row.language),
        summary=Said(row.summary, row.language),
        minutes=row.lesson.minutes,
        required=row.lesson.required,
        edition=row.lesson.edition,
    )


def _quizzes(language: str) -> Mapping[int, tuple[QuizEntry, ...]]:
    items = QuizItem.objects.filter(quiz_revision=OuterRef("pk")).order_by().values("quiz_revision")
    rows = QuizRevision.objects.filter(is_live=True, quiz__retired_at=None).select_related("quiz__module__programme")
    found: dict[int, list[QuizEntry]] = defaultdict(list)
    questions = Subquery(items.annotate(n=Count("pk")).values("n"))
    for row in rows.annotate(questions=questions).order_by("-quiz__purpose", "quiz__lesson__position", "quiz__pk"):
        found[row.quiz.module_id].append(_quiz(row, row.draw or row.questions or 0, language))
    return {module: tuple(entries) for module, entries in found.items()}


def _quiz(row: QuizRevision, questions: int, language: str) -> QuizEntry:
    return QuizEntry(
        id=row.quiz_id,
        key=row.quiz.key,
        lesson=row.quiz.lesson_id,
        title=said(row.title, language, row.quiz.module.programme.source_language),
        is_final=row.quiz.purpose == Purpose.FINAL,
        questions=questions,
        pass_mark=row.pass_mark,
        attempts_allowed=row.attempts_allowed,
    )

"""Questions about what there is to learn and how far one learner has come, shaped for the pages of the site."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Case, OuterRef, QuerySet, Subquery, TextField, Value, When

from lms.people.models import User
from lms.progress.models import CompletionRecord, LessonVisit
from lms.shared.languages import Said, said
from lms.shared.refusals import NotHere
from modules.models import Lesson, LessonRevision, Module
from modules.querysets import live_revisions
from modules.selectors import best_texts


@dataclass(frozen=True, slots=True)
class LessonLine:
    """A lesson in a list. `state`: new, started, done, or updated (finished, but the edition rose since)."""

    key: str
    number: int
    title: Said
    summary: Said
    minutes: int
    state: str


@dataclass(frozen=True, slots=True)
class ModuleHead:
    id: int
    key: str
    title: Said
    summary: Said
    hours: Decimal
    field_hours: Decimal
    lessons: tuple[LessonLine, ...]


@dataclass(frozen=True, slots=True)
class StudyPage:
    module: ModuleHead
    lesson: LessonLine
    revision: LessonRevision
    html: str
    previous: LessonLine | None
    following: LessonLine | None
    done_at: datetime | None


def _texts(learner: User | None, language: str) -> QuerySet[LessonRevision]:
    """Live texts without their long parts, with what the learner has done of each lesson."""
    done = CompletionRecord.objects.filter(learner=learner, lesson=OuterRef("lesson")).order_by("-edition")
    visits = LessonVisit.objects.filter(learner=learner, lesson=OuterRef("lesson"))
    rows = live_revisions(language).select_related("lesson__module__programme").defer("source", "html")
    if learner is None:
        return rows.order_by("lesson__position")
    return rows.annotate(
        done_edition=Subquery(done.values("edition")[:1]),
        done_at=Subquery(done.values("completed_at")[:1]),
        visited_at=Subquery(visits.values("last_at")[:1]),
    ).order_by("lesson__position")


def _line(revision: LessonRevision, number: int) -> LessonLine:
    edition = getattr(revision, "done_edition", None)
    if edition is not None:
        state = "done" if edition >= revision.lesson.edition else "updated"
    else:
        state = "started" if getattr(revision, "visited_at", None) else "new"
    return LessonLine(
        key=revision.lesson.key,
        number=number,
        title=Said(revision.title, revision.language),
        summary=Said(revision.summary, revision.language),
        minutes=revision.lesson.minutes,
        state=state,
    )


def _head(module: Module, lessons: list[LessonLine], language: str) -> ModuleHead:
    source = module.programme.source_language
    return ModuleHead(
        id=module.pk,
        key=module.key,
        title=said(module.title, language, source),
        summary=said(module.summary, language, source),
        hours=module.hours,
        field_hours=module.field_hours,
        lessons=tuple(lessons),
    )


def module_page(*, learner: User | None, module_key: str, language: str) -> ModuleHead:
    """A module with its lessons. Raises NotHere."""
    texts = best_texts(_texts(learner, language).filter(lesson__module__key=module_key), language)
    if not texts:
        raise NotHere
    return _head(texts[0].lesson.module, [_line(text, n) for n, text in enumerate(texts, start=1)], language)


def study_page(*, learner: User | None, lesson_key: str, language: str) -> StudyPage:
    """Everything on the page of one lesson. Raises NotHere."""
    module = Lesson.objects.filter(key=lesson_key).values("module")[:1]
    body = Case(When(lesson__key=lesson_key, then="html"), default=Value(""), output_field=TextField())
    texts = best_texts(_texts(learner, language).filter(lesson__module=Subquery(module)).annotate(body=body), language)
    lines = [_line(text, number) for number, text in enumerate(texts, start=1)]
    at = next((place for place, line in enumerate(lines) if line.key == lesson_key), None)
    if at is None:
        raise NotHere
    return StudyPage(
        module=_head(texts[at].lesson.module, lines, language),
        lesson=lines[at],
        revision=texts[at],
        html=getattr(texts[at], "body", ""),
        previous=lines[at - 1] if at else None,
        following=lines[at + 1] if at + 1 < len(lines) else None,
        done_at=getattr(texts[at], "done_at", None),
    )

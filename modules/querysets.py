"""Named filters over content: what is live, in which language."""

from typing import Any

from django.db.models import F, Q, QuerySet

from modules.models import GlossaryTerm, GuidePage, Lesson, LessonRevision, Module, ModulePart

MODULE_WORDS = ("title", "summary", "outcomes", "competences", "sdgs", "esco")
PROGRAMME_WORDS = ("title", "summary", "languages", "review")
AROUND_PARTS = (  # columns that nothing about a part shows
    *(f"module__{name}" for name in MODULE_WORDS),
    *(f"module__programme__{name}" for name in PROGRAMME_WORDS),
)


def live_modules() -> QuerySet[Module]:
    return Module.objects.filter(retired_at=None)


def live_lessons() -> QuerySet[Lesson]:
    return Lesson.objects.filter(retired_at=None, module__retired_at=None)


def live_revisions(language: str) -> QuerySet[LessonRevision]:
    """Live texts in `language` and in the source language of their programme: up to two for each lesson."""
    return LessonRevision.objects.filter(is_live=True, lesson__retired_at=None, lesson__module__retired_at=None).filter(
        Q(language=language) | Q(language=F("lesson__module__programme__source_language"))
    )


def live_parts(model: type[ModulePart]) -> QuerySet[Any]:
    """Live calculators, field tasks or stories in the order of the modules."""
    rows = model._default_manager.filter(retired_at=None, module__retired_at=None)
    return rows.order_by("module__programme_id", "module__position", "position", "pk")


def live_lines(model: type[ModulePart]) -> QuerySet[Any]:
    """The same as lists show them: without their bodies, and without the words of modules and programmes."""
    return live_parts(model).select_related("module__programme").defer("body", *AROUND_PARTS)


def live_guide(language: str) -> QuerySet[GuidePage]:
    """Pages in `language` and in the source language of their programme: up to two for each key."""
    return GuidePage.objects.filter(retired_at=None).filter(
        Q(language=language) | Q(language=F("programme__source_language"))
    )


def live_terms(language: str) -> QuerySet[GlossaryTerm]:
    """Terms in `language` and in the source language of their programme: up to two for each key."""
    return GlossaryTerm.objects.filter(retired_at=None).filter(
        Q(language=language) | Q(language=F("programme__source_language"))
    )

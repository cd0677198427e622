"""Questions about content that need no learner: what there is to learn, terms, facts, pictures."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from lms.shared.languages import Said, said
from lms.shared.refusals import NotHere
from modules.models import Asset, LessonRevision, Module
from modules.querysets import live_modules, live_terms


@dataclass(frozen=True, slots=True)
class ModuleCard:
    """A module in a list. `minutes` is the time of its lessons, `hours` that of everything but the work on the farm."""

    id: int
    key: str
    number: int
    title: Said
    summary: Said
    hours: Decimal
    field_hours: Decimal
    lessons: int
    minutes: int


@dataclass(frozen=True, slots=True)
class ProgrammeOutline:
    id: int
    key: str
    title: Said
    summary: Said
    credits: Said
    licence: str
    modules: tuple[ModuleCard, ...]


@dataclass(frozen=True, slots=True)
class Term:
    key: str
    term: Said
    definition: str
    example: str
    module: str
    module_title: Said


@dataclass(frozen=True, slots=True)
class AssetFile:
    content: bytes
    media_type: str


def programme_outlines(language: str) -> tuple[ProgrammeOutline, ...]:
    """Every programme with its live modules, in order. One query."""
    current = Q(lessons__retired_at=None)
    modules = (
        live_modules()
        .select_related("programme")
        .annotate(lesson_count=Count("lessons", filter=current), lesson_minutes=Sum("lessons__minutes", filter=current))
        .order_by("programme_id", "position")
    )
    programmes: dict[int, list[Module]] = {}
    for module in modules:
        programmes.setdefault(module.programme_id, []).append(module)
    return tuple(_outline(rows, language) for rows in programmes.values())


def _outline(modules: list[Module], language: str) -> ProgrammeOutline:
    programme = modules[0].programme
    source = programme.source_language
    return ProgrammeOutline(
        id=programme.pk,
        key=programme.key,
        title=said(programme.title, language, source),
        summary=said(programme.summary, language, source),
        credits=said(programme.credits, language, source),
        licence=programme.licence,
        modules=tuple(_card(module, number, language, source) for number, module in enumerate(modules, start=1)),
    )


def _card(module: Module, number: int, language: str, source: str) -> ModuleCard:
    return ModuleCard(
        id=module.pk,
        key=module.key,
        number=number,
        title=said(module.title, language, source),
        summary=said(module.summary, language, source),
        hours=module.hours,
        field_hours=module.field_hours,
        lessons=getattr(module, "lesson_count", 0),
        minutes=getattr(module, "lesson_minutes", 0) or 0,
    )


def best_texts(revisions: Iterable[LessonRevision], language: str) -> list[LessonRevision]:
    """Of up to two texts for each lesson, the one in `language`, else the other; in the order they came."""
    chosen: dict[int, LessonRevision] = {}
    for revision in revisions:
        if revision.lesson_id not in chosen or revision.language == language:
            chosen[revision.lesson_id] = revision
    return list(chosen.values())


def asset_file(digest: str) -> AssetFile:
    """A picture by its digest, whatever revision it belongs to and whatever name it is asked under. Raises NotHere."""
    asset = Asset.objects.filter(digest=digest).first()
    if asset is None:
        raise NotHere
    return AssetFile(bytes(asset.content), asset.media_type)


def glossary_terms(language: str) -> tuple[Term, ...]:
    """Every live term, by the alphabet of the language. One query."""
    chosen: dict[str, Term] = {}
    for row in live_terms(language).select_related("module", "programme"):
        if row.key not in chosen or row.language == language:
            chosen[row.key] = Term(
                key=row.key,
                term=Said(row.term, row.language),
                definition=row.definition,
                example=row.example,
                module=row.module.key,
                module_title=said(row.module.title, language, row.programme.source_language),
            )
    return tuple(sorted(chosen.values(), key=lambda term: term.term.casefold()))

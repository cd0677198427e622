"""Questions about content that need no learner: what there is to learn, terms, facts, pictures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.db.models import Count, Q, QuerySet, Sum

from lms.shared.kept import kept
from lms.shared.languages import Said, said
from lms.shared.refusals import NotHere
from modules.alphabet import letter, place
from modules.models import Asset, GlossaryTerm, LessonRevision, Module
from modules.querysets import live_modules, live_terms
from modules.shelf import Shelf


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
class Related:
    key: str
    term: Said


@dataclass(frozen=True, slots=True)
class Term:
    key: str
    term: Said
    definition: Said
    example: Said
    related: tuple[Related, ...]
    module: str
    module_title: Said


@dataclass(frozen=True, slots=True)
class Letter:
    sign: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class AssetFile:
    content: bytes
    media_type: str


def modules_in_order() -> list[Module]:
    """Live modules of every programme with the number and the minutes of their lessons. One query."""
    current = Q(lessons__retired_at=None)
    return list(
        live_modules()
        .select_related("programme")
        .annotate(lesson_count=Count("lessons", filter=current), lesson_minutes=Sum("lessons__minutes", filter=current))
        .order_by("programme_id", "position")
    )


def outlines(modules: Iterable[Module], language: str) -> tuple[ProgrammeOutline, ...]:
    """Programmes with their modules, from rows of `modules_in_order`."""
    groups = groupby(modules, key=lambda module: module.programme_id)
    return tuple(_outline(list(group), language) for _programme, group in groups)


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


def best_terms(rows: Iterable[GlossaryTerm], language: str) -> list[GlossaryTerm]:
    """Of up to two rows for each term, the one in `language`, else the other; in the order they came."""
    chosen: dict[tuple[int, str], GlossaryTerm] = {}
    for row in rows:
        name = (row.programme_id, row.key)
        if name not in chosen or row.language == language:
            chosen[name] = row
    return list(chosen.values())


@kept(most=8)
def glossary_letters(language: str, shelf: Shelf) -> tuple[Letter, ...]:
    """Every live term by the alphabet of the language, under its letter. One query, once after each change."""
    terms = _in_order(live_terms(language), language)
    return tuple(Letter(sign, tuple(group)) for sign, group in groupby(terms, key=lambda term: letter(term.term)))


def module_terms(module: int, language: str) -> tuple[Term, ...]:
    """The terms of one module in dictionary order. One query."""
    return tuple(_in_order(live_terms(language).filter(module=module), language))


def _in_order(rows: QuerySet[GlossaryTerm], language: str) -> list[Term]:
    best = best_terms(rows.select_related("module", "programme"), language)
    names = {(row.programme_id, row.key): Said(row.term, row.language) for row in best}
    return sorted((_term(row, language, names) for row in best), key=lambda term: place(term.term, language))


def _term(row: GlossaryTerm, language: str, names: Mapping[tuple[int, str], Said]) -> Term:
    related = ((key, names.get((row.programme_id, key))) for key in row.related)
    return Term(
        key=row.key,
        term=Said(row.term, row.language),
        definition=Said(row.definition, row.language),
        example=Said(row.example, row.language),
        related=tuple(Related(key, name) for key, name in related if name),
        module=row.module.key,
        module_title=said(row.module.title, language, row.programme.source_language),
    )

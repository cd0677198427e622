"""From rows of content to the shapes that programs are given, in the best language there is."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.shared.languages import in_language
from modules.content.shapes import (
    Change,
    Esco,
    FactLine,
    LessonLine,
    Licence,
    ModuleLine,
    ProgrammeLine,
    ReleaseLine,
    TermLine,
)
from modules.models import Fact, GlossaryTerm, LessonRevision, Module, Programme, Release


def best_language(available: Mapping[str, object], wanted: Sequence[str], source: str) -> str:
    """The first wanted language that is there, else the source language, else the first by name."""
    there = [code for code in available if available[code]]
    return next((code for code in (*wanted, source) if code in there), min(there, default=source))


def spoken(language: str, wanted: Sequence[str]) -> dict[str, Any]:
    """Which language the words are in, which was wanted most, and whether these two differ."""
    requested = wanted[0] if wanted else None
    return {"language": language, "requested_language": requested, "fallback": requested not in {None, language}}


def licence_of(programme: Programme, language: str) -> Licence:
    return Licence(
        programme.key, programme.licence, in_language(programme.credits, language, programme.source_language)
    )


def programme_line(row: Programme, newest: Release | None, wanted: Sequence[str]) -> ProgrammeLine:
    language = best_language(row.title, wanted, row.source_language)
    return ProgrammeLine(
        key=row.key,
        title=in_language(row.title, language, row.source_language),
        summary=in_language(row.summary, language, row.source_language),
        **spoken(language, wanted),
        languages=tuple(row.languages),
        source_language=row.source_language,
        review=row.review,
        licence=licence_of(row, language),
        version=newest.version if newest else None,
        updated_at=newest.imported_at if newest else None,
    )


def module_line(row: Module, newest: Release | None, wanted: Sequence[str]) -> ModuleLine:
    source = row.programme.source_language
    language = best_language(row.title, wanted, source)
    return ModuleLine(
        key=row.key,
        programme=row.programme.key,
        position=row.position,
        title=in_language(row.title, language, source),
        summary=in_language(row.summary, language, source),
        **spoken(language, wanted),
        hours=float(row.hours),
        field_hours=float(row.field_hours),
        minutes=getattr(row, "lesson_minutes", 0) or 0,
        lesson_count=getattr(row, "lesson_count", 0),
        competences=tuple(row.competences),
        sdgs=tuple(row.sdgs),
        eqf=row.eqf,
        esco=tuple(Esco(each["label"], each["uri"], each["kind"]) for each in row.esco),
        licence=licence_of(row.programme, language),
        updated_at=newest.imported_at if newest else None,
    )


def lesson_line(text: LessonRevision, wanted: Sequence[str]) -> LessonLine:
    lesson = text.lesson
    return LessonLine(
        key=lesson.key,
        module=lesson.module.key,
        programme=lesson.module.programme.key,
        position=lesson.position,
        title=text.title,
        summary=text.summary,
        **spoken(text.language, wanted),
        minutes=lesson.minutes,
        required=lesson.required,
        edition=text.edition,
        source_edition=lesson.edition,
        digest=text.digest,
        licence=licence_of(lesson.module.programme, text.language),
        updated_at=text.release.imported_at,
    )


def term_line(row: GlossaryTerm, text: GlossaryTerm, wanted: Sequence[str]) -> TermLine:
    """`text` is the row of the same term in the best language."""
    return TermLine(
        key=row.key,
        programme=row.programme.key,
        module=row.module.key,
        term=text.term,
        definition=text.definition,
        example=text.example,
        related=tuple(text.related),
        **spoken(text.language, wanted),
        digest=text.digest,
        licence=licence_of(row.programme, text.language),
    )


def fact_line(row: Fact, wanted: Sequence[str]) -> FactLine:
    language = best_language(row.statement, wanted, row.programme.source_language)
    return FactLine(
        number=row.number,
        programme=row.programme.key,
        statement=in_language(row.statement, language, row.programme.source_language),
        **spoken(language, wanted),
        value=row.value,
        unit=row.unit,
        as_of=row.as_of,
        status=row.status,
        source=row.source,
        jurisdiction=row.jurisdiction,
        digest=row.digest,
        licence=licence_of(row.programme, language),
    )


def release_line(row: Release) -> ReleaseLine:
    changes = (
        Change(each["kind"], each["key"], each.get("language") or None, each["change"])
        for each in row.summary.get("changes", ())
    )
    return ReleaseLine(row.pk, row.programme.key, row.version, row.imported_at, tuple(changes))

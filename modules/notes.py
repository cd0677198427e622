"""Questions about what stands around a text: the sources it cites and the terms it uses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lms.shared.languages import Said, said
from modules.models import Fact, LessonRevision, Programme
from modules.querysets import live_terms
from modules.selectors import best_terms

_TERM_LINK = re.compile(r'data-term="([a-z0-9-]+)"')


@dataclass(frozen=True, slots=True)
class Source:
    """A cited fact. `place` is its number in this text, from 1; `number` its name for ever, like F42."""

    place: int
    number: str
    statement: Said
    value: str
    as_of: str
    source: str
    jurisdiction: str


@dataclass(frozen=True, slots=True)
class Meaning:
    key: str
    term: Said
    definition: str


def sources(revision: LessonRevision, language: str) -> tuple[Source, ...]:
    """In the order in which the text cites them. No query when it cites none; else one."""
    return cited(revision.facts, revision.lesson.module.programme, language)


def cited(numbers: Sequence[str], programme: Programme, language: str) -> tuple[Source, ...]:
    """The facts with these numbers, in this order. No query for none; else one."""
    if not numbers:
        return ()
    rows = {row.number: row for row in Fact.objects.filter(programme=programme, number__in=numbers)}
    found = [rows[number] for number in dict.fromkeys(numbers) if number in rows]
    return tuple(
        Source(
            place=place,
            number=fact.number,
            statement=said(fact.statement, language, programme.source_language),
            value=f"{fact.value} {fact.unit}".strip(),
            as_of=fact.as_of,
            source=fact.source,
            jurisdiction=fact.jurisdiction,
        )
        for place, fact in enumerate(found, start=1)
    )


def meanings(html: str, programme: int, language: str) -> tuple[Meaning, ...]:
    """The terms that a text links to. No query when it links to none; else one."""
    keys = set(_TERM_LINK.findall(html))
    if not keys:
        return ()
    rows = best_terms(live_terms(language).filter(programme=programme, key__in=keys), language)
    return tuple(Meaning(row.key, Said(row.term, row.language), row.definition) for row in rows)

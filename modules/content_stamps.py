"""Stamps of content: short texts that differ whenever the answer about it would. Each is one expression.

The API reads a stamp in the same statement as the caller's token, so that "nothing has changed" costs one statement.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import (
    Aggregate,
    Case,
    CharField,
    F,
    Func,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import MD5, Cast, Coalesce, Concat, StrIndex

from modules.models import Fact, LessonRevision, Module, Programme, Release

OPEN, CLOSED = "o", "c"  # how the stamp of one thing begins: may everybody read its programme?
BETWEEN = "\x1e"


class Joined(Aggregate):
    """All values of a group in one text, in no promised order."""

    function = "STRING_AGG"
    template = f"%(function)s(%(expressions)s, '{BETWEEN}')"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)


def in_order(stamp: str) -> str:
    """The same text for the same parts, in whatever order the database joined them."""
    return BETWEEN.join(sorted(stamp.split(BETWEEN)))


def shelf_stamp() -> Func:
    """Of every list: the newest release, and which programmes are open."""
    newest = Subquery(Release.objects.order_by("-pk").values("pk")[:1])
    openness = Concat(Cast("pk", TextField()), Value(":"), _openness("is_open"))
    return _parts(newest, Subquery(_joined(Programme.objects.all(), openness)))


def programme_stamp(key: str) -> Subquery:
    """Of a programme: its newest release, which its answer names. None when there is no such programme."""
    rows = Programme.objects.filter(key=key)
    return Subquery(rows.values(stamp=_parts(_openness("is_open"), F("pk"), _newest_release(OuterRef("pk"))))[:1])


def module_stamp(key: str) -> Subquery:
    """Of a module: the newest release of its programme, which its answer names. None when there is no such module."""
    rows = Module.objects.filter(key=key, retired_at=None)
    newest = _newest_release(OuterRef("programme"))
    return Subquery(rows.values(stamp=_parts(_openness("programme__is_open"), F("pk"), newest))[:1])


def lesson_stamp(key: str, wanted: Sequence[str]) -> Subquery:
    """Of a lesson's text in the first language of `wanted` that it has, else in the source language.

    Only what its answer shows is in it: a release that changes other lessons leaves it as it was. None when there is no
    such lesson.
    """
    lesson, module, programme = "lesson__", "lesson__module__", "lesson__module__programme__"
    cited = _cited(OuterRef("facts"), OuterRef(f"{programme}pk"))
    rows = _live_texts(key).order_by(preference(wanted, f"{programme}source_language"), "language")
    shown = (
        _openness(f"{programme}is_open"),
        *(F(name) for name in ("language", "digest", "edition", "title", "summary", "words", "release_id")),
        *(F(name) for name in ("objectives", "facts")),
        MD5("html"),
        *(F(f"{lesson}{name}") for name in ("position", "edition", "minutes", "required")),
        *(F(f"{module}{name}") for name in ("key", "competences", "sdgs")),
        *(F(f"{programme}{name}") for name in ("key", "source_language", "licence", "credits")),
        Subquery(_joined(_live_texts(key), F("language"))),
        Subquery(_joined(cited, Concat("number", Value(":"), "digest"))),
    )
    return Subquery(rows.values(stamp=_parts(*shown))[:1])


def fact_stamp(number: str) -> Subquery:
    """Of a fact: its digest. None when there is no such fact."""
    rows = Fact.objects.filter(number=number, retired_at=None).order_by("programme_id")
    shown = (
        "number",
        "digest",
        "programme__key",
        "programme__licence",
        "programme__credits",
        "programme__source_language",
    )
    return Subquery(rows.values(stamp=_parts(_openness("programme__is_open"), *(F(name) for name in shown)))[:1])


def preference(wanted: Sequence[str], source: str) -> Case:
    """Sorts texts: those in a wanted language first, in that order; then those in the language that `source` names."""
    whens = [When(language=code, then=Value(place)) for place, code in enumerate(wanted)]
    return Case(*whens, When(language=F(source), then=Value(len(whens))), default=Value(len(whens) + 1))


def _live_texts(key: str) -> QuerySet[LessonRevision]:
    return LessonRevision.objects.filter(
        lesson__key=key, is_live=True, lesson__retired_at=None, lesson__module__retired_at=None
    )


def _cited(numbers: OuterRef, programme: OuterRef) -> QuerySet[Fact]:
    """Facts whose number stands in a JSON list, found in its text: the same on every database."""
    listed = StrIndex(Cast(numbers, TextField()), Concat(Value('"'), "number", Value('"')))
    return Fact.objects.filter(programme=programme, retired_at=None).annotate(listed=listed).filter(listed__gt=0)


def _joined(rows: QuerySet[Any], value: Any) -> Any:
    return rows.order_by().values(all_of_them=Value(1)).annotate(joined=Joined(value)).values("joined")


def _newest_release(programme: OuterRef) -> Subquery:
    rows = Release.objects.filter(programme=programme).order_by().values("programme")
    return Subquery(rows.annotate(newest=Max("pk")).values("newest"))


def _openness(column: str) -> Case:
    return Case(When(**{column: True}, then=Value(OPEN)), default=Value(CLOSED), output_field=CharField())


def _parts(*expressions: Any) -> Func:
    """One text of many values; an absent one is an empty part. Flat: SQLite's parser gives up on Concat of so many."""
    texts = [Coalesce(Cast(each, TextField()), Value("")) for each in expressions]
    joined = [part for text in texts for part in (text, Value(BETWEEN))]
    return Func(*joined, template="(%(expressions)s)", arg_joiner=" || ", output_field=TextField())

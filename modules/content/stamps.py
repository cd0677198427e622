"""Stamps of content: texts that differ whenever the answer about something would, read beside something else.

The API reads a stamp in the same statement as the caller's token, so that "nothing has changed" costs one statement.
The stamp of one thing holds all that is shown of it; a list has the stamp of the whole shelf.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Aggregate, Case, CharField, F, Func, OuterRef, QuerySet, Subquery, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import MD5, Cast, Concat, StrIndex

from lms.shared.prepared import Beside, Slot
from modules.models import (
    Asset,
    Calculator,
    Fact,
    FieldTask,
    Lesson,
    LessonRevision,
    Module,
    ModulePart,
    Programme,
    Release,
    Story,
)

OPEN, CLOSED = "o", "c"  # how the stamp of one thing begins: may everybody read its programme?
BETWEEN, WITHIN = "\x1e", "\x1f"
Stamps = Mapping[str, Combinable]

PROGRAMME = ("key", "title", "summary", "languages", "source_language", "licence", "credits", "review")
MODULE = (
    "key",
    "position",
    "title",
    "summary",
    "outcomes",
    "hours",
    "field_hours",
    "competences",
    "sdgs",
    "eqf",
    "esco",
)
LESSON = ("key", "position", "edition", "minutes", "required")
TEXT = ("language", "digest", "edition", "title", "summary", "release__imported_at")
WHOLE_TEXT = (*TEXT, "objectives", "words", "facts")
FACT = ("number", "statement", "value", "unit", "as_of", "status", "source", "jurisdiction", "digest")


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


# --- What to read beside ----------------------------------------------------------------------------


def shelf() -> Beside:
    """Of every list: the newest release, and which programmes are open."""
    return Beside(_shelf)


def programme(key: str) -> Beside:
    """None stands in the stamp's place when there is no such programme; the same holds for what follows."""
    return Beside(programme_stamp, texts={"key": key})


def lesson(key: str, wanted: Sequence[str]) -> Beside:
    """Of a lesson's text in the first language of `wanted` that it has, else in the source language.

    Only what its answer shows is in it: a release that changes other lessons leaves it as it was.
    """
    texts = {f"language{place}": code for place, code in enumerate(wanted)}
    return Beside(lesson_stamp, (len(wanted),), {"key": key, **texts})


def fact(number: str) -> Beside:
    return Beside(fact_stamp, texts={"number": number})


def calculator(key: str) -> Beside:
    return Beside(part_stamp, (Calculator,), {"key": key})


def task(key: str) -> Beside:
    return Beside(part_stamp, (FieldTask,), {"key": key})


def story(key: str) -> Beside:
    return Beside(part_stamp, (Story,), {"key": key})


# --- Expressions, with slots where keys and languages will stand ------------------------------------


def _shelf() -> Stamps:
    newest = Release.objects.order_by("-pk").values("pk")[:1]
    openness = joined(Programme.objects.all(), F("pk"), _openness("is_open"))
    return {"stamp": _together(Subquery(newest), openness)}


def programme_stamp() -> Stamps:
    rows = Programme.objects.filter(key=Slot("key"))
    own = OuterRef("pk")
    shown = (
        _openness("is_open"),
        *_columns("", PROGRAMME),
        _newest_release(own),
        joined(Module.objects.filter(programme=own, retired_at=None), *_columns("", MODULE)),
        joined(Lesson.objects.filter(module__programme=own, retired_at=None), *_columns("", ("key", "minutes"))),
    )
    return {"stamp": Subquery(rows.values(stamp=_together(*shown))[:1])}


def module_stamp() -> Stamps:
    rows = Module.objects.filter(key=Slot("key"), retired_at=None)
    texts = _live_texts().filter(lesson__module=OuterRef("pk"))
    shown = (
        _openness("programme__is_open"),
        *_columns("", MODULE),
        *_columns("programme__", PROGRAMME),
        _newest_release(OuterRef("programme")),
        joined(texts, *_columns("lesson__", LESSON), *_columns("", TEXT)),
        joined(Lesson.objects.filter(module=OuterRef("pk"), retired_at=None), *_columns("", ("key", "minutes"))),
        *(_lines(model) for model in (Calculator, FieldTask, Story)),
    )
    return {"stamp": Subquery(rows.values(stamp=_together(*shown))[:1])}


def _lines(model: type[ModulePart]) -> Subquery:
    """What a module shows of those of one sort."""
    rows = model._default_manager.filter(module=OuterRef("pk"), retired_at=None)
    return joined(rows, Value(model.__name__), *_columns("", (*_listed(model), "lesson__key")))


def lesson_stamp(languages: int) -> Stamps:
    """For so many wanted languages."""
    texts = _live_texts().filter(lesson__key=Slot("key"))
    wanted = [Slot(f"language{place}") for place in range(languages)]
    shown = (
        _openness("lesson__module__programme__is_open"),
        *_columns("", WHOLE_TEXT),
        MD5("html"),
        *_columns("lesson__", LESSON),
        *_columns("lesson__module__", ("key", "competences", "sdgs")),
        *_columns("lesson__module__programme__", ("key", "source_language", "licence", "credits")),
        joined(texts, F("language")),
        joined(Asset.objects.filter(revisions=OuterRef("pk")), *_columns("", ("name", "media_type", "size", "digest"))),
        joined(_cited(), *_columns("", FACT)),
    )
    rows = texts.order_by(_preference(wanted, "lesson__module__programme__source_language"), "language")
    return {"stamp": Subquery(rows.values(stamp=_together(*shown))[:1])}


def fact_stamp() -> Stamps:
    rows = Fact.objects.filter(number=Slot("number"), retired_at=None).order_by("programme_id")
    shown = (
        _openness("programme__is_open"),
        *_columns("", FACT),
        *_columns("programme__", ("key", "source_language", "licence", "credits")),
    )
    return {"stamp": Subquery(rows.values(stamp=_together(*shown))[:1])}


def part_stamp(model: type[ModulePart]) -> Stamps:
    """The rest of its words in all languages is one long value, so a digest stands for it."""
    rows = model._default_manager.filter(key=Slot("key"), retired_at=None, module__retired_at=None).order_by()
    shown = (
        _openness("module__programme__is_open"),
        *_columns("", _listed(model)),
        MD5(_Text(F("body"))),
        *_columns("", ("module__key", "lesson__key")),
        *_columns("module__programme__", ("key", "source_language", "licence", "credits")),
    )
    return {"stamp": Subquery(rows.values(stamp=_together(*shown))[:1])}


def _listed(model: type[ModulePart]) -> tuple[str, ...]:
    timed = ("minutes",) if issubclass(model, FieldTask | Story) else ()
    return ("key", "position", "digest", "title", "summary", *timed)


# --- Parts ------------------------------------------------------------------------------------------


def _live_texts() -> QuerySet[LessonRevision]:
    return LessonRevision.objects.filter(is_live=True, lesson__retired_at=None, lesson__module__retired_at=None)


def _cited() -> QuerySet[Fact]:
    """Facts whose number stands in a text's JSON list, found in its text: the same on every database."""
    listed = StrIndex(Cast(OuterRef("facts"), TextField()), Concat(Value('"'), "number", Value('"')))
    rows = Fact.objects.filter(programme=OuterRef("lesson__module__programme"), retired_at=None)
    return rows.annotate(listed=listed).filter(listed__gt=0)


def _newest_release(programme: OuterRef) -> Subquery:
    rows = Release.objects.filter(programme=programme).order_by("-pk")
    return Subquery(rows.values(told=_together(F("version"), F("imported_at")))[:1])


def _preference(wanted: Sequence[str], source: str) -> Case:
    """Sorts texts: those in a wanted language first, in that order; then those in the language that `source` names."""
    whens = [When(language=code, then=Value(place)) for place, code in enumerate(wanted)]
    return Case(*whens, When(language=F(source), then=Value(len(whens))), default=Value(len(whens) + 1))


def _openness(column: str) -> Case:
    return Case(When(**{column: True}, then=Value(OPEN)), default=Value(CLOSED), output_field=CharField())


def _columns(path: str, names: Sequence[str]) -> list[F]:
    return [F(f"{path}{name}") for name in names]


def joined(rows: QuerySet[Any], *expressions: Any) -> Subquery:
    """A text with these values of all rows."""
    values = rows.order_by().values(all_of_them=Value(1))
    return Subquery(values.annotate(joined=Joined(_together(*expressions, between=WITHIN))).values("joined"))


class _Text(Func):
    """A value as text; an absent one is the empty text."""

    template = "COALESCE(CAST(%(expressions)s AS TEXT), '')"
    output_field = TextField()


def _together(*expressions: Any, between: str = BETWEEN) -> Func:
    """One text of many values. Flat: SQLite's parser gives up on Concat of so many."""
    texts = [_Text(each) for each in expressions]
    return Func(*texts, template="(%(expressions)s)", arg_joiner=f" || '{between}' || ", output_field=TextField())

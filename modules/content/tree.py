"""What there is to learn, for programs: the questions behind the content API.

`wanted` is a row of language codes, best first; each answer says in which language its words are. What belongs to a
programme that is not open is left out, or NotHere, unless `closed_too`. Lists are read a page at a time: `after` is
where the page before ended.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from django.db.models import Count, F, Max, Model, Q, QuerySet, Sum

from lms.shared.languages import in_language
from lms.shared.refusals import NotHere, Refusal
from modules.content.lines import (
    best_language,
    fact_line,
    lesson_line,
    module_line,
    programme_line,
    release_line,
    term_line,
)
from modules.content.parts import calculator_whole, lines_of, part_line, story_whole, task_whole, timed_line
from modules.content.shapes import (
    CalculatorTree,
    FactLine,
    LessonLine,
    LessonTree,
    ModuleLine,
    ModuleTree,
    Page,
    PartLine,
    Picture,
    ProgrammeLine,
    ProgrammeTree,
    ReleaseLine,
    StoryTree,
    TaskTree,
    TermLine,
    TimedLine,
    grown,
)
from modules.models import (
    Calculator,
    Fact,
    FieldTask,
    GlossaryTerm,
    LessonRevision,
    Module,
    ModulePart,
    Programme,
    Release,
    Story,
)
from modules.querysets import MODULE_WORDS, PROGRAMME_WORDS, live_lessons, live_lines, live_modules, live_parts

L = TypeVar("L", bound=PartLine)
M = TypeVar("M", bound=Model)
LONG = (  # columns that lines of lessons do not show
    *("source", "html", "objectives", "toc", "facts"),
    *(f"lesson__module__{name}" for name in MODULE_WORDS),
    *(f"lesson__module__programme__{name}" for name in PROGRAMME_WORDS),
)


class UnknownPlace(Refusal):
    """A page is asked for that follows nothing we know."""

    code: ClassVar[str] = "unknown_place"
    status: ClassVar[int] = 400


# --- Lists ----------------------------------------------------------------------------------------


def programmes(wanted: Sequence[str], *, closed_too: bool, after: int | None, limit: int) -> Page[ProgrammeLine]:
    rows = _open(Programme.objects.all(), "", closed_too)
    found, last = _page(rows, ("pk",), after, limit)
    newest = _newest_releases(found)
    return Page(tuple(programme_line(row, newest.get(row.pk), wanted) for row in found), last)


def modules(
    wanted: Sequence[str], *, programme: str | None, closed_too: bool, after: int | None, limit: int
) -> Page[ModuleLine]:
    """Three queries."""
    rows = _open(_modules(), "programme__", closed_too)
    if programme is not None:
        rows = rows.filter(programme__key=programme)
    found, last = _page(rows, ("programme_id", "position", "pk"), after, limit)
    newest = _newest_releases({row.programme for row in found})
    return Page(tuple(module_line(row, newest.get(row.programme_id), wanted) for row in found), last)


def lessons(
    wanted: Sequence[str], *, module: str | None, closed_too: bool, after: int | None, limit: int
) -> Page[LessonLine]:
    """Two queries; one more beyond the first page."""
    rows = _open(live_lessons().filter(revisions__is_live=True).distinct(), "module__programme__", closed_too)
    if module is not None:
        rows = rows.filter(module__key=module)
    found, last = _page(rows, ("module__programme_id", "module__position", "module_id", "position", "pk"), after, limit)
    texts = _live_texts().filter(lesson__in=[row.pk for row in found]).defer(*LONG)
    lines = {text.lesson_id: lesson_line(text, wanted) for text in _best(texts, wanted)}
    return Page(tuple(lines[row.pk] for row in found), last)


def calculators(
    wanted: Sequence[str], *, module: str | None, closed_too: bool, after: int | None, limit: int
) -> Page[PartLine]:
    """By module and in order, as tasks and stories. One query; one more beyond the first page."""
    return _parts(_lines(Calculator, closed_too), module, after, limit, lambda row: part_line(row, wanted))


def tasks(
    wanted: Sequence[str], *, module: str | None, closed_too: bool, after: int | None, limit: int
) -> Page[TimedLine]:
    return _parts(_lines(FieldTask, closed_too), module, after, limit, lambda row: timed_line(row, wanted))


def stories(
    wanted: Sequence[str], *, module: str | None, closed_too: bool, after: int | None, limit: int
) -> Page[TimedLine]:
    return _parts(_lines(Story, closed_too), module, after, limit, lambda row: timed_line(row, wanted))


def terms(
    wanted: Sequence[str], *, module: str | None, closed_too: bool, after: int | None, limit: int
) -> Page[TermLine]:
    """The glossary, by programme and key. Two queries; one more beyond the first page."""
    rows = GlossaryTerm.objects.filter(retired_at=None, language=F("programme__source_language"))
    rows = _open(rows.select_related("programme", "module"), "programme__", closed_too)
    if module is not None:
        rows = rows.filter(module__key=module)
    found, last = _page(rows, ("programme_id", "key"), after, limit)
    others = GlossaryTerm.objects.filter(retired_at=None, language__in=wanted, key__in=[row.key for row in found])
    said = {(row.programme_id, row.key, row.language): row for row in others}
    return Page(tuple(term_line(row, _said_best(row, said, wanted), wanted) for row in found), last)


def facts(wanted: Sequence[str], *, closed_too: bool, after: int | None, limit: int) -> Page[FactLine]:
    """The fact ledger, in the order in which its facts came. One query; one more beyond the first page."""
    rows = _open(Fact.objects.filter(retired_at=None).select_related("programme"), "programme__", closed_too)
    found, last = _page(rows, ("programme_id", "pk"), after, limit)
    return Page(tuple(fact_line(row, wanted) for row in found), last)


def releases(*, closed_too: bool, after: int | None, limit: int) -> Page[ReleaseLine]:
    """What was imported, oldest first. One query; one more beyond the first page."""
    rows = _open(Release.objects.select_related("programme"), "programme__", closed_too)
    found, last = _page(rows, ("pk",), after, limit)
    return Page(tuple(release_line(row) for row in found), last)


# --- One thing ------------------------------------------------------------------------------------


def programme_tree(key: str, wanted: Sequence[str], *, closed_too: bool) -> ProgrammeTree:
    """A programme with its modules in order. Three queries. Raises NotHere."""
    programme = _open(Programme.objects.filter(key=key), "", closed_too).first()
    if programme is None:
        raise NotHere
    newest = _newest_releases([programme]).get(programme.pk)
    rows = _modules().filter(programme=programme).order_by("position", "pk")
    line = programme_line(programme, newest, wanted)
    return grown(ProgrammeTree, line, modules=tuple(module_line(row, newest, wanted) for row in rows))


def module_tree(key: str, wanted: Sequence[str], *, closed_too: bool) -> ModuleTree:
    """A module with its lessons and all that it holds beside them, in order. Four queries. Raises NotHere."""
    module = _open(_modules().filter(key=key), "programme__", closed_too).first()
    if module is None:
        raise NotHere
    newest = _newest_releases([module.programme]).get(module.programme_id)
    texts = _live_texts().filter(lesson__module=module).defer(*LONG).order_by("lesson__position", "lesson_id")
    line = module_line(module, newest, wanted)
    source = module.programme.source_language
    return grown(
        ModuleTree,
        line,
        id=module.pk,
        outcomes=tuple(in_language(words, line.language, source) for words in module.outcomes),
        languages=tuple(module.programme.languages),
        lessons=tuple(lesson_line(text, wanted) for text in _best(texts, wanted)),
        **lines_of(module, wanted),
    )


def lesson_tree(key: str, wanted: Sequence[str], *, closed_too: bool) -> LessonTree:
    """A lesson's text with its facts and pictures. Three queries. Raises NotHere."""
    rows = _live_texts().filter(lesson__key=key).defer("source")
    texts = list(_open(rows, "lesson__module__programme__", closed_too))
    if not texts:
        raise NotHere
    (text,) = _best(texts, wanted)
    module = text.lesson.module
    return grown(
        LessonTree,
        lesson_line(text, wanted),
        objectives=tuple(text.objectives),
        html=text.html,
        words=text.words,
        languages=tuple(sorted(each.language for each in texts)),
        competences=tuple(module.competences),
        sdgs=tuple(module.sdgs),
        facts=_cited(text, wanted),
        pictures=_pictures(text),
    )


def calculator_tree(key: str, wanted: Sequence[str], *, closed_too: bool) -> CalculatorTree:
    """A calculator with its formulas as text. One query. Raises NotHere, as the next two."""
    return calculator_whole(_part(Calculator, key, closed_too), wanted)


def task_tree(key: str, wanted: Sequence[str], *, closed_too: bool) -> TaskTree:
    """A field task with its rubric, and what the trainer watches and asks."""
    return task_whole(_part(FieldTask, key, closed_too), wanted)


def story_tree(key: str, wanted: Sequence[str], *, closed_too: bool) -> StoryTree:
    """A story with all its scenes."""
    return story_whole(_part(Story, key, closed_too), wanted)


def fact(number: str, wanted: Sequence[str], *, closed_too: bool) -> FactLine:
    """Numbers are unique in a programme; of several programmes the oldest answers. One query. Raises NotHere."""
    rows = Fact.objects.filter(number=number, retired_at=None).select_related("programme").order_by("programme_id")
    row = _open(rows, "programme__", closed_too).first()
    if row is None:
        raise NotHere
    return fact_line(row, wanted)


# --- Rows -----------------------------------------------------------------------------------------


def _open(rows: QuerySet[M], path: str, closed_too: bool) -> QuerySet[M]:
    return rows if closed_too else rows.filter(**{f"{path}is_open": True})


def _page(rows: QuerySet[M], order: tuple[str, ...], after: int | None, limit: int) -> tuple[list[M], int | None]:
    """At most `limit` rows behind the row `after`, and where the next page begins. Raises UnknownPlace."""
    if after is not None:
        rows = rows.filter(_behind(rows.model, order, after))
    found = list(rows.order_by(*order)[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else None


def _behind(model: type[M], order: tuple[str, ...], after: int) -> Q:
    mark = model._default_manager.filter(pk=after).values_list(*order).first()
    if mark is None:
        raise UnknownPlace(after=after)
    behind = Q()
    for place, name in enumerate(order):
        behind |= Q(**dict(zip(order[:place], mark[:place], strict=True)), **{f"{name}__gt": mark[place]})
    return behind


def _lines(model: type[ModulePart], closed_too: bool) -> QuerySet[Any]:
    return _open(live_lines(model).select_related("lesson"), "module__programme__", closed_too)


def _parts(rows: QuerySet[Any], module: str | None, after: int | None, limit: int, line: Callable[[Any], L]) -> Page[L]:
    if module is not None:
        rows = rows.filter(module__key=module)
    found, last = _page(rows, ("module__programme_id", "module__position", "module_id", "position", "pk"), after, limit)
    return Page(tuple(line(row) for row in found), last)


def _part(model: type[ModulePart], key: str, closed_too: bool) -> Any:
    rows = live_parts(model).select_related("module__programme", "lesson").filter(key=key)
    row = _open(rows, "module__programme__", closed_too).first()
    if row is None:
        raise NotHere
    return row


def _modules() -> QuerySet[Module]:
    current = Q(lessons__retired_at=None)
    count, minutes = Count("lessons", filter=current), Sum("lessons__minutes", filter=current)
    return live_modules().select_related("programme").annotate(lesson_count=count, lesson_minutes=minutes)


def _live_texts() -> QuerySet[LessonRevision]:
    rows = LessonRevision.objects.filter(is_live=True, lesson__retired_at=None, lesson__module__retired_at=None)
    return rows.select_related("lesson__module__programme", "release")


def _cited(text: LessonRevision, wanted: Sequence[str]) -> tuple[FactLine, ...]:
    """The facts that a text cites, in that order."""
    rows = Fact.objects.filter(programme=text.lesson.module.programme_id, number__in=text.facts, retired_at=None)
    found = {row.number: row for row in rows.select_related("programme")}
    return tuple(fact_line(found[number], wanted) for number in dict.fromkeys(text.facts) if number in found)


def _pictures(text: LessonRevision) -> tuple[Picture, ...]:
    rows = text.assets.order_by("name", "pk").values_list("name", "media_type", "size", "digest")
    return tuple(Picture(*row) for row in rows)


def _best(texts: Iterable[LessonRevision], wanted: Sequence[str]) -> list[LessonRevision]:
    """Of each lesson the text in the best language, in the order in which the lessons came."""
    by_lesson: dict[int, dict[str, LessonRevision]] = {}
    for text in texts:
        by_lesson.setdefault(text.lesson_id, {})[text.language] = text
    return [
        choices[best_language(choices, wanted, next(iter(choices.values())).lesson.module.programme.source_language)]
        for choices in by_lesson.values()
    ]


def _newest_releases(programmes: Iterable[Programme]) -> dict[int, Release]:
    """The newest release of each programme."""
    newest = Release.objects.order_by().values("programme").annotate(newest=Max("pk")).values("newest")
    rows = Release.objects.filter(programme__in=[row.pk for row in programmes], pk__in=newest)
    return {row.programme_id: row for row in rows.only("programme", "version", "imported_at")}


def _said_best(
    term: GlossaryTerm, said: Mapping[tuple[int, str, str], GlossaryTerm], wanted: Sequence[str]
) -> GlossaryTerm:
    return next((said[place] for code in wanted if (place := (term.programme_id, term.key, code)) in said), term)

"""Template tags of the trainer's pages: what a cell says, how a column is sorted, days in words."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lms.reports.cells import DONE, NONE, QUIZ, READY, Cell
from lms.reports.selectors import GroupPage, View
from lms.reports.standings import ColumnTotal
from lms.shared.templatetags.lms import percent
from lms.web.templatetags.pages import day

register = template.Library()


@register.simple_tag
def cell_mark(cell: Cell) -> SafeString:
    """Words and a shape. The shapes are drawn once on the page: train/_shapes.html."""
    shape = _shape(cell)
    if not shape:
        return format_html(
            '<span class="muted" aria-hidden="true">–</span><span class="visually-hidden">{}</span>', cell_words(cell)
        )
    return format_html(
        '<span class="pill {0}"><svg width="16" height="16" aria-hidden="true"><use href="#{0}"/></svg>{1}</span>',
        shape,
        cell_words(cell),
    )


def _shape(cell: Cell) -> str:
    if cell.status == DONE:
        return "done"
    if cell.is_late:
        return "late"
    return {NONE: "", QUIZ: "quiz"}.get(cell.status, "started")


def cell_words(cell: Cell) -> str:
    """What a cell says: "done 92 %", "3 of 6, late", "quiz 50 %"."""
    words = _words(cell)
    return _("%(what)s, late") % {"what": words} if cell.is_late and cell.status != DONE else words


def _words(cell: Cell) -> str:
    if cell.status == DONE:
        return _("done %(share)s") % {"share": percent(cell.best_score)} if cell.best_score is not None else _("done")
    if cell.status == QUIZ:
        return _("quiz %(share)s") % {"share": percent(cell.best_score)}
    if cell.status == NONE:
        return _("not started")
    lessons = _("%(done)d of %(total)d") % {"done": cell.done, "total": cell.total}
    return _("%(lessons)s, quiz open") % {"lessons": lessons} if cell.status == READY else lessons


@register.filter
def days_ago(days: int | None) -> str:
    """A day without its date: "today", "yesterday", "16 days ago"; None: "never"."""
    if days is None:
        return _("never")
    if days <= 0:
        return _("today")
    return _("yesterday") if days == 1 else ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}


@register.filter
def next_sort(view: View, column: str) -> str:
    """What a click on a column's name asks for: the other direction if it is sorted by it already."""
    return f"-{column}" if view.sort == column and not view.descending else column


@register.simple_tag
def aria_sort(view: View, column: str) -> SafeString:
    """The attribute that says how a column is sorted."""
    if view.sort != column:
        return SafeString("")
    return format_html(' aria-sort="{}"', "descending" if view.descending else "ascending")


@register.simple_tag
def sort_mark(view: View, column: str) -> SafeString:
    if view.sort != column:
        return SafeString("")
    path = "m1 1 4 5 4-5Z" if view.descending else "m1 6 4-5 4 5Z"
    return format_html('<svg width="10" height="7" aria-hidden="true"><path d="{}" fill="currentColor"/></svg>', path)


@register.simple_tag
def filters(group: GroupPage) -> list[dict[str, Any]]:
    """The ways to narrow the matrix, with how many each shows. Empty ones are left out."""
    counts = group.counts
    kinds = [
        ("all", _("All"), counts.everyone),
        ("needs", _("Needs you"), group.needs_in_all),
        ("behind", _("Behind"), counts.behind),
        ("done", pgettext("people who have finished everything", "Done"), counts.done),
        ("left", _("Left"), counts.left),
    ]
    shown = {"all", group.view.show}
    return [{"show": show, "words": words, "count": n} for show, words, n in kinds if n or show in shown]


@register.simple_tag
def bar(total: ColumnTotal, everyone: int) -> dict[str, str]:
    """Widths in hundredths, as SVG wants them: with a point, whatever the language."""
    return {name: f"{100 * getattr(total, name) / max(everyone, 1):.2f}" for name in ("completed", "started")}


@register.filter(expects_localtime=True)
def moment(value: datetime) -> str:
    """A day and a time in the reader's zone: for their own acts, never for what trainees did."""
    local = timezone.localtime(value)
    return f"{day(local, 'year')}, {date_format(local, 'H:i')}"

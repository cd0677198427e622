"""One row per trainee: how far in each module, the best score at its quiz, the last active day."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.cohorts.models import Cohort
from lms.cohorts.selectors import TimetableLine, timetable
from lms.reports import standings
from lms.reports.builders.table import Table, Value
from lms.reports.cells import DONE, NONE, QUIZ, READY, STARTED, Cell, RosterRow
from lms.reports.selectors import roster_row

AT_ONCE = 500
LATE = "late"
WORDS = {
    LATE: gettext_lazy("late"),
    NONE: gettext_lazy("not started"),
    STARTED: gettext_lazy("in progress"),
    READY: gettext_lazy("lessons done, quiz open"),
    QUIZ: gettext_lazy("quiz not passed yet"),
    DONE: gettext_lazy("completed"),
}


def table(cohort: Cohort, *, today: date, language: str) -> Table:
    """The rows are those of the matrix, asked for some hundred at a time (X-03, R-16)."""
    lines = timetable(cohort, language)
    learners = [row["learner_id"] for row in standings.by_name(standings.members(cohort)).iterator()]
    return Table(
        title=_("Completion"),
        header=tuple(_header(lines)),
        rows=_rows(cohort, lines, learners, today),
        total=len(learners),
        about=tuple(_about(cohort, lines, len(learners))),
    )


def _header(lines: Sequence[TimetableLine]) -> Iterator[str]:
    yield from (_("Name"), _("E-mail"))
    for line in lines:
        module = f"{line.position} {line.title}"
        yield from (
            _("%(module)s: state") % {"module": module},
            _("%(module)s: late") % {"module": module},
            _("%(module)s: lessons done") % {"module": module},
            _("%(module)s: lessons") % {"module": module},
            _("%(module)s: best score, %%") % {"module": module},
        )
    yield from (_("Modules completed"), _("Last active day"))


def _about(cohort: Cohort, lines: Sequence[TimetableLine], trainees: int) -> Iterator[tuple[str, Value]]:
    yield _("Trainees"), trainees
    for total in standings.column_totals(cohort, lines):
        module = {"module": f"{total.line.position} {total.line.title}"}
        yield _("%(module)s: completed") % module, total.completed
        yield _("%(module)s: mean best score, %%") % module, percent(total.mean_best)


def _rows(
    cohort: Cohort, lines: Sequence[TimetableLine], learners: Sequence[UUID], today: date
) -> Iterator[tuple[Value, ...]]:
    """No cursor stays open between the chunks: the worker writes its heartbeat there, and SQLite would refuse it."""
    waiting, words = iter(learners), {status: str(said) for status, said in WORDS.items()}
    while chunk := list(islice(waiting, AT_ONCE)):
        members = standings.members_by_id(cohort, chunk, lines)
        for learner in chunk:
            if learner in members:
                yield _row(roster_row(learner, members[learner], cohort, lines, today), words)


def _row(row: RosterRow, words: Mapping[str, str]) -> tuple[Value, ...]:
    cells = (value for cell in row.cells for value in _values(cell, words))
    return row.name, row.email, *cells, row.done, row.last_day


def _values(cell: Cell, words: Mapping[str, str]) -> tuple[Value, ...]:
    late = words[LATE] if cell.is_late else None
    return words[cell.status], late, cell.done, cell.total or None, percent(cell.best_score)


def percent(share: object) -> int | None:
    """As on the screen: rounded down, so that 79.9 never reads as passed."""
    return None if share is None else int(share * 100)  # type: ignore[operator]

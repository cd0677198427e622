"""Questions of the trainer's pages: my cohorts, and one group with those who need the trainer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from uuid import UUID

from django.db.models import F, Q

from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.selectors import TimetableLine, timetable, week_of
from lms.reports import standings
from lms.reports.attention import Need, Reason, absent_after, reasons
from lms.reports.cells import RosterRow, cells, last_day
from lms.reports.standings import ColumnTotal, GroupCounts, Member, People
from lms.shared.clock import local_date

ROWS_ON_A_PAGE = 50
NEEDS_SHOWN = 6
SORT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("sort_name",),
    "progress": ("completed", "lessons"),
    "seen": ("last_seen",),
}
SHOWS = ("all", "needs", "behind", "done", "left")


@dataclass(frozen=True, slots=True)
class View:
    """What the trainer chose to see of a group. `sort` is one of SORT_COLUMNS, `show` of SHOWS; pages count from 1."""

    sort: str = "name"
    descending: bool = False
    show: str = "all"
    text: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class GroupPage:
    """`needs` are the first of `needs_in_all`; `rows` are one page of `in_all`."""

    code: str
    name: str
    ends_on: date
    starts_on: date
    today: date
    week: int
    weeks: int
    lines: tuple[TimetableLine, ...]
    totals: tuple[ColumnTotal, ...]
    counts: GroupCounts
    needs: tuple[Need, ...]
    needs_in_all: int
    view: View
    rows: tuple[RosterRow, ...]
    in_all: int

    @property
    def is_running(self) -> bool:
        return 1 <= self.week <= self.weeks

    @property
    def pages(self) -> int:
        return max(1, ceil(self.in_all / ROWS_ON_A_PAGE))

    @property
    def on_the_plan(self) -> tuple[TimetableLine, ...]:
        """Modules that are open and not due yet."""
        return tuple(
            line
            for line in self.lines
            if line.due_on and line.due_on >= self.today and (line.opens_on is None or line.opens_on <= self.today)
        )


def group_page(cohort: Cohort, view: View, *, language: str, now: datetime) -> GroupPage:
    """Six queries, whatever the size: timetable, totals, counts, page, who needs you, cells."""
    today = local_date(now, cohort.timezone)
    lines = timetable(cohort, language)
    counts = standings.group_counts(cohort, lines, today)
    week, weeks = week_of(cohort, today)
    asked = _Asked(cohort, lines, today, counts.usual_gap)
    needs, needs_in_all = asked.needs() if 1 <= week <= weeks else ([], 0)
    page, in_all = asked.page(view)
    found = standings.members_by_id(cohort, [*needs, *page], lines)
    rows = {learner: roster_row(learner, found[learner], cohort, lines, today) for learner in found}
    return GroupPage(
        code=cohort.code,
        name=cohort.name,
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        today=today,
        week=week,
        weeks=weeks,
        lines=lines,
        totals=tuple(standings.column_totals(cohort, lines)),
        counts=counts,
        needs=tuple(Need(rows[learner], asked.reasons(rows[learner])) for learner in needs),
        needs_in_all=needs_in_all,
        view=view,
        rows=tuple(rows[learner] for learner in page),
        in_all=in_all,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What all parts of one page have in common."""

    cohort: Cohort
    lines: tuple[TimetableLine, ...]
    today: date
    usual_gap: int | None

    def needs(self) -> tuple[list[UUID], int]:
        """Who can be helped at once first (stuck at a quiz), then most modules late, then longest away."""
        people = standings.with_sums(standings.members(self.cohort), self.lines, self.today).filter(self._in_need())
        longest_away = F("last_seen").asc(nulls_first=True)
        return standings.first_of(
            people.order_by("-stuck", "completed_late", longest_away, "learner_id"), 0, NEEDS_SHOWN
        )

    def page(self, view: View) -> tuple[list[UUID], int]:
        return standings.first_of(self._sorted(view), (view.page - 1) * ROWS_ON_A_PAGE, ROWS_ON_A_PAGE)

    def _sorted(self, view: View) -> People:
        enrolments = Enrolment.objects.filter(cohort=self.cohort, ended_at__isnull=view.show != "left")
        if view.text:
            enrolments = enrolments.filter(standings.called(view.text))
        if view.sort == "name" and view.show in {"all", "left"}:
            people = standings.by_name(enrolments)
            return people.reverse() if view.descending else people
        people = standings.add_name(standings.with_sums(enrolments, self.lines, self.today))
        filters: Mapping[str, Callable[[], Q]] = {
            "needs": self._in_need,
            "behind": lambda: standings.is_behind(self.lines, self.today),
            "done": lambda: standings.is_done(self.lines),
        }
        if view.show in filters:
            people = people.filter(filters[view.show]())
        columns = [F(name) for name in SORT_COLUMNS[view.sort]]
        order = [c.desc(nulls_last=True) if view.descending else c.asc(nulls_first=True) for c in columns]
        return people.order_by(*order, "sort_name", "learner_id")

    def _in_need(self) -> Q:
        return standings.needs_trainer(self.cohort, self.lines, self.today, absent_after(self.usual_gap))

    def reasons(self, row: RosterRow) -> tuple[Reason, ...]:
        return reasons(row, starts_on=self.cohort.starts_on, today=self.today, usual_gap=self.usual_gap)


def roster_row(
    learner_id: UUID, member: Member, cohort: Cohort, lines: Sequence[TimetableLine], today: date
) -> RosterRow:
    """One line of the matrix, for the screen and for the file."""
    seen = last_day(member.counted, cohort.timezone)
    return RosterRow(
        learner_id=learner_id,
        name=member.name,
        email=member.email,
        joined_on=local_date(member.joined_at, cohort.timezone),
        has_left=member.has_left,
        cells=cells(lines, member.counted, today),
        last_day=seen,
        days_ago=(today - seen).days if seen else None,
    )

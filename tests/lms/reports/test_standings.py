"""The sums under the matrix say what the pure rules say, on invented groups."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.selectors import timetable
from lms.reports import standings
from lms.reports.attention import absent_after, reasons, usual_gap
from lms.reports.selectors import ROWS_ON_A_PAGE, View, group_page
from tests.factories.cohorts import make_cohort, make_enrolment
from tests.factories.modules import make_module, make_programme
from tests.factories.progress import make_module_progress
from tests.factories.reports import make_group, set_due

pytestmark = pytest.mark.django_db


def everybody(cohort: Cohort, now: datetime, **view: str) -> dict[str, object]:
    """Every row of the matrix, page after page, by name."""
    rows: dict[str, object] = {}
    page = 1
    while found := group_page(cohort, View(page=page, **view), language="en", now=now).rows:  # type: ignore[arg-type]
        rows |= {row.name: row for row in found}
        page += 1
    return rows


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_database_finds_exactly_those_for_whom_the_rules_have_a_reason(now: datetime, seed: int) -> None:
    now += timedelta(days=20 * seed)
    cohort = make_group(size=60, seed=seed, now=now)
    page = group_page(cohort, View(), language="en", now=now)
    rows = everybody(cohort, now)
    by_rules = {
        name
        for name, row in rows.items()
        if reasons(row, starts_on=cohort.starts_on, today=page.today, usual_gap=page.counts.usual_gap)  # type: ignore[arg-type]
    }
    assert set(everybody(cohort, now, show="needs")) == by_rules
    assert page.needs_in_all == len(by_rules) > 0
    assert all(need.reasons for need in page.needs)


def test_counts_and_filters_agree(now: datetime) -> None:
    cohort = make_group(size=70, now=now + timedelta(days=40))
    now += timedelta(days=40)
    counts = group_page(cohort, View(), language="en", now=now).counts
    assert counts.everyone == len(everybody(cohort, now)) == 70
    assert counts.behind == len(everybody(cohort, now, show="behind")) > 0
    assert counts.done == len(everybody(cohort, now, show="done")) > 0
    assert counts.left == len(everybody(cohort, now, show="left")) == 0


def test_who_left_is_in_no_total_but_can_be_found(now: datetime) -> None:
    cohort = make_group(size=4, now=now)
    gone = Enrolment.objects.filter(cohort=cohort).order_by("learner__email").first()
    assert gone
    Enrolment.objects.filter(pk=gone.pk).update(ended_at=now, ended_because="withdrew")
    assert gone.learner.name not in everybody(cohort, now)
    assert list(everybody(cohort, now, show="left")) == [gone.learner.name]
    counts = group_page(cohort, View(), language="en", now=now).counts
    assert (counts.everyone, counts.left) == (3, 1)


def test_column_totals_are_the_sums_of_the_rows(now: datetime) -> None:
    cohort = make_group(size=30, now=now)
    page = group_page(cohort, View(), language="en", now=now)
    for place, total in enumerate(page.totals):
        cells = [row.cells[place] for row in page.rows]
        best = [cell.best_score for cell in cells if cell.best_score is not None]
        assert total.completed == sum(cell.status == "done" for cell in cells)
        assert total.mean_best is not None
        assert abs(total.mean_best - sum(best) / len(best)) < Decimal("0.0001")


def test_progress_in_another_programme_does_not_count(now: datetime) -> None:
    cohort = make_group(size=1, modules=2, seed=3, now=now)
    learner = Enrolment.objects.get(cohort=cohort).learner
    before = group_page(cohort, View(), language="en", now=now)
    elsewhere = make_module(make_programme())
    make_module_progress(learner, elsewhere, now=now + timedelta(hours=1), state="completed", attempts=9)
    after = group_page(cohort, View(sort="progress"), language="en", now=now)
    assert (after.rows, after.totals, after.counts) == (before.rows, before.totals, before.counts)


def test_usual_gap_is_the_median_of_days_since_the_last_visit(now: datetime) -> None:
    cohort = make_cohort(programme=(module := make_module()).programme, learners=5)
    for days, enrolment in zip([0, 2, 3, 20], cohort.enrolments.order_by("learner__email"), strict=False):
        make_module_progress(enrolment.learner, module, now=now, last_active_at=now - timedelta(days=days))
    assert group_page(cohort, View(), language="en", now=now).counts.usual_gap == 2


def test_a_group_in_which_nobody_was_seen_has_no_usual_gap(now: datetime) -> None:
    cohort = make_cohort(programme=make_module().programme, learners=2)
    page = group_page(cohort, View(), language="en", now=now)
    assert (page.counts.usual_gap, absent_after(page.counts.usual_gap)) == (None, 14)


def test_a_module_is_late_from_the_day_after_its_due_day_in_the_zone_of_the_cohort(now: datetime) -> None:
    cohort = make_cohort(programme=(module := make_module()).programme, learners=1, timezone="Pacific/Auckland")
    set_due(cohort, module, now.date())
    auckland_evening, auckland_next_day = now.replace(hour=10), now.replace(hour=12)
    assert not group_page(cohort, View(), language="en", now=auckland_evening).rows[0].late
    page = group_page(cohort, View(show="behind"), language="en", now=auckland_next_day)
    assert [cell.line.title for cell in page.rows[0].late] == [module.title["en"]]


def test_a_completed_module_is_never_late(now: datetime) -> None:
    cohort = make_cohort(programme=(module := make_module()).programme, learners=1)
    set_due(cohort, module, cohort.starts_on)
    make_module_progress(cohort.enrolments.get().learner, module, now=now, state="completed", quiz_passed=True)
    page = group_page(cohort, View(), language="en", now=now)
    assert (page.counts.behind, page.counts.done, page.needs) == (0, 1, ())


@pytest.mark.parametrize("text", ["иванка", "ИВАНКА", "Иван", "ivanka@", "IVANKA"])
def test_a_name_is_found_in_any_case_and_alphabet(now: datetime, text: str) -> None:
    cohort = make_cohort(programme=make_module().programme, learners=2)
    someone = make_enrolment(cohort).learner
    someone.display_name, someone.email = "Иванка Петрова", "ivanka@example.org"
    someone.save()
    assert list(everybody(cohort, now, text=text)) == ["Иванка Петрова"]


@pytest.mark.parametrize("sort", ["name", "progress", "seen"])
def test_each_order_shows_everybody_once_over_all_pages(now: datetime, sort: str) -> None:
    cohort = make_group(size=ROWS_ON_A_PAGE + 7, now=now)
    assert len(everybody(cohort, now, sort=sort)) == ROWS_ON_A_PAGE + 7
    first = group_page(cohort, View(sort=sort), language="en", now=now)
    last = group_page(cohort, View(sort=sort, descending=True), language="en", now=now)
    assert (len(first.rows), first.in_all, first.pages) == (50, 57, 2)
    if sort == "progress":
        assert [row.done for row in first.rows] == sorted(row.done for row in first.rows)
        assert last.rows[0].done == 5
    if sort == "seen":
        assert first.rows[0].last_day is None or first.rows[0].last_day <= first.rows[-1].last_day  # type: ignore[operator]
    if sort == "name":
        assert first.rows[0].name == "Trainee 00001"
        assert last.rows[0].name == "Trainee 00057"


def test_a_page_beyond_the_end_is_empty(now: datetime) -> None:
    cohort = make_group(size=3, now=now)
    assert group_page(cohort, View(page=9), language="en", now=now).rows == ()


def test_before_the_start_and_after_the_end_nobody_is_called_in_need(now: datetime) -> None:
    cohort = make_group(size=20, now=now)
    assert group_page(cohort, View(), language="en", now=now - timedelta(days=40)).needs == ()
    assert group_page(cohort, View(), language="en", now=now + timedelta(days=400)).needs == ()


def test_a_group_takes_six_queries_whatever_its_size(now: datetime) -> None:
    counts = []
    for size in (10, 20, 120):
        cohort = make_group(size=size, now=now)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            group_page(cohort, View(sort="seen", show="behind"), language="en", now=now + timedelta(days=60))
        counts.append(len(queries))
    assert counts == [6, 6, 6]


def test_a_programme_without_modules_is_no_error(now: datetime) -> None:
    cohort = make_cohort(programme=make_programme(), learners=2)
    page = group_page(cohort, View(sort="progress"), language="en", now=now)
    assert (len(page.rows), page.lines, page.counts.done, page.counts.behind) == (2, (), 0, 0)


def test_late_modules_are_those_whose_due_day_is_over(now: datetime) -> None:
    cohort = make_group(size=0, now=now)
    lines = timetable(cohort, "en")
    assert standings.late_modules(lines, lines[1].due_on) == [lines[0].module_id]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "gap"),
    [([], None), ([0], 0), ([0, 9], 0), ([0, 3, 9], 3), ([1, 3, 9, 10], 3), ([14, 14, 40], 14), ([15, 20, 30], 15)],
)
def test_the_usual_gap_is_the_lower_median_and_never_more_than_two_weeks_and_a_day(
    days: list[int], gap: int | None
) -> None:
    assert usual_gap([sum(day <= most for day in days) for most in range(15)], len(days)) == gap


@pytest.mark.parametrize(("gap", "days"), [(None, 14), (0, 7), (3, 7), (4, 8), (6, 12), (7, 14), (15, 14)])
def test_too_long_is_twice_the_usual_gap_from_one_week_to_two(gap: int | None, days: int) -> None:
    assert absent_after(gap) == days

"""Rules and planning: one row for each person, kind, module and local day (Q-12)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from lms.people.models import AuditEvent
from lms.reminders.models import Kind, Reminder, ReminderRule, ReminderState
from lms.reminders.refusals import DaysOutOfRange
from lms.reminders.services import Choice, plan_reminders, set_rules
from lms.shared.clock import local_date, local_hour
from lms.shared.refusals import NotHere
from tests.factories.cohorts import make_cohort
from tests.factories.people import make_trainer
from tests.factories.reminders import make_due, make_rule, only_rule

pytestmark = pytest.mark.django_db
NINE = datetime(2027, 3, 15, 9, 0, tzinfo=UTC)


# --- Rules ------------------------------------------------------------------------------------------------------------


def test_a_cohort_without_rules_gets_the_default_of_each_kind() -> None:
    cohort = make_cohort()
    plan_reminders(now=NINE)
    assert set(ReminderRule.objects.values_list("cohort", "kind", "days", "enabled")) == {
        (cohort.pk, Kind.NOT_STARTED, 3, True),
        (cohort.pk, Kind.DUE_SOON, 3, True),
    }


def test_setting_rules_changes_the_named_ones_and_is_recorded() -> None:
    cohort, tom = make_cohort(), make_trainer()
    set_rules(cohort=cohort, choices={Kind.DUE_SOON: Choice(enabled=False, days=5)}, by=tom, now=NINE)
    rules = {rule.kind: (rule.enabled, rule.days) for rule in cohort.reminder_rules.all()}
    assert rules == {Kind.DUE_SOON: (False, 5), Kind.NOT_STARTED: (True, 3)}
    assert AuditEvent.objects.get(verb="reminder rules set").actor_id == tom.pk


@pytest.mark.parametrize("days", [0, 61, -1])
def test_days_out_of_range_are_refused_and_change_nothing(days: int) -> None:
    cohort = make_cohort()
    with pytest.raises(DaysOutOfRange):
        set_rules(cohort=cohort, choices={Kind.DUE_SOON: Choice(enabled=True, days=days)}, by=None, now=NINE)
    assert not cohort.reminder_rules.exists()


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(NotHere):
        set_rules(cohort=make_cohort(), choices={"weekly": Choice(enabled=True, days=3)}, by=None, now=NINE)


# --- Planning ---------------------------------------------------------------------------------------------------------


def test_planning_writes_one_row_for_each_who_is_owed_one() -> None:
    cohort = make_cohort(learners=3)
    module = make_due(cohort, date(2027, 3, 17)).module
    only_rule(cohort, Kind.DUE_SOON)
    assert plan_reminders(now=NINE) == 3
    planned = Reminder.objects.filter(kind=Kind.DUE_SOON, module=module, due_on=date(2027, 3, 17))
    assert planned.filter(state=ReminderState.PLANNED, next_try_at=NINE).count() == 3


def test_planning_again_adds_nothing() -> None:
    """R-03"""
    cohort = make_cohort(learners=3)
    make_due(cohort, date(2027, 3, 17))
    plan_reminders(now=NINE)
    before = Reminder.objects.count()
    assert plan_reminders(now=NINE + timedelta(minutes=5)) == 0
    assert plan_reminders(now=NINE + timedelta(days=1)) == 0
    assert Reminder.objects.count() == before == 6


def test_nothing_is_planned_before_the_hour_of_the_cohorts_own_zone(settings: Settings) -> None:
    settings.REMINDER_HOUR = 7
    cohort = make_cohort(learners=1, timezone="Europe/Sofia")
    assert plan_reminders(now=datetime(2027, 3, 15, 4, 59, tzinfo=UTC)) == 0
    assert plan_reminders(now=datetime(2027, 3, 15, 5, 0, tzinfo=UTC)) == 1
    assert cohort.enrolments.get().reminders.count() == 1


def test_a_rule_that_is_off_plans_nothing() -> None:
    cohort = make_cohort(learners=1)
    for kind in Kind.values:
        make_rule(cohort, kind, enabled=False)
    assert plan_reminders(now=NINE) == 0


@pytest.mark.parametrize(("starts", "ends"), [(16, 30), (1, 14)])
def test_a_cohort_that_is_not_running_today_plans_nothing(starts: int, ends: int) -> None:
    make_cohort(learners=1, starts_on=date(2027, 3, starts), ends_on=date(2027, 3, ends))
    assert plan_reminders(now=NINE) == 0


def test_planning_asks_little_whatever_the_size(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(3):
        cohort = make_cohort(learners=4)
        for kind in Kind.values:
            make_rule(cohort, kind)
    plan_reminders(now=NINE)
    with django_assert_num_queries(2 + 3 * 2):  # cohorts and rules; then one for each rule
        plan_reminders(now=NINE)


# Days on which clocks change, from the zone data that the fault catalogue measured (L12).
ODD_DAYS = [
    ("Africa/Cairo", date(2027, 4, 30)),  # midnight is skipped
    ("Africa/Casablanca", date(2027, 2, 7)),  # 02:30 happens twice
    ("Africa/Casablanca", date(2027, 3, 14)),  # 02:30 is skipped
    ("Europe/Paris", date(2027, 3, 28)),  # 02:30 is skipped
    ("America/Santiago", date(2027, 4, 3)),  # 23:30 happens twice
    ("America/Santiago", date(2027, 9, 5)),  # midnight is skipped
    ("Asia/Kathmandu", date(2027, 3, 15)),  # five hours and three quarters ahead
]


@pytest.mark.parametrize("hour", [0, 2, 23])
@pytest.mark.parametrize(("zone", "day"), ODD_DAYS)
def test_a_reminder_of_a_day_fires_once_on_that_local_day(zone: str, day: date, hour: int, settings: Settings) -> None:
    """Q-12: planned exactly once, on the day itself and not before its hour, though the planner runs all the time."""
    settings.REMINDER_HOUR = hour
    fortnight = timedelta(days=14)
    cohort = make_cohort(learners=1, timezone=zone, starts_on=day - fortnight, ends_on=day + fortnight)
    due_on = day + timedelta(days=3)
    make_due(cohort, due_on)
    only_rule(cohort, Kind.DUE_SOON)
    moment = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC) - timedelta(hours=20)
    fired = []
    for step in range(2 * 66):
        at = moment + timedelta(minutes=30 * step)
        fired += [at] * plan_reminders(now=at)
    assert len(fired) == 1
    assert local_date(fired[0], zone) == day
    assert local_hour(fired[0], zone) >= hour
    just_before = fired[0] - timedelta(minutes=30)
    assert local_date(just_before, zone) < day or local_hour(just_before, zone) < hour

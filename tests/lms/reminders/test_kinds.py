"""Who is owed a reminder on which day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.cohorts.models import EndedBecause
from lms.reminders.because import Because
from lms.reminders.kinds import KINDS, due_soon, not_started
from lms.reminders.models import Kind
from tests.factories.cohorts import make_cohort, make_enrolment
from tests.factories.modules import make_lesson
from tests.factories.people import make_trainee
from tests.factories.progress import make_lesson_completion, make_module_completion, make_visit
from tests.factories.reminders import NOW, make_due, make_reminder, make_rule

pytestmark = pytest.mark.django_db
START = date(2027, 3, 1)


def day(number: int) -> date:
    return date(2027, 3, number)


def test_every_kind_of_the_model_has_its_file() -> None:
    assert set(KINDS) == set(Kind.values)


# --- Due soon ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "told"), [(13, False), (14, True), (15, True), (17, True), (18, False)], ids=lambda value: str(value)
)
def test_due_soon_concerns_from_three_days_before_until_the_day_itself(on: int, told: bool) -> None:
    cohort = make_cohort(learners=1)
    make_due(cohort, day(17))
    assert bool(due_soon.concerned(make_rule(cohort, days=3), on=day(on))) is told


def test_due_soon_concerns_each_learner_and_each_module() -> None:
    cohort = make_cohort(learners=2)
    make_due(cohort, day(17))
    make_due(cohort, day(16))
    concerns = due_soon.concerned(make_rule(cohort), on=day(15))
    assert len({(concern.enrolment_id, concern.module_id) for concern in concerns}) == 4


def test_due_soon_leaves_out_who_finished_left_opted_out_or_is_gone() -> None:
    cohort = make_cohort()
    module = make_due(cohort, day(17)).module
    here, finished, left, opted_out, gone = (make_enrolment(cohort) for _ in range(5))
    make_module_completion(finished.learner, module, now=NOW)
    left.ended_at, left.ended_because = datetime(2027, 3, 2, tzinfo=UTC), EndedBecause.WITHDREW
    left.save()
    for enrolment, field in ((opted_out, "wants_reminders"), (gone, "is_active")):
        setattr(enrolment.learner, field, False)
        enrolment.learner.save()
    assert [concern.enrolment_id for concern in due_soon.concerned(make_rule(cohort), on=day(15))] == [here.pk]


def test_due_soon_says_nothing_about_a_module_that_is_retired_or_not_open_yet() -> None:
    cohort = make_cohort(learners=1)
    retired = make_due(cohort, day(17)).module
    retired.retired_at = datetime(2027, 3, 2, tzinfo=UTC)
    retired.save()
    make_due(cohort, day(17), opens_on=day(16))
    rule = make_rule(cohort)
    assert due_soon.concerned(rule, on=day(15)) == []
    assert len(due_soon.concerned(rule, on=day(16))) == 1


def test_due_soon_leaves_out_what_is_planned_already_unless_the_due_day_moved() -> None:
    cohort = make_cohort(learners=1)
    line = make_due(cohort, day(17))
    make_reminder(cohort.enrolments.get(), module=line.module, due_on=day(17))
    rule = make_rule(cohort)
    assert due_soon.concerned(rule, on=day(15)) == []
    make_due(cohort, day(18), module=line.module)
    assert [concern.due_on for concern in due_soon.concerned(rule, on=day(15))] == [day(18)]


def test_due_soon_looks_ahead_for_the_preview() -> None:
    cohort = make_cohort(learners=1)
    make_due(cohort, day(17))
    make_due(cohort, day(25))
    make_due(cohort, day(26))
    concerns = due_soon.concerned(make_rule(cohort), on=day(15), ahead=7)
    assert sorted(concern.send_on for concern in concerns) == [day(15), day(22)]


# --- Not started ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("on", "told"), [(3, False), (4, True), (5, True), (30, True)])
def test_not_started_concerns_from_three_days_after_the_start(on: int, told: bool) -> None:
    cohort = make_cohort(starts_on=START)
    make_enrolment(cohort, joined_at=datetime(2027, 2, 10, tzinfo=UTC))
    assert bool(not_started.concerned(make_rule(cohort, Kind.NOT_STARTED, days=3), on=day(on))) is told


def test_not_started_counts_from_the_local_day_of_joining_when_that_is_later() -> None:
    cohort = make_cohort(starts_on=START, timezone="Europe/Sofia")
    make_enrolment(cohort, joined_at=datetime(2027, 3, 9, 22, 30, tzinfo=UTC))  # 10 March, 00:30 in Sofia
    rule = make_rule(cohort, Kind.NOT_STARTED, days=3)
    assert not_started.concerned(rule, on=day(12)) == []
    assert [concern.due_on for concern in not_started.concerned(rule, on=day(13))] == [day(13)]


def test_not_started_leaves_out_who_opened_or_finished_something_of_this_programme() -> None:
    cohort = make_cohort()
    lesson = make_lesson(make_due(cohort, None).module)
    visited, done, idle, elsewhere = (make_enrolment(cohort) for _ in range(4))
    make_visit(visited.learner, lesson, now=NOW)
    make_lesson_completion(done.learner, lesson, now=NOW)
    foreign = make_cohort()
    make_visit(elsewhere.learner, make_lesson(make_due(foreign, None).module), now=NOW)
    concerns = not_started.concerned(make_rule(cohort, Kind.NOT_STARTED), on=day(15))
    assert {concern.enrolment_id for concern in concerns} == {idle.pk, elsewhere.pk}


def test_not_started_is_said_once_even_when_the_days_are_changed_afterwards() -> None:
    cohort = make_cohort(learners=1)
    make_reminder(cohort.enrolments.get(), kind=Kind.NOT_STARTED, due_on=day(4))
    assert not_started.concerned(make_rule(cohort, Kind.NOT_STARTED, days=9), on=day(15)) == []


def test_not_started_looks_ahead_for_the_preview() -> None:
    cohort = make_cohort(starts_on=day(14))
    make_enrolment(cohort, joined_at=datetime(2027, 3, 1, tzinfo=UTC))
    make_enrolment(cohort, joined_at=datetime(2027, 3, 18, tzinfo=UTC))
    concerns = not_started.concerned(make_rule(cohort, Kind.NOT_STARTED), on=day(15), ahead=7)
    assert sorted(concern.send_on for concern in concerns) == [day(17), day(21)]


# --- Both -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", Kind.values)
def test_a_kind_asks_once_whatever_the_size(kind: str) -> None:
    def statements(learners: int) -> int:
        cohort = make_cohort(learners=learners)
        make_due(cohort, day(17))
        rule = make_rule(cohort, kind)
        with CaptureQueriesContext(connection) as queries:
            assert len(KINDS[kind].concerned(rule, on=day(15))) >= learners
        return len(queries)

    assert statements(1) == statements(20) == 1


@pytest.mark.parametrize("kind", Kind.values)
def test_nobody_is_told_after_the_end_of_the_cohort(kind: str) -> None:
    cohort = make_cohort(learners=1, ends_on=day(15))
    make_due(cohort, day(15))
    rule = make_rule(cohort, kind)
    assert KINDS[kind].concerned(rule, on=day(15))
    assert KINDS[kind].concerned(rule, on=day(16)) == []


def test_due_soon_still_holds_until_finished_moved_retired_or_past() -> None:
    reminder = make_reminder()
    assert due_soon.still_holds(reminder, on=day(17)) is None
    assert due_soon.still_holds(reminder, on=day(18)) is Because.TOO_LATE
    make_due(reminder.enrolment.cohort, day(20), module=reminder.module)
    assert due_soon.still_holds(reminder, on=day(17)) is Because.NOT_DUE
    assert reminder.module
    make_module_completion(reminder.enrolment.learner, reminder.module, now=NOW)
    assert due_soon.still_holds(reminder, on=day(17)) is Because.FINISHED


def test_not_started_still_holds_until_something_was_opened() -> None:
    reminder = make_reminder(kind=Kind.NOT_STARTED)
    assert not_started.still_holds(reminder, on=day(15)) is None
    lesson = make_lesson(make_due(reminder.enrolment.cohort, None).module)
    make_visit(reminder.enrolment.learner, lesson, now=NOW)
    assert not_started.still_holds(reminder, on=day(15)) is Because.STARTED


def test_a_person_in_two_cohorts_is_asked_in_each() -> None:
    ana = make_trainee()
    for cohort in (make_cohort(learners=[ana]), make_cohort(learners=[ana])):
        assert len(not_started.concerned(make_rule(cohort, Kind.NOT_STARTED), on=START + timedelta(days=9))) == 1

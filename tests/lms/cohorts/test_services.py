"""Making cohorts, moving days, letting people in and out."""

from datetime import date, datetime
from typing import Any

import pytest

from lms.cohorts.models import Cohort, CohortModule, Enrolment
from lms.cohorts.refusals import LastTrainer, WrongCohort, WrongTimetable
from lms.cohorts.services import (
    Days,
    add_trainer,
    audit_target,
    create_cohort,
    enrol,
    remove_trainer,
    reschedule,
    withdraw,
)
from lms.people.models import AuditEvent
from lms.people.selectors import audit_trail
from modules.models import Programme
from tests.factories.cohorts import make_cohort
from tests.factories.modules import make_module, make_programme
from tests.factories.people import make_trainee, make_trainer

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2027, 3, 1), date(2027, 6, 30)


@pytest.fixture
def programme(now: datetime) -> Programme:
    programme = make_programme("green-skills")
    for key in ("soil", "water"):
        make_module(programme, key)
    make_module(programme, "old", retired_at=now)
    return programme


def create(now: datetime, **fields: Any) -> Cohort:
    wanted: dict[str, Any] = {
        "code": "spring",
        "name": "Spring 2027",
        "programme_key": "green-skills",
        "starts_on": FIRST,
        "ends_on": LAST,
        "timezone": "Europe/Sofia",
        "language": "bg",
        "by": None,
    }
    if "trainers" not in fields:
        wanted["trainers"] = [make_trainer()]
    return create_cohort(**(wanted | fields), now=now)


def test_a_cohort_gets_a_line_for_each_live_module_without_days(programme: Programme, now: datetime) -> None:
    cohort = create(now)
    lines = list(cohort.timetable.values_list("module__key", "opens_on", "due_on"))
    assert lines == [("soil", None, None), ("water", None, None)]
    assert [(line.verb, line.what) for line in audit_trail(audit_target(cohort))] == [("cohort created", "Spring 2027")]


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ({"starts_on": LAST, "ends_on": FIRST}, {"ends_on": "ends_before_start"}),
        ({"timezone": "Sofia"}, {"timezone": "unknown_zone"}),
        ({"timezone": "../../etc/passwd"}, {"timezone": "unknown_zone"}),
        ({"code": "Spring 2027"}, {"code": "not_a_code"}),
        ({"code": "guide"}, {"code": "not_a_code"}),
        ({"code": "x" * 41}, {"code": "not_a_code"}),
        ({"name": "  "}, {"name": "no_name"}),
        ({"language": "xx"}, {"language": "unknown_language"}),
        ({"programme_key": "brown-skills"}, {"programme": "unknown_programme"}),
        ({"trainers": []}, {"trainers": "not_a_trainer"}),
        (
            {"code": "", "name": "", "timezone": ""},
            {"code": "not_a_code", "name": "no_name", "timezone": "unknown_zone"},
        ),
    ],
)
def test_what_is_wrong_is_named_all_at_once_and_nothing_is_made(
    programme: Programme, now: datetime, fields: dict[str, Any], problems: dict[str, str]
) -> None:
    with pytest.raises(WrongCohort) as refusal:
        create(now, **fields)
    assert refusal.value.details["problems"] == problems
    assert not Cohort.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_trainee_cannot_be_its_trainer(programme: Programme, now: datetime) -> None:
    with pytest.raises(WrongCohort):
        create(now, trainers=[make_trainee()])


def test_one_day_is_long_enough(programme: Programme, now: datetime) -> None:
    assert create(now, ends_on=FIRST).ends_on == FIRST


def test_a_code_is_given_once(programme: Programme, now: datetime) -> None:
    create(now)
    with pytest.raises(WrongCohort) as refusal:
        create(now)
    assert refusal.value.details["problems"] == {"code": "code_taken"}


# --- Timetable ------------------------------------------------------------------------------------------------


def test_days_are_moved_and_written_down(programme: Programme, now: datetime) -> None:
    cohort, tom = create(now), make_trainer()
    changed = reschedule(cohort=cohort, days={"soil": Days(FIRST, date(2027, 3, 20))}, by=tom, now=now)
    assert [line.module.key for line in changed] == ["soil"]
    line = cohort.timetable.get(module__key="soil")
    assert (line.opens_on, line.due_on) == (FIRST, date(2027, 3, 20))
    event = AuditEvent.objects.get(verb="timetable changed")
    assert event.actor_id == tom.pk
    assert event.data == {
        "soil": {"from": {"opens_on": None, "due_on": None}, "to": {"opens_on": "2027-03-01", "due_on": "2027-03-20"}}
    }


def test_the_same_days_again_change_nothing(programme: Programme, now: datetime) -> None:
    cohort = create(now)
    days = {"soil": Days(FIRST, LAST), "water": Days()}
    assert len(reschedule(cohort=cohort, days=days, by=None, now=now)) == 1
    assert reschedule(cohort=cohort, days=days, by=None, now=now) == []
    assert AuditEvent.objects.filter(verb="timetable changed").count() == 1


def test_a_module_that_came_later_gets_its_line_with_its_days(programme: Programme, now: datetime) -> None:
    cohort = create(now)
    make_module(programme, "air")
    reschedule(cohort=cohort, days={"air": Days(due_on=LAST)}, by=None, now=now)
    assert cohort.timetable.get(module__key="air").due_on == LAST


@pytest.mark.parametrize(
    ("days", "problems"),
    [
        ({"soil": Days(LAST, FIRST)}, {"soil": {"due_on": "due_before_opening"}}),
        ({"soil": Days(date(2027, 2, 28), None)}, {"soil": {"opens_on": "outside_cohort"}}),
        ({"soil": Days(None, date(2027, 7, 1))}, {"soil": {"due_on": "outside_cohort"}}),
        ({"old": Days(FIRST, LAST)}, {"old": {"opens_on": "unknown_module"}}),
        (
            {"soil": Days(LAST, FIRST), "water": Days(None, date(2028, 1, 1))},
            {"soil": {"due_on": "due_before_opening"}, "water": {"due_on": "outside_cohort"}},
        ),
    ],
)
def test_wrong_days_are_named_all_at_once_and_none_is_saved(
    programme: Programme, now: datetime, days: dict[str, Days], problems: dict[str, dict[str, str]]
) -> None:
    cohort = create(now)
    with pytest.raises(WrongTimetable) as refusal:
        reschedule(cohort=cohort, days={"water": Days(FIRST, LAST)} | days, by=None, now=now)
    assert refusal.value.details["problems"] == problems
    assert not CohortModule.objects.exclude(due_on=None).exists()


# --- In and out ------------------------------------------------------------------------------------------------


def test_enrolling_twice_changes_nothing(now: datetime) -> None:
    cohort, ana = make_cohort(), make_trainee()
    first = enrol(cohort=cohort, learner=ana, now=now)
    assert enrol(cohort=cohort, learner=ana, now=now.replace(hour=20)) == first
    assert Enrolment.objects.get().joined_at == now
    assert [line.verb for line in audit_trail(first.pk)] == ["learner enrolled"]


def test_leaving_and_coming_back_is_the_same_enrolment(now: datetime) -> None:
    cohort, ana, tom = make_cohort(), make_trainee(), make_trainer()
    first = enrol(cohort=cohort, learner=ana, now=now)
    ended = withdraw(enrolment=first, because="removed", by=tom, now=now)
    assert (ended.ended_at, ended.ended_because) == (now, "removed")
    again = enrol(cohort=cohort, learner=ana, by=tom, now=now)
    assert (again.pk, again.ended_at, again.ended_because) == (first.pk, None, "")
    assert [line.verb for line in audit_trail(first.pk)] == ["learner came back", "enrolment ended", "learner enrolled"]


def test_leaving_twice_keeps_the_first_reason(now: datetime) -> None:
    enrolment = make_cohort(learners=1).enrolments.get()
    withdraw(enrolment=enrolment, because="withdrew", now=now)
    again = withdraw(enrolment=enrolment, because="removed", now=now.replace(hour=20))
    assert (again.ended_because, again.ended_at) == ("withdrew", now)
    assert len(audit_trail(enrolment.pk)) == 1


def test_an_enrolment_ends_only_for_a_known_reason(now: datetime) -> None:
    with pytest.raises(ValueError):
        withdraw(enrolment=make_cohort(learners=1).enrolments.get(), because="bored", now=now)


def test_the_trail_names_nobody_in_its_data(now: datetime) -> None:
    """P-03: names stand in labels and columns, where erasing finds them"""
    ana = make_trainee(email="canary@example.org", name="Canary")
    enrolment = enrol(cohort=make_cohort(), learner=ana, now=now)
    withdraw(enrolment=enrolment, because="withdrew", now=now)
    for event in AuditEvent.objects.all():
        assert "anary" not in f"{event.data} {event.target_label}"


def test_trainers_come_and_go_but_one_stays(now: datetime) -> None:
    tom, olga = make_trainer(), make_trainer(name="Olga")
    cohort = make_cohort(trainers=[tom])
    with pytest.raises(LastTrainer):
        remove_trainer(cohort=cohort, trainer=tom, by=None, now=now)
    add_trainer(cohort=cohort, trainer=olga, by=tom, now=now)
    add_trainer(cohort=cohort, trainer=olga, by=tom, now=now)
    remove_trainer(cohort=cohort, trainer=tom, by=olga, now=now)
    remove_trainer(cohort=cohort, trainer=tom, by=olga, now=now)
    assert list(cohort.trainers.all()) == [olga]
    assert [line.verb for line in audit_trail(audit_target(cohort))] == ["trainer removed", "trainer added"]
    with pytest.raises(WrongCohort):
        add_trainer(cohort=cohort, trainer=make_trainee(), by=None, now=now)

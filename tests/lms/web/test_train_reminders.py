"""The trainer's page of reminders: what is on, what went out, what was held back and why, what comes."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.cohorts.models import Cohort
from lms.people.models import User
from lms.reminders.because import Because
from lms.reminders.models import Kind, Reminder, ReminderRule, ReminderState
from lms.reminders.selectors import ROWS_ON_A_PAGE, reminder_page
from lms.reminders.services import plan_reminders
from tests.factories.cohorts import make_cohort, make_enrolment
from tests.factories.people import make_operator, make_trainee, make_trainer
from tests.factories.progress import make_module_completion
from tests.factories.reminders import NOW, make_due, make_reminder, make_rule, only_rule

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Client]
PAGE = "/en/train/spring/reminders/"


@pytest.fixture
def tom() -> User:
    return make_trainer(password=None)


@pytest.fixture
def spring(tom: User) -> Cohort:
    return make_cohort("spring", trainers=[tom])


@pytest.fixture
def toms(client_for: ClientFor, tom: User, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("lms.shared.clock.now", lambda: NOW)
    return client_for(tom)


def words(toms: Client, query: str = "") -> str:
    answer = toms.get(PAGE + query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


# --- Who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("spring")
def test_only_its_trainers_and_operators_see_the_page(client_for: ClientFor, tom: User) -> None:
    """A-03, A-04"""
    outsiders = (make_trainer(password=None), make_trainee(password=None))
    assert [client_for(person).get(PAGE).status_code for person in outsiders] == [404, 404]
    assert [client_for(person).post(PAGE, {}).status_code for person in outsiders] == [404, 404]
    assert client_for(None).get(PAGE).status_code == 302
    insiders = (tom, make_operator(password=None))
    assert [client_for(person).get(PAGE).status_code for person in insiders] == [200, 200]


# --- Rules ------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("spring")
def test_a_new_cohort_shows_the_defaults(toms: Client) -> None:
    page = words(toms)
    assert page.count('value="3"') == 2
    assert page.count("checked") == 2


def test_rules_are_changed(toms: Client, spring: Cohort) -> None:
    answer = toms.post(PAGE, {"not_started-days": "5", "due_soon-enabled": "on", "due_soon-days": "2"})
    assert answer.status_code == 302
    rules = {rule.kind: (rule.enabled, rule.days) for rule in spring.reminder_rules.all()}
    assert rules == {Kind.NOT_STARTED: (False, 5), Kind.DUE_SOON: (True, 2)}
    assert 'value="5"' in words(toms)


@pytest.mark.parametrize("days", ["", "0", "61", "three", "-1", "1e9"])
@pytest.mark.usefixtures("spring")
def test_wrong_days_are_said_beside_the_field_and_change_nothing(days: str, toms: Client) -> None:
    answer = toms.post(PAGE, {"due_soon-enabled": "on", "due_soon-days": days, "not_started-days": "3"})
    assert answer.status_code == 200
    assert 'id="id_due_soon-days_error"' in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not ReminderRule.objects.exists()


# --- What became of them ----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("spring")
def test_without_reminders_the_page_says_so(toms: Client) -> None:
    page = words(toms)
    assert "No reminder has gone out yet" in page
    assert "nobody gets a reminder" in page


@pytest.mark.parametrize("because", list(Because))
def test_each_reason_has_words(because: Because) -> None:
    """R-07: why a mail did not go out can be read."""
    said = render_to_string("train/_because.html", {"because": because.value, "detail": ""})
    assert len(said.strip()) > 10


@pytest.mark.parametrize("kind", Kind.values)
@pytest.mark.usefixtures("spring")
def test_each_kind_has_words_and_a_rule(kind: str, toms: Client) -> None:
    assert render_to_string("train/_reminder_kind.html", {"kind": kind, "module": "Soil"}).strip()
    rule = toms.get(PAGE).content.decode().partition(f'name="{kind}-days"')[0].rpartition("<fieldset")[2]
    assert "<h3>" in rule
    assert "Days" in rule


def test_every_code_is_told_from_the_others() -> None:
    said = {render_to_string("train/_because.html", {"because": because.value, "detail": ""}) for because in Because}
    assert len(said) == len(Because)


def test_a_row_says_who_what_and_why(toms: Client, spring: Cohort) -> None:
    """R-07"""
    ana = make_trainee(name="Ana Petrova", password=None)
    make_reminder(make_enrolment(spring, ana), state=ReminderState.SKIPPED, because=Because.FINISHED)
    page = words(toms)
    assert "Ana Petrova" in page
    assert "held back" in page
    assert "has finished the module meanwhile" in page
    assert f"/en/train/spring/learners/{ana.pk}/" in page


def test_what_the_mail_server_said_is_shown_as_text(toms: Client, spring: Cohort) -> None:
    make_reminder(
        make_enrolment(spring), state=ReminderState.FAILED, because=Because.REFUSED, detail="550 <b>no</b> such person"
    )
    page = words(toms)
    assert "550 &lt;b&gt;no&lt;/b&gt; such person" in page
    assert "Check the address" in page


def test_a_reminder_between_two_tries_says_when_the_next_is(toms: Client, spring: Cohort) -> None:
    make_reminder(make_enrolment(spring), tries=1, next_try_at=NOW + timedelta(minutes=15))
    assert "try 1 of 3 failed, next at" in words(toms)


def test_unknown_ones_are_shown_and_not_promised_again(toms: Client, spring: Cohort) -> None:
    """D4"""
    make_reminder(make_enrolment(spring), state=ReminderState.UNKNOWN, because=Because.WORKER_LOST)
    assert "It may have arrived, so it is not sent again" in words(toms)


def test_the_list_is_filtered_by_state(toms: Client, spring: Cohort) -> None:
    for name, state in (("Ana", ReminderState.SENT), ("Boris", ReminderState.FAILED)):
        make_reminder(make_enrolment(spring, make_trainee(name=name, password=None)), state=state)
    page = words(toms, "?state=failed")
    assert "Boris" in page
    assert ">Ana<" not in page
    assert ">Ana<" in words(toms, "?state=nonsense")
    assert "None in this state" in words(toms, "?state=skipped")


def test_another_cohorts_reminders_are_not_here(toms: Client, spring: Cohort) -> None:
    """A-03"""
    make_reminder(make_enrolment(make_cohort(), make_trainee(name="Somebody", password=None)))
    assert "Somebody" not in words(toms)
    assert spring.enrolments.count() == 0


def test_long_lists_have_pages(toms: Client, spring: Cohort) -> None:
    enrolments = [make_enrolment(spring) for _ in range(ROWS_ON_A_PAGE + 1)]
    Reminder.objects.bulk_create(
        Reminder(enrolment=one, kind=Kind.NOT_STARTED, due_on=NOW.date(), planned_at=NOW, next_try_at=NOW)
        for one in enrolments
    )
    first, second = words(toms), words(toms, "?page=2")
    assert "Page 1 of 2" in first
    assert 'rel="next"' in first
    assert 'rel="prev"' in second
    assert first.count('<th scope="row"><a') == ROWS_ON_A_PAGE
    assert second.count('<th scope="row"><a') == 1
    for odd in ("0", "99", "x", "-1", "9" * 30):
        assert toms.get(f"{PAGE}?page={odd}").status_code == 200


# --- What comes -------------------------------------------------------------------------------------------------------


def test_the_preview_is_what_the_planner_then_plans(toms: Client, spring: Cohort) -> None:
    done, *_others = [make_enrolment(spring) for _ in range(3)]
    module = make_due(spring, date(2027, 3, 20)).module
    make_module_completion(done.learner, module, now=NOW)
    only_rule(spring, Kind.DUE_SOON)
    coming = reminder_page(spring, language="en", state="", page=1, now=NOW).coming
    assert [(line.day, line.people) for line in coming] == [(date(2027, 3, 17), 2)]
    assert "Wednesday 17 March" in words(toms)
    morning = datetime(2027, 3, 17, 9, 0, tzinfo=NOW.tzinfo)
    assert plan_reminders(now=morning - timedelta(days=1)) == 0
    assert plan_reminders(now=morning) == 2


def test_a_kind_that_is_off_does_not_come(spring: Cohort) -> None:
    make_enrolment(spring)
    make_due(spring, date(2027, 3, 20))
    for kind in Kind.values:
        make_rule(spring, kind, enabled=False)
    assert reminder_page(spring, language="en", state="", page=1, now=NOW).coming == ()


# --- Cost -------------------------------------------------------------------------------------------------------------


def test_the_page_asks_little_whatever_the_size(toms: Client, spring: Cohort) -> None:
    def statements(more: int) -> int:
        for _ in range(more):
            make_reminder(make_enrolment(spring), state=ReminderState.SENT)
            make_enrolment(spring)
        with CaptureQueriesContext(connection) as queries:
            words(toms)
        return len(queries)

    assert statements(2) == statements(20)
    assert statements(1) <= 9  # session and person; cohort; rules; counts; rows; one a kind; titles of coming modules

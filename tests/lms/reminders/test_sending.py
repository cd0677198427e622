"""Sending: at most once (D4), only what is still true (R-07), and what becomes of it is written down."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from pytest_django import Settings

from lms.cohorts.models import EndedBecause
from lms.cohorts.services import withdraw
from lms.people.models import User
from lms.people.services import change_profile, deactivate
from lms.reminders import services, tasks
from lms.reminders.because import Because
from lms.reminders.models import Kind, Reminder, ReminderRule, ReminderState
from lms.reminders.services import HINT_AGE, send_reminder, sweep_reminders, unsent
from tests.factories.cohorts import make_cohort, make_enrolment
from tests.factories.modules import make_lesson
from tests.factories.people import make_trainee
from tests.factories.progress import make_module_completion, make_visit
from tests.factories.reminders import NOW, make_due, make_reminder

pytestmark = pytest.mark.django_db
SERVERS = "tests.lms.reminders.mail_servers."


def test_a_reminder_is_sent_to_the_learner(mailoutbox: list[EmailMultiAlternatives]) -> None:
    ana = make_trainee("ana@example.org")
    reminder = make_reminder(make_enrolment(make_cohort(), ana))
    sent = send_reminder(reminder_id=reminder.pk, now=NOW)
    assert sent
    assert (sent.state, sent.sent_at, sent.because) == (ReminderState.SENT, NOW, "")
    assert [mail.to for mail in mailoutbox] == [["ana@example.org"]]


def test_the_same_task_three_times_sends_one_mail(
    monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    """R-03"""
    monkeypatch.setattr("lms.shared.clock.now", lambda: NOW)
    reminder = make_reminder()
    for _ in range(3):
        tasks.send_reminder(str(reminder.pk))
    assert len(mailoutbox) == 1


def test_a_task_for_a_row_that_is_gone_is_quiet(mailoutbox: list[EmailMultiAlternatives]) -> None:
    reminder = make_reminder()
    Reminder.objects.all().delete()
    assert send_reminder(reminder_id=reminder.pk, now=NOW) is None
    assert mailoutbox == []


def _finish(reminder: Reminder) -> None:
    assert reminder.module
    make_module_completion(reminder.enrolment.learner, reminder.module, now=NOW)


def _opt_out(reminder: Reminder) -> None:
    ana = reminder.enrolment.learner
    change_profile(
        person=ana, name=ana.display_name, language="", timezone=ana.timezone, wants_reminders=False, now=NOW
    )


def _leave(reminder: Reminder) -> None:
    withdraw(enrolment=reminder.enrolment, because=EndedBecause.WITHDREW, now=NOW)


def _close_account(reminder: Reminder) -> None:
    deactivate(person=reminder.enrolment.learner, by=None, now=NOW)


def _end_cohort(reminder: Reminder) -> None:
    cohort = reminder.enrolment.cohort
    cohort.ends_on = date(2027, 3, 14)
    cohort.save()


def _move_due_day(reminder: Reminder) -> None:
    make_due(reminder.enrolment.cohort, date(2027, 4, 1), module=reminder.module)


def _turn_rule_off(reminder: Reminder) -> None:
    ReminderRule.objects.update(enabled=False)


CHANGES: list[tuple[Callable[[Reminder], None], Because]] = [
    (_finish, Because.FINISHED),
    (_opt_out, Because.OPTED_OUT),
    (_leave, Because.LEFT),
    (_close_account, Because.GONE),
    (_end_cohort, Because.COHORT_OVER),
    (_move_due_day, Because.NOT_DUE),
    (_turn_rule_off, Because.RULE_OFF),
]


@pytest.mark.parametrize(("change", "because"), CHANGES, ids=[str(because) for _, because in CHANGES])
def test_what_is_true_no_more_is_held_back_and_says_why(
    change: Callable[[Reminder], None], because: Because, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    """R-07, P-06"""
    reminder = make_reminder()
    change(reminder)
    held = send_reminder(reminder_id=reminder.pk, now=NOW)
    assert held
    assert (held.state, held.because) == (ReminderState.SKIPPED, because)
    assert mailoutbox == []


def test_not_started_is_held_back_when_somebody_has_started(mailoutbox: list[EmailMultiAlternatives]) -> None:
    """R-07"""
    reminder = make_reminder(kind=Kind.NOT_STARTED)
    lesson = make_lesson(make_due(reminder.enrolment.cohort, None).module)
    make_visit(reminder.enrolment.learner, lesson, now=NOW)
    held = send_reminder(reminder_id=reminder.pk, now=NOW)
    assert held
    assert (held.state, held.because) == (ReminderState.SKIPPED, Because.STARTED)
    assert mailoutbox == []


def test_a_reminder_that_is_late_by_days_is_held_back(mailoutbox: list[EmailMultiAlternatives]) -> None:
    reminder = make_reminder()
    held = send_reminder(reminder_id=reminder.pk, now=NOW + timedelta(days=4))
    assert held
    assert (held.state, held.because) == (ReminderState.SKIPPED, Because.TOO_LATE)
    assert mailoutbox == []


def test_an_erased_person_gets_nothing_even_when_the_enrolment_is_gone(
    mailoutbox: list[EmailMultiAlternatives],
) -> None:
    """R-07"""
    reminder = make_reminder()
    reminder.enrolment.delete()
    assert send_reminder(reminder_id=reminder.pk, now=NOW) is None
    assert mailoutbox == []


# --- The mail server --------------------------------------------------------------------------------------------------


def test_a_server_that_is_away_is_asked_three_times_with_growing_gaps(settings: Settings) -> None:
    settings.EMAIL_BACKEND = SERVERS + "Away"
    reminder, moment, gaps = make_reminder(), NOW, []
    for _ in range(2):
        after = send_reminder(reminder_id=reminder.pk, now=moment)
        assert after
        assert after.state == ReminderState.PLANNED
        assert send_reminder(reminder_id=reminder.pk, now=moment) is None  # a second message does not shorten the gap
        gaps.append(after.next_try_at - moment)
        moment = after.next_try_at
    last = send_reminder(reminder_id=reminder.pk, now=moment)
    assert last
    assert (last.state, last.because, last.tries) == (ReminderState.FAILED, Because.REFUSED, 3)
    assert "nobody listens" in last.detail
    assert gaps == sorted(gaps)
    assert gaps[0] < gaps[1]


def test_a_server_that_comes_back_gets_it_once(settings: Settings, mailoutbox: list[EmailMultiAlternatives]) -> None:
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = SERVERS + "Away"
    reminder = make_reminder()
    waiting = send_reminder(reminder_id=reminder.pk, now=NOW)
    settings.EMAIL_BACKEND = working
    assert waiting
    for _ in range(3):
        send_reminder(reminder_id=reminder.pk, now=waiting.next_try_at)
    assert len(mailoutbox) == 1


def test_a_lasting_no_is_not_asked_again(settings: Settings) -> None:
    settings.EMAIL_BACKEND = SERVERS + "NoSuchPerson"
    failed = send_reminder(reminder_id=make_reminder().pk, now=NOW)
    assert failed
    assert (failed.state, failed.because, failed.tries) == (ReminderState.FAILED, Because.REFUSED, 1)
    assert failed.detail == "550 no such person"


def test_a_talk_that_breaks_off_is_unknown_and_never_tried_again(
    settings: Settings, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = SERVERS + "BreaksOff"
    reminder = make_reminder()
    send_reminder(reminder_id=reminder.pk, now=NOW)
    settings.EMAIL_BACKEND = working
    for days in (0, 1, 2):
        services.sweep_reminders(now=NOW + timedelta(days=days))
        assert unsent(now=NOW + timedelta(days=days)) == []
        send_reminder(reminder_id=reminder.pk, now=NOW + timedelta(days=days))
    reminder.refresh_from_db()
    assert (reminder.state, reminder.because) == (ReminderState.UNKNOWN, Because.DOUBTFUL)
    assert mailoutbox == []


def test_a_text_that_cannot_be_made_fails_and_says_so(
    monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise KeyError("module")

    monkeypatch.setattr("lms.reminders.message.write_letter", broken)
    failed = send_reminder(reminder_id=make_reminder().pk, now=NOW)
    assert failed
    assert (failed.state, failed.because) == (ReminderState.FAILED, Because.NOT_WRITTEN)
    assert mailoutbox == []


# --- The sweep --------------------------------------------------------------------------------------------------------


def test_a_reminder_whose_worker_died_while_sending_becomes_unknown(
    mailoutbox: list[EmailMultiAlternatives],
) -> None:
    reminder = make_reminder(state=ReminderState.SENDING, tries=1, heartbeat_at=NOW - timedelta(seconds=46))
    assert sweep_reminders(now=NOW) == 1
    assert send_reminder(reminder_id=reminder.pk, now=NOW) is None
    reminder.refresh_from_db()
    assert (reminder.state, reminder.because) == (ReminderState.UNKNOWN, Because.WORKER_LOST)
    assert mailoutbox == []


def test_a_worker_that_is_still_sending_is_left_alone() -> None:
    make_reminder(state=ReminderState.SENDING, tries=1, heartbeat_at=NOW - timedelta(seconds=44))
    assert sweep_reminders(now=NOW) == 0


def test_the_sweep_sends_for_what_was_never_sent_for_and_only_once_in_a_while() -> None:
    """R-08"""
    reminder = make_reminder()
    assert unsent(now=NOW) == [reminder.pk]
    assert unsent(now=NOW + timedelta(minutes=1)) == []
    assert unsent(now=NOW + HINT_AGE + timedelta(seconds=1)) == [reminder.pk]


def test_what_the_queue_did_not_take_is_sent_for_at_the_next_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    """R-08"""
    first, second = make_reminder(), make_reminder()
    asked: list[str] = []

    def out_of_reach(_task: Any, reminder_id: str) -> bool:
        asked.append(reminder_id)
        return False

    monkeypatch.setattr("lms.shared.queueing.send", out_of_reach)
    monkeypatch.setattr("lms.shared.clock.now", lambda: NOW)
    tasks.sweep_reminders()
    assert len(asked) == 1  # it did not go on trying
    assert set(unsent(now=NOW)) == {first.pk, second.pk}


def test_what_waits_for_its_next_try_is_not_sent_for_early() -> None:
    make_reminder(next_try_at=NOW + timedelta(minutes=15), tries=2)
    assert unsent(now=NOW + timedelta(minutes=14)) == []
    assert len(unsent(now=NOW + timedelta(minutes=15))) == 1


def test_a_slow_server_that_outlasts_the_lease_still_tells_the_truth(
    monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    reminder = make_reminder()
    hand_over = services.post_office.hand_over

    def slow(mail: Any) -> Any:
        sweep_reminders(now=NOW + timedelta(minutes=2))
        return hand_over(mail)

    monkeypatch.setattr("lms.people.post_office.hand_over", slow)
    sent = send_reminder(reminder_id=reminder.pk, now=NOW)
    assert sent
    assert (sent.state, sent.because) == (ReminderState.SENT, "")
    assert len(mailoutbox) == 1


def test_nobody_else_is_touched_by_one_who_opted_out(mailoutbox: list[EmailMultiAlternatives]) -> None:
    cohort = make_cohort()
    module = make_due(cohort, date(2027, 3, 17)).module
    out, still = (
        make_reminder(make_enrolment(cohort, make_trainee(wants_reminders=wants)), module=module)
        for wants in (False, True)
    )
    for reminder in (out, still):
        send_reminder(reminder_id=reminder.pk, now=NOW)
    assert [mail.to for mail in mailoutbox] == [[User.objects.get(wants_reminders=True, role="trainee").email]]

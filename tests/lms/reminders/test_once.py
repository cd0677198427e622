"""Once means once, with real threads on a real database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection

from lms.reminders.models import Kind, Reminder, ReminderState
from lms.reminders.services import plan_reminders, send_reminder
from tests.factories.cohorts import make_cohort
from tests.factories.reminders import NOW, make_due, make_reminder, only_rule


def together(calls: list[Callable[[], Any]]) -> list[Any]:
    """All calls at once, each in its own thread with its own connection."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            barrier.wait()
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.django_db(transaction=True)
def test_ten_workers_with_one_task_send_one_mail(mailoutbox: list[EmailMultiAlternatives]) -> None:
    """R-03"""
    reminder = make_reminder()
    results = together([lambda: send_reminder(reminder_id=reminder.pk, now=NOW)] * 10)
    assert len([result for result in results if result]) == 1
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", Kind.values)
def test_two_planners_at_once_plan_each_once(kind: str) -> None:
    """R-03: with a module and without one, because NULLs are never equal."""
    cohort = make_cohort(learners=20)
    make_due(cohort, date(2027, 3, 17))
    only_rule(cohort, kind)
    together([lambda: plan_reminders(now=NOW)] * 4)
    assert Reminder.objects.count() == 20


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_people_two_planners_each_message_three_times_one_mail_each(
    mailoutbox: list[EmailMultiAlternatives],
) -> None:
    """G-03 in small: 150 people, planned by two at once, each task delivered three times, by three workers."""
    cohort = make_cohort(learners=150)
    make_due(cohort, date(2027, 3, 17))
    only_rule(cohort, Kind.DUE_SOON)
    together([lambda: plan_reminders(now=NOW)] * 2)
    ids = list(Reminder.objects.values_list("pk", flat=True))

    def work(order: int) -> None:
        for reminder_id in sorted(ids, reverse=bool(order % 2)):
            send_reminder(reminder_id=reminder_id, now=NOW)

    together([lambda order=order: work(order) for order in range(3)])  # type: ignore[misc]
    recipients = [address for mail in mailoutbox for address in mail.to]
    assert len(recipients) == len(set(recipients)) == 150
    assert Reminder.objects.filter(state=ReminderState.SENT).count() == 150

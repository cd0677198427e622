"""What workers do for reminders. The rows are the truth; a task is a hint that may come twice, late or never."""

from celery import shared_task

from lms.reminders import services
from lms.shared import clock, queueing


@shared_task
def plan_reminders() -> None:
    services.plan_reminders(now=clock.now())
    _send_for_the_unsent()


@shared_task
def sweep_reminders() -> None:
    services.sweep_reminders(now=clock.now())
    _send_for_the_unsent()


@shared_task
def send_reminder(reminder_id: str) -> None:
    services.send_reminder(reminder_id=reminder_id, now=clock.now())


def _send_for_the_unsent() -> None:
    """Stops at the first failure: a queue that is out of reach costs a second for each try."""
    waiting = services.unsent(now=clock.now())
    for place, reminder_id in enumerate(waiting):
        if not queueing.send(send_reminder, str(reminder_id)):
            services.not_sent_for(reminder_ids=waiting[place:])
            return

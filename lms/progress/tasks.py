"""What the timetable runs at night."""

from celery import shared_task

from lms.progress import services
from lms.shared.clock import now


@shared_task
def check_progress() -> None:
    """Compare what screens read with the facts; mend and log a difference."""
    services.check_progress(now=now())

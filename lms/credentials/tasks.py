"""What workers do for credentials."""

from celery import shared_task

from lms.credentials import services
from lms.shared import clock


@shared_task
def issue_earned() -> None:
    services.issue_earned(now=clock.now())

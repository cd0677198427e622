"""What the timetable does for privacy."""

import logging

from celery import shared_task

from lms.privacy import services
from lms.shared import clock

log = logging.getLogger(__name__)


@shared_task
def forget_in_time() -> None:
    counts = services.forget_in_time(now=clock.now())
    log.info("kept long enough and deleted: %s", counts)

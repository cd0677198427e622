"""The Celery app. All its settings stand in lms/settings.py under CELERY_."""

import os
import sys
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")

app = Celery("lms")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def refuse_unfit_process(**kwargs: Any) -> None:
    """A worker or timetable that would lose work does not start."""
    from lms.shared.start_checks import UnfitToStart, refuse_unfit  # inside: this file is loaded before Django is

    try:
        refuse_unfit(database=True)
    except UnfitToStart as error:
        sys.exit(str(error))


@beat_init.connect
def tick_at_once(**kwargs: Any) -> None:
    """The first sign of life goes the whole way now, so that /health/ready need not wait for the first minute."""
    app.send_task("lms.people.tasks.tick")

"""The nightly forgetting runs on the timetable (P-05)."""

from datetime import timedelta

import pytest
from django.conf import settings

from lms.people.models import AuditEvent
from lms.privacy import tasks
from lms.shared import clock


@pytest.mark.django_db
def test_p_05_the_task_forgets_what_is_old() -> None:
    """P-05: and it is in the timetable, under its own name."""
    AuditEvent.objects.create(actor_label="x", verb="v", target_label="t", at=clock.now() - timedelta(days=400))
    tasks.forget_in_time()
    assert not AuditEvent.objects.exists()
    assert tasks.forget_in_time.name in {line["task"] for line in settings.CELERY_BEAT_SCHEDULE.values()}

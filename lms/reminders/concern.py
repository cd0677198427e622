"""What a kind of reminder answers with, and whom reminders may reach at all."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from lms.cohorts.models import Cohort, Enrolment


@dataclass(frozen=True, slots=True)
class Concern:
    """One learner who is owed a reminder. `due_on` tells it from others of its kind; it may leave from `send_on` on."""

    enrolment_id: UUID
    module_id: int | None
    due_on: date
    send_on: date


def reachable(cohort: Cohort) -> QuerySet[Enrolment]:
    """Enrolments of learners who are still here and want reminders."""
    return Enrolment.objects.filter(
        cohort=cohort, ended_at__isnull=True, learner__is_active=True, learner__wants_reminders=True
    )

"""Puts a learner into a cohort: by a trainer's hand, from a roster, or by an invitation. One way for all three."""

from datetime import datetime

from django.db import transaction

from lms.cohorts.models import Cohort, Enrolment
from lms.people.models import User
from lms.people.services import record


@transaction.atomic
def enrol(*, cohort: Cohort, learner: User, by: User | None, now: datetime) -> Enrolment:
    """Enrol, or open an ended enrolment again. Saying it twice changes nothing and is recorded once."""
    enrolment, is_new = Enrolment.objects.get_or_create(cohort=cohort, learner=learner, defaults={"joined_at": now})
    came_back = Enrolment.objects.filter(pk=enrolment.pk, ended_at__isnull=False).update(
        ended_at=None, ended_because=""
    )
    if is_new or came_back:
        verb = "learner enrolled" if is_new else "learner came back"
        label = f"{learner.name} · {cohort.code}"
        record(actor=by, verb=verb, target_label=label, target_id=learner.pk, data={"cohort": cohort.code}, now=now)
    enrolment.refresh_from_db()
    return enrolment

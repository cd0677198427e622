"""Lets a learner into a cohort and out: by a trainer's hand, from a roster, or by an invitation. One way for all three.

The audit trail keeps both under the enrolment, so that trainers of one cohort read nothing about another.
"""

from datetime import datetime

from django.db import transaction

from lms.cohorts.models import Cohort, EndedBecause, Enrolment
from lms.people.models import User
from lms.people.services import record


@transaction.atomic
def enrol(*, cohort: Cohort, learner: User, now: datetime, by: User | None = None) -> Enrolment:
    """Let a learner in. Who is in stays as she is; who left comes back to the same enrolment, with all she did."""
    enrolment, is_new = Enrolment.objects.get_or_create(cohort=cohort, learner=learner, defaults={"joined_at": now})
    ended = Enrolment.objects.filter(pk=enrolment.pk, ended_at__isnull=False)
    came_back = not is_new and bool(ended.update(ended_at=None, ended_because=""))
    if is_new or came_back:
        verb = "learner enrolled" if is_new else "learner came back"
        _record(enrolment, verb, {}, by, now)
        enrolment.refresh_from_db()
    return enrolment


@transaction.atomic
def withdraw(*, enrolment: Enrolment, because: str, now: datetime, by: User | None = None) -> Enrolment:
    """End an enrolment. Her records stay; `enrol` undoes it. Ended already: nothing changes."""
    because = EndedBecause(because).value
    if Enrolment.objects.filter(pk=enrolment.pk, ended_at__isnull=True).update(ended_at=now, ended_because=because):
        _record(enrolment, "enrolment ended", {"because": because}, by, now)
    enrolment.refresh_from_db()
    return enrolment


def _record(enrolment: Enrolment, verb: str, data: dict[str, str], by: User | None, now: datetime) -> None:
    data = data | {"cohort": enrolment.cohort.code, "learner": str(enrolment.learner_id)}
    record(actor=by, verb=verb, target_label=enrolment.cohort.name, target_id=enrolment.pk, data=data, now=now)

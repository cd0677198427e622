"""The permission check is the way to get a cohort: others find nothing (A-03, A-04)."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from lms.cohorts.models import Cohort, Enrolment, Invitation
from lms.people.models import User
from lms.shared.refusals import NotHere


def may_train(user: User | AnonymousUser, cohort: Cohort) -> bool:
    """Whether the person trains this cohort now. Asked anew each time: removal acts at the next request (A-08)."""
    if not isinstance(user, User) or not user.is_active or not user.is_trainer:
        return False
    return user.is_operator or cohort.trainers.filter(pk=user.pk).exists()


def access_cohort(user: User | AnonymousUser, code: str) -> Cohort:
    """The cohort with its programme, in one query. Raises NotHere."""
    if not isinstance(user, User) or not user.is_active or not user.is_trainer:
        raise NotHere
    found = Cohort.objects.select_related("programme").filter(code=code)
    if not user.is_operator:
        found = found.filter(trainers=user)
    cohort = found.first()
    if cohort is None:
        raise NotHere
    return cohort


def access_enrolment(user: User | AnonymousUser, cohort: Cohort, learner_id: UUID | str) -> Enrolment:
    """The enrolment of a learner of this cohort, ended ones too. Raises NotHere, also for an id of another cohort."""
    if not may_train(user, cohort):
        raise NotHere
    try:
        wanted = UUID(str(learner_id))
    except ValueError:
        raise NotHere from None
    enrolment = Enrolment.objects.select_related("learner", "cohort").filter(cohort=cohort, learner_id=wanted).first()
    if enrolment is None:
        raise NotHere
    return enrolment


def access_invitation(user: User | AnonymousUser, cohort: Cohort, invitation_id: UUID) -> Invitation:
    """An invitation to this cohort, whatever became of it. Raises NotHere."""
    if not may_train(user, cohort):
        raise NotHere
    invitation = Invitation.objects.select_related("cohort").filter(cohort=cohort, pk=invitation_id).first()
    if invitation is None:
        raise NotHere
    return invitation

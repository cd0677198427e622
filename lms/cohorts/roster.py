"""Lets the people of a list in: an account for those who have none, and for everybody a mail with the way in.

Whoever has an account already decides alone: a trainer who knows an address must not see its owner's progress by
putting it on a list. Only operators enrol such people without being asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lms.cohorts.enrolling import enrol
from lms.cohorts.invitations import invite
from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.refusals import AlreadyEnrolled, InvitedJustNow
from lms.cohorts.roster_file import RosterPerson
from lms.people.models import Role, User
from lms.people.services import register


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """What an import would do: whom it lets in, whom it only invites, whom it leaves alone."""

    enrolled: tuple[RosterPerson, ...]
    invited: tuple[RosterPerson, ...]
    already_in: tuple[RosterPerson, ...]


@dataclass(frozen=True, slots=True)
class RosterDone:
    """How many. `mailed` leaves out those who got such a mail within the last minutes."""

    created: int
    enrolled: int
    invited: int
    already_in: int
    mailed: int


def plan_roster(cohort: Cohort, people: Sequence[RosterPerson], *, by: User | None) -> RosterPlan:
    """Two queries. Changes nothing."""
    emails = [person.email for person in people]
    members = Enrolment.objects.filter(cohort=cohort, ended_at__isnull=True, learner__email__in=emails)
    already = set(members.values_list("learner__email", flat=True))
    known = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
    enrolled = [p for p in people if p.email not in already and (p.email not in known or _may_enrol_anybody(by))]
    invited = [p for p in people if p.email not in already and p.email in known and not _may_enrol_anybody(by)]
    return RosterPlan(tuple(enrolled), tuple(invited), tuple(p for p in people if p.email in already))


def _may_enrol_anybody(by: User | None) -> bool:
    """A command of the operator names nobody."""
    return by is None or by.is_operator


@transaction.atomic
def import_roster(*, cohort: Cohort, people: Sequence[RosterPerson], by: User | None, now: datetime) -> RosterDone:
    """Everybody or nobody. Running it again with the same list changes nothing.

    The caller then wakes the workers: lms.people.requests.owed_mail_after_commit. Raises EmailNotValid.
    """
    plan = plan_roster(cohort, people, by=by)
    learners = {learner.email: learner for learner in User.objects.filter(email__in=[p.email for p in plan.enrolled])}
    new = [person for person in plan.enrolled if person.email not in learners]
    learners |= {person.email: _account(person, cohort, now) for person in new}
    mailed = sum(_write_to(person, cohort, by, now) for person in (*plan.enrolled, *plan.invited))
    for learner in learners.values():
        enrol(cohort=cohort, learner=learner, by=by, now=now)
    return RosterDone(len(new), len(learners), len(plan.invited), len(plan.already_in), mailed)


def _account(person: RosterPerson, cohort: Cohort, now: datetime) -> User:
    """Without a password: the invitation proves the mailbox, and whoever comes by it chooses one."""
    language = person.language or cohort.language
    return register(email=person.email, name=person.name, role=Role.TRAINEE, language=language, password=None, now=now)


def _write_to(person: RosterPerson, cohort: Cohort, by: User | None, now: datetime) -> bool:
    """The invitation goes out before the enrolment: who is in is not invited."""
    try:
        invite(cohort=cohort, email=person.email, by=by, now=now)
    except (InvitedJustNow, AlreadyEnrolled):
        return False
    return True

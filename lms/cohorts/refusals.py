"""What the verbs about cohorts refuse. The words stand in frontend_templates/errors/_refusals.html."""

from typing import ClassVar

from lms.shared.refusals import Refusal


class AlreadyEnrolled(Refusal):
    """They are in the cohort already."""

    code: ClassVar[str] = "already_enrolled"


class InvitedJustNow(Refusal):
    """One mail to one address is enough for ten minutes. `until` says when the next may go (S-08)."""

    code: ClassVar[str] = "invited_just_now"
    status: ClassVar[int] = 429


class InvitationExpired(Refusal):
    code: ClassVar[str] = "invitation_expired"
    status: ClassVar[int] = 410


class InvitationUsed(Refusal):
    code: ClassVar[str] = "invitation_used"
    status: ClassVar[int] = 410


class InvitationCancelled(Refusal):
    code: ClassVar[str] = "invitation_cancelled"
    status: ClassVar[int] = 410


class WrongCohort(Refusal):
    """`details["problems"]`: field -> code, all at once."""

    code: ClassVar[str] = "wrong_cohort"
    status: ClassVar[int] = 422


class WrongTimetable(Refusal):
    """`details["problems"]`: module key -> {"opens_on" or "due_on" -> code}."""

    code: ClassVar[str] = "wrong_timetable"
    status: ClassVar[int] = 422


class LastTrainer(Refusal):
    """A cohort without a trainer would be seen by nobody."""

    code: ClassVar[str] = "last_trainer"

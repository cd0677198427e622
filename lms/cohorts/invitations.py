"""Invitations: a link into a cohort for one address, for 14 days, once. Only the digest of its token is kept."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from lms.cohorts.enrolling import enrol
from lms.cohorts.models import Cohort, Enrolment, Invitation
from lms.cohorts.refusals import AlreadyEnrolled, InvitationCancelled, InvitationExpired, InvitationUsed, InvitedJustNow
from lms.people import tokens
from lms.people.models import User
from lms.people.selectors import person_by_email
from lms.people.services import post_mail, record
from lms.shared.addresses import site_url
from lms.shared.languages import in_language
from lms.shared.refusals import NotHere

VALID = timedelta(days=14)
PAUSE = timedelta(minutes=10)


@transaction.atomic
def invite(*, cohort: Cohort, email: str, by: User | None, now: datetime) -> tuple[Invitation, str]:
    """Write an invitation and its mail. Inviting an address again sends a new link, and the old one is dead.

    The caller then wakes the workers: lms.people.requests.owed_mail_after_commit.
    Raises AlreadyEnrolled, InvitedJustNow, and EmailNotValid from the mail.
    """
    email = email.strip().lower()
    if Enrolment.objects.filter(cohort=cohort, learner__email=email, ended_at__isnull=True).exists():
        raise AlreadyEnrolled
    token = tokens.new_secret()
    stamps = {"token_digest": tokens.digest(token), "expires_at": now + VALID, "invited_by": by}
    invitation, is_new = Invitation.objects.get_or_create(
        cohort=cohort,
        email=email,
        accepted_at=None,
        cancelled_at=None,
        defaults={"created_at": now, **stamps},
    )
    if not is_new:
        last_mail = invitation.expires_at - VALID
        if now - last_mail < PAUSE:
            raise InvitedJustNow(until=last_mail + PAUSE)
        Invitation.objects.filter(pk=invitation.pk).update(**stamps)
        invitation.refresh_from_db()
    _write(invitation, token, now)
    label, data = f"{email} · {cohort.code}", {"cohort": cohort.code}
    record(actor=by, verb="person invited", target_label=label, target_id=invitation.pk, data=data, now=now)
    return invitation, token


def _write(invitation: Invitation, token: str, now: datetime) -> None:
    cohort = invitation.cohort
    person = person_by_email(invitation.email)
    language = (person.language if person else "") or cohort.language
    context = {
        "cohort": cohort.name,
        "programme": in_language(cohort.programme.title, language),
        "starts_on": cohort.starts_on,
        "ends_on": cohort.ends_on,
        "invited_by": invitation.invited_by.name if invitation.invited_by else "",
        "url": site_url("account:join", token, language=language),
        "valid_until": invitation.expires_at,
    }
    post_mail(kind="invitation", to=invitation.email, language=language, context=context, now=now)


@transaction.atomic
def accept_invitation(*, token: str, learner: User, now: datetime) -> Enrolment:
    """Join the cohort. The link works once, for whoever holds it; for the one who used it, it does no harm again.

    Raises NotHere, InvitationExpired, InvitationUsed, InvitationCancelled.
    """
    invitation = _invitation(token)
    if not _open(now).filter(pk=invitation.pk).update(accepted_at=now):
        if invitation.enrolment and invitation.enrolment.learner_id == learner.pk:
            return invitation.enrolment
        raise _why_closed(_invitation(token))
    enrolment = enrol(cohort=invitation.cohort, learner=learner, by=learner, now=now)
    Invitation.objects.filter(pk=invitation.pk).update(enrolment=enrolment)
    return enrolment


@transaction.atomic
def cancel_invitation(*, invitation: Invitation, by: User, now: datetime) -> Invitation:
    """The link opens nothing any more. An accepted invitation stays as it is."""
    still_open = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True, cancelled_at__isnull=True)
    if still_open.update(cancelled_at=now):
        label = f"{invitation.email} · {invitation.cohort.code}"
        record(actor=by, verb="invitation cancelled", target_label=label, target_id=invitation.pk, data={}, now=now)
    invitation.refresh_from_db()
    return invitation


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """What the holder of a link may see before joining."""

    cohort: str
    programme: str
    starts_on: date
    ends_on: date
    trainers: tuple[str, ...]
    email: str
    joined: bool


def invitation_page(*, token: str, visitor: User | None, language: str, now: datetime) -> InvitationPage:
    """Two queries. Raises NotHere, InvitationExpired, InvitationUsed, InvitationCancelled."""
    invitation = _invitation(token)
    joined = bool(visitor and invitation.enrolment and invitation.enrolment.learner_id == visitor.pk)
    if not joined and (invitation.accepted_at or invitation.cancelled_at or invitation.expires_at <= now):
        raise _why_closed(invitation)
    cohort = invitation.cohort
    return InvitationPage(
        cohort=cohort.name,
        programme=in_language(cohort.programme.title, language),
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        trainers=tuple(trainer.name for trainer in cohort.trainers.order_by("display_name")),
        email=invitation.email,
        joined=joined,
    )


def invited_address(*, token: str, now: datetime) -> str:
    """The address an open invitation was sent to; empty when there is none. Its holder reads that mailbox."""
    return _open(now).filter(token_digest=tokens.digest(token)).values_list("email", flat=True).first() or ""


def _open(now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at__isnull=True, cancelled_at__isnull=True, expires_at__gt=now)


def _invitation(token: str) -> Invitation:
    """Raises NotHere."""
    known = Invitation.objects.select_related("cohort__programme", "enrolment")
    invitation = known.filter(token_digest=tokens.digest(token)).first()
    if invitation is None:
        raise NotHere
    return invitation


def _why_closed(invitation: Invitation) -> Exception:
    if invitation.accepted_at:
        return InvitationUsed(cohort=invitation.cohort.name)
    if invitation.cancelled_at:
        return InvitationCancelled(cohort=invitation.cohort.name)
    return InvitationExpired(cohort=invitation.cohort.name)

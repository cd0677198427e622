"""Verbs about people: accounts, the audit trail, access tokens, and the mail that is owed to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from allauth.account import app_settings as account_settings
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from lms.people import post_office, tokens
from lms.people.letters import write_letter
from lms.people.models import AccessToken, AuditEvent, MailState, OutgoingMail, Role, User
from lms.people.refusals import EmailNotValid, EmailTaken, LastOperator, PasswordTooWeak, WrongPassword
from lms.shared.addresses import site_url
from lms.shared.claims import claim, lease_ran_out
from lms.shared.prepared import Beside, Prepared, Slot
from lms.shared.refusals import NotHere

TRIES = 3
GAPS = (timedelta(minutes=1), timedelta(minutes=15))  # before the second and the third try
SWEPT_AT_ONCE = 500
# A letter may hold a link that opens an account. Once nobody will send it again, it is not kept (S-08).
NO_TEXT: Mapping[str, Any] = {"text": "", "html": "", "headers": {}}

# --- Accounts ----------------------------------------------------------------------------------------------------


@transaction.atomic
def register(
    *, email: str, name: str, role: str, language: str, password: str | None, now: datetime, is_demo: bool = False
) -> User:
    """Make an account; without a password nobody can sign in to it until one is set by a mailed link.

    Raises EmailNotValid, EmailTaken, PasswordTooWeak.
    """
    person = User(email=_clean_email(email), display_name=name.strip(), role=Role(role))
    person.language, person.is_demo = language, is_demo
    if password is not None:
        _check_password(password, person)
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        raise EmailTaken from error
    record_about(person, verb="person registered", by=None, now=now, role=str(role))
    return person


@dataclass(frozen=True, slots=True)
class SignedUp:
    """`person` is None when the address had an account: for the owner of the mailbox to know, nobody else (S-02)."""

    person: User | None
    mail: OutgoingMail | None


@transaction.atomic
def sign_up(*, email: str, name: str, language: str, password: str, proven: str = "", now: datetime) -> SignedUp:
    """Make a trainee's account, or write to the owner of the one there is. Both hash a password, both write (S-02).

    `proven` is an address whose mailbox they surely read: it needs no mail to confirm it.
    Raises EmailNotValid and PasswordTooWeak, neither of which depends on who has an account.
    """
    try:
        person = register(email=email, name=name, role=Role.TRAINEE, language=language, password=password, now=now)
    except EmailTaken:
        owner = User.objects.get(email=_clean_email(email))
        if owner.email == proven and owner.is_active and not owner.has_usable_password():
            return SignedUp(_first_password(owner, name, password, now), None)
        speaks = owner.language or language
        context = {
            "name": owner.name,
            "sign_in": site_url("account_login", language=speaks),
            "reset": site_url("account_reset_password", language=speaks),
        }
        mail = post_mail(kind="account_exists", to=owner.email, language=speaks, context=context, now=now)
        return SignedUp(None, mail)
    address = EmailAddress.objects.create(user=person, email=person.email, primary=True)
    if person.email == proven and address.set_verified():
        return SignedUp(person, None)
    url = site_url("account_confirm_email", EmailConfirmationHMAC(address).key, language=language)
    context = {"name": person.name, "url": url}
    mail = post_mail(kind="confirm_email", to=person.email, language=language, context=context, now=now)
    return SignedUp(person, mail)


def _first_password(owner: User, name: str, password: str, now: datetime) -> User:
    """Somebody else made the account (a roster, an operator); who reads its mailbox makes it their own."""
    _check_password(password, owner)
    owner.display_name = name.strip() or owner.display_name
    owner.set_password(password)
    owner.save(update_fields=["display_name", "password"])
    address, _is_new = EmailAddress.objects.get_or_create(user=owner, email=owner.email, defaults={"primary": True})
    address.set_verified()
    record_about(owner, verb="first password set", by=owner, now=now)
    return owner


@transaction.atomic
def change_profile(
    *, person: User, name: str, language: str, timezone: str, wants_reminders: bool, now: datetime
) -> User:
    """Change what somebody says about themselves. Turning reminders off or on is written down (P-06)."""
    if person.wants_reminders != wants_reminders:
        verb = "reminders turned on" if wants_reminders else "reminders turned off"
        record_about(person, verb=verb, by=person, now=now)
    person.display_name, person.language = name.strip(), language
    person.timezone, person.wants_reminders = timezone, wants_reminders
    person.save(update_fields=["display_name", "language", "timezone", "wants_reminders"])
    return person


@transaction.atomic
def change_account(*, person: User, changed: Sequence[str], by: User | None, now: datetime) -> User:
    """What an operator changed about an account: saved, and written down by the names of the fields.

    A new address must be confirmed anew, and the old one opens the account no more. Raises LastOperator, EmailTaken.
    """
    before = User.objects.get(pk=person.pk)
    if not (person.is_operator and person.is_active):
        check_not_last_operator(before)
    person.email = _clean_email(person.email)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise EmailTaken from error
    if person.email != before.email:
        EmailAddress.objects.filter(user=person).delete()
    if changed:
        record_about(person, verb="account changed", by=by, now=now, fields=sorted(changed), role=person.role)
    return person


@transaction.atomic
def end_other_sessions(*, person: User, password: str, now: datetime) -> User:
    """Sign the person out everywhere. The same password under a new salt makes every session's digest wrong.

    The caller keeps its own session by update_session_auth_hash. Raises WrongPassword.
    """
    check_own_password(person=person, password=password)
    person.set_password(password)
    person.save(update_fields=["password"])
    record_about(person, verb="sessions ended", by=person, now=now)
    return person


def check_own_password(*, person: User, password: str) -> None:
    """Raises WrongPassword."""
    if not person.check_password(password):
        raise WrongPassword


@transaction.atomic
def deactivate(*, person: User, by: User | None, now: datetime) -> User:
    """Close the account: the next request with one of its sessions or tokens is nobody's. Raises LastOperator."""
    check_not_last_operator(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    record_about(person, verb="person deactivated", by=by, now=now)
    return person


def check_not_last_operator(person: User) -> None:
    """Raises LastOperator."""
    others = User.objects.filter(role=Role.OPERATOR, is_active=True).exclude(pk=person.pk)
    if person.is_operator and person.is_active and not others.exists():
        raise LastOperator


def _clean_email(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise EmailNotValid(email=email) from error
    return email


def password_link(*, person: User) -> str:
    """A link to choose this person's password: once, within an hour. For an operator to hand on."""
    key = account_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    language = person.language or settings.LANGUAGE_CODE
    parts = {"uidb36": user_pk_to_url_str(person), "key": key}
    return site_url("account_reset_password_from_key", language=language, **parts)


def _check_password(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise PasswordTooWeak(reasons=error.messages) from error


# --- Who did what --------------------------------------------------------------------------------------------------


def record(
    *,
    actor: User | None,
    verb: str,
    target_label: str,
    target_id: UUID | str | int,
    data: Mapping[str, Any],
    now: datetime,
) -> AuditEvent:
    """Write one line of the audit trail in the caller's transaction. Names go into labels, never into `data` (P-03)."""
    return AuditEvent.objects.create(
        actor_id=actor.pk if actor else None,
        actor_label=actor.name[:160] if actor else "",
        verb=verb,
        target_label=target_label[:200],
        target_id=str(target_id),
        data=dict(data),
        at=now,
    )


def record_about(person: User, *, verb: str, by: User | None, now: datetime, **data: Any) -> AuditEvent:
    """A line of the audit trail about a person."""
    return record(actor=by, verb=verb, target_label=person.name, target_id=person.pk, data=data, now=now)


# --- Access tokens -------------------------------------------------------------------------------------------------


@transaction.atomic
def issue_token(
    *, owner: User, scopes: Sequence[str], expires_at: datetime, now: datetime, by: User | None = None
) -> tuple[AccessToken, str]:
    """A token and its text. The text is nowhere afterwards: show it once (S-07)."""
    text = tokens.new_access_token()
    token = AccessToken.objects.create(
        owner=owner,
        prefix=text[: tokens.SHOWN],
        digest=tokens.digest(text),
        scopes=sorted(set(scopes)),
        created_at=now,
        expires_at=expires_at,
    )
    data = {"scopes": token.scopes, "expires": expires_at.isoformat()}
    record(actor=by, verb="token issued", target_label=token.prefix, target_id=token.pk, data=data, now=now)
    return token, text


def find_token(text: str, now: datetime, beside: Beside | None = None) -> AccessToken | None:
    """The living token with this text, and its owner. None: unknown, revoked, out of date, or owner inactive (A-10).

    What is asked for `beside` it is read in the same statement and stands on the token. Of the owner only the role is
    read; the rest comes when it is looked at.
    """
    if not text.startswith(tokens.PREFIX):
        return None
    token = _token_query(beside).first({**(beside.texts if beside else {}), "digest": tokens.digest(text)})
    if token is None or token.expires_at <= now:
        return None
    token.owner = User.from_db(None, ["id", "role", "is_active"], [token.owner_id, vars(token)["owner_role"], True])
    today = now.date()
    if token.last_used_on != today:  # a write a day, not one a request
        AccessToken.objects.filter(pk=token.pk).update(last_used_on=today)
        token.last_used_on = today
    return token


@lru_cache(maxsize=64)
def _token_query(beside: Beside | None) -> Prepared[AccessToken]:
    found = AccessToken.objects.filter(revoked_at__isnull=True, owner__is_active=True, digest=Slot("digest"))
    return Prepared(found.annotate(owner_role=F("owner__role"), **(beside.expressions() if beside else {})))


@transaction.atomic
def revoke_token(*, token_id: UUID, by: User, now: datetime) -> AccessToken:
    """From the next request on the token opens nothing. Its owner and operators may. Raises NotHere."""
    mine = Q() if by.is_operator else Q(owner=by)
    token = AccessToken.objects.filter(mine, pk=token_id).first()
    if token is None:
        raise NotHere
    if AccessToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now):
        record(actor=by, verb="token revoked", target_label=token.prefix, target_id=token.pk, data={}, now=now)
    token.refresh_from_db()
    return token


# --- Mail that is owed ---------------------------------------------------------------------------------------------


@transaction.atomic
def post_mail(
    *,
    kind: str,
    to: str,
    language: str,
    context: Mapping[str, Any],
    now: datetime,
    headers: Mapping[str, str] | None = None,
) -> OutgoingMail:
    """Write down a mail, in the caller's transaction. lms.people.requests sends it; if it cannot, the sweep does.

    Raises EmailNotValid, and BadHeaderError when a header has a line break (X-04).
    """
    for name, value in (headers or {}).items():
        if len(f"{name}{value}".splitlines()) > 1:
            raise BadHeaderError(name)
    letter = write_letter(kind, language, context)
    return OutgoingMail.objects.create(
        kind=kind,
        to=_clean_email(to),
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        headers=dict(headers or {}),
        queued_at=now,
        next_try_at=now,
    )


def deliver_mail(*, mail_id: UUID | str, now: datetime) -> OutgoingMail | None:
    """Send one mail, at most once (D4). Returns None when somebody else has it, or its time has not come (R-03)."""
    waiting = OutgoingMail.objects.filter(next_try_at__lte=now)
    mail = claim(waiting, mail_id, frm=MailState.QUEUED, to=MailState.SENDING, heartbeat_at=now, tries=F("tries") + 1)
    if mail is None:
        return None
    outcome = post_office.hand_over(mail)
    match outcome:
        case post_office.Accepted():
            changes: dict[str, Any] = {"state": MailState.SENT, "sent_at": now, "because": "", **NO_TEXT}
        case post_office.Doubtful(because):
            changes = {"state": MailState.UNKNOWN, "because": because, **NO_TEXT}
        case post_office.NotAccepted(because, for_ever) if for_ever or mail.tries >= TRIES:
            changes = {"state": MailState.FAILED, "because": because, **NO_TEXT}
        case post_office.NotAccepted(because):
            changes = {
                "state": MailState.QUEUED,
                "because": because,
                "heartbeat_at": None,
                "next_try_at": now + GAPS[mail.tries - 1],
            }
    # A slow server may outlast the lease; then the sweep has written "unknown" meanwhile, and now we know better.
    # Only "try again" comes too late then: the letter is gone.
    late = [] if changes["state"] == MailState.QUEUED else [MailState.UNKNOWN]
    mine = OutgoingMail.objects.filter(pk=mail.pk, tries=mail.tries, state__in=[MailState.SENDING, *late])
    mine.update(**changes)
    return OutgoingMail.objects.filter(pk=mail.pk).first()  # gone, if the person was erased meanwhile


@transaction.atomic
def sweep_mail(*, now: datetime) -> list[UUID]:
    """Which mails to hand to workers (again): their task never came, or the time of the next try has.

    Mails whose worker died while sending become unknown: they may have arrived, so nobody sends them again (D4).
    """
    sending = OutgoingMail.objects.filter(lease_ran_out(now), state=MailState.SENDING)
    sending.update(state=MailState.UNKNOWN, because="the worker stopped while it was sending", **NO_TEXT)
    not_in_hand = Q(heartbeat_at__isnull=True) | lease_ran_out(now)
    due = OutgoingMail.objects.filter(not_in_hand, state=MailState.QUEUED, next_try_at__lte=now).order_by(
        "next_try_at", "pk"
    )
    ids = list(due.values_list("pk", flat=True)[:SWEPT_AT_ONCE])
    OutgoingMail.objects.filter(pk__in=ids, state=MailState.QUEUED).update(heartbeat_at=now)
    return ids

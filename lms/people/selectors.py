"""Questions about people: who has this address, who did what, which tokens and mails there are."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lms.people.models import AccessToken, AuditEvent, MailState, OutgoingMail, Role, User

ROLES: tuple[str, ...] = tuple(Role.values)


def person_by_email(email: str) -> User | None:
    """One query; however the address was typed."""
    return User.objects.filter(email=email.strip().lower()).first()


def person_by_id(person_id: UUID | str) -> User | None:
    return User.objects.filter(pk=person_id).first()


@dataclass(frozen=True, slots=True)
class AuditLine:
    at: datetime
    who: str
    verb: str
    what: str


def audit_trail(target_id: UUID | str | int, limit: int = 100) -> list[AuditLine]:
    """The newest lines about one object. One query."""
    events = AuditEvent.objects.filter(target_id=str(target_id)).order_by("-at", "-pk")[:limit]
    return [AuditLine(event.at, event.actor_label, event.verb, event.target_label) for event in events]


@dataclass(frozen=True, slots=True)
class TokenLine:
    id: UUID
    prefix: str
    scopes: tuple[str, ...]
    expires_at: datetime
    last_used_on: date | None
    is_live: bool


def my_tokens(owner: User, now: datetime) -> list[TokenLine]:
    """One query. Never the digest."""
    return [
        TokenLine(
            id=token.pk,
            prefix=token.prefix,
            scopes=tuple(token.scopes),
            expires_at=token.expires_at,
            last_used_on=token.last_used_on,
            is_live=token.revoked_at is None and token.expires_at > now,
        )
        for token in AccessToken.objects.filter(owner=owner).order_by("-created_at")
    ]


def demo_people_exist() -> bool:
    """Whether invented people with a known password can sign in."""
    return User.objects.filter(is_demo=True, is_active=True).exists()


def oldest_waiting_mail() -> datetime | None:
    """Since when the longest-waiting message is due and not sent; None when nothing waits."""
    waiting = OutgoingMail.objects.filter(state__in=[MailState.QUEUED, MailState.SENDING])
    return waiting.order_by("next_try_at").values_list("next_try_at", flat=True).first()

"""People for tests: Ana learns, Tom trains her cohort, Olga another, Petya keeps the service running."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from lms.people.models import AccessToken, MailState, OutgoingMail, Role, User
from lms.people.services import issue_token

PASSWORD = "wild thyme on the slope"
NOW = datetime(2027, 3, 15, 9, 0, tzinfo=UTC)
_number = itertools.count(1)


def make_person(
    email: str | None = None,
    name: str = "Ana",
    *,
    role: str = Role.TRAINEE,
    language: str = "en",
    password: str | None = PASSWORD,
    **fields: Any,
) -> User:
    """A person with an account. `password=None` makes one who cannot sign in yet."""
    email = email or f"{name.lower().split()[0]}{next(_number)}@example.org"
    return User.objects.create_user(
        email=email, display_name=name, role=role, language=language, password=password, **fields
    )


def make_trainee(email: str | None = None, name: str = "Ana", **fields: Any) -> User:
    return make_person(email, name, role=Role.TRAINEE, **fields)


def make_trainer(email: str | None = None, name: str = "Tom", **fields: Any) -> User:
    return make_person(email, name, role=Role.TRAINER, **fields)


def make_operator(email: str | None = None, name: str = "Petya", **fields: Any) -> User:
    return make_person(email, name, role=Role.OPERATOR, **fields)


def make_token(
    owner: User | None = None, scopes: tuple[str, ...] = ("content:read",), now: datetime = NOW
) -> tuple[AccessToken, str]:
    """A token that lives 90 days, and its text."""
    return issue_token(owner=owner or make_trainee(), scopes=scopes, expires_at=now + timedelta(days=90), now=now)


def make_mail(to: str = "ana@example.org", now: datetime = NOW, **fields: Any) -> OutgoingMail:
    """A mail that waits."""
    words: dict[str, Any] = {"kind": "note", "subject": "Hello", "text": "Hello.\n", "html": "<p>Hello.</p>"}
    stamps: dict[str, Any] = {"state": MailState.QUEUED, "queued_at": now, "next_try_at": now}
    return OutgoingMail.objects.create(to=to, **{**words, **stamps, **fields})

"""Questions about credentials: is this one valid and what does it say; which are mine."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from lms.credentials.models import Credential
from lms.credentials.refusals import Forgotten
from lms.credentials.services import REPLACED
from lms.people.models import User
from lms.shared.languages import in_language
from lms.shared.refusals import NotHere


@dataclass(frozen=True, slots=True)
class AwardedModule:
    title: str
    hours: Decimal
    field_hours: Decimal
    completed_on: date


@dataclass(frozen=True, slots=True)
class Award:
    """What a credential says, in one language. `state`: valid, replaced or revoked. `is_mine`: the asker holds it."""

    code: str
    name: str
    programme_key: str
    programme: str
    modules: tuple[AwardedModule, ...]
    hours: Decimal
    field_hours: Decimal
    completed_on: date
    release: int | None
    issued_at: datetime
    criteria: str
    state: str
    revoked_at: datetime | None
    is_public: bool
    is_mine: bool


def verify(code: str, *, language: str, viewer: User | None = None) -> Award:
    """What is printed on the credential with this code, from the facts frozen at its issue (X-08, X-09). One query.

    Raises NotHere for an unknown code, and for one that its holder has hidden from others: the two look the same.
    Raises Forgotten when the holder was erased.
    """
    credential = Credential.objects.select_related("achievement").filter(code=code).first()
    if credential is None or not (credential.is_public or _is_holder(credential, viewer)):
        raise NotHere
    if credential.facts.get("erased"):
        raise Forgotten
    return _award(credential, language, viewer)


def my_credentials(learner: User, language: str) -> tuple[Award, ...]:
    """What a learner holds, the newest first, without those that were taken back or replaced. One query."""
    mine = Credential.objects.filter(learner=learner, revoked_at__isnull=True).select_related("achievement")
    return tuple(_award(credential, language, learner) for credential in mine.order_by("-issued_at"))


def _award(credential: Credential, language: str, viewer: User | None) -> Award:
    facts = credential.facts
    source = facts["programme"]["source_language"]
    return Award(
        code=credential.code,
        name=facts["name"],
        programme_key=facts["programme"]["key"],
        programme=in_language(facts["programme"]["title"], language, source),
        modules=tuple(_module(module, language, source) for module in facts["modules"]),
        hours=Decimal(facts["hours"]),
        field_hours=Decimal(facts["field_hours"]),
        completed_on=date.fromisoformat(facts["completed_on"]),
        release=facts["release"],
        issued_at=credential.issued_at,
        criteria=in_language(credential.achievement.criteria, language, source),
        state=_state(credential),
        revoked_at=credential.revoked_at,
        is_public=credential.is_public,
        is_mine=_is_holder(credential, viewer),
    )


def _module(facts: Mapping[str, Any], language: str, source: str) -> AwardedModule:
    return AwardedModule(
        title=in_language(facts["title"], language, source),
        hours=Decimal(facts["hours"]),
        field_hours=Decimal(facts["field_hours"]),
        completed_on=date.fromisoformat(facts["completed_on"]),
    )


def _state(credential: Credential) -> str:
    if credential.revoked_at is None:
        return "valid"
    return "replaced" if credential.revoked_because == REPLACED else "revoked"


def _is_holder(credential: Credential, viewer: User | None) -> bool:
    return viewer is not None and credential.learner_id == viewer.pk

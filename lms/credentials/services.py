"""Verbs about credentials: issue what was earned, take one back, issue one anew, show or hide it."""

import logging
import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.translation import gettext

from lms.credentials.facts import freeze
from lms.credentials.models import Achievement, Credential
from lms.credentials.refusals import AlreadyRevoked, NoReason
from lms.people.models import User
from lms.people.services import record
from lms.progress.models import CompletionRecord
from lms.shared.refusals import NotHere
from modules.models import Programme

log = logging.getLogger(__name__)
CODE_BYTES = 16  # 128 bits: a code cannot be guessed
REPLACED = "replaced by a newer one"


def ensure_achievement(*, programme: Programme) -> Achievement:
    """What a programme lets one earn. Made from its title when the first learner completes it."""
    criteria = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            criteria[language] = gettext(
                "Every module completed: all required lessons done, the final quiz of each passed."
            )
    return Achievement.objects.get_or_create(
        programme=programme, defaults={"name": programme.title, "criteria": criteria}
    )[0]


@transaction.atomic
def issue_if_earned(*, learner: User, programme: Programme, now: datetime) -> Credential | None:
    """The learner's credential, issued now if it was earned and never issued before; None when there is none.

    Only what the server has recorded counts (X-06). One that was taken back is not issued again by itself.
    """
    achievement = ensure_achievement(programme=programme)
    before = Credential.objects.filter(learner=learner, achievement=achievement).order_by("revoked_at")
    if held := list(before):
        return next((credential for credential in held if credential.revoked_at is None), None)
    completed = CompletionRecord.objects.filter(learner=learner, programme=programme).order_by("completed_at").first()
    if completed is None or not learner.is_active:
        return None
    facts = freeze(learner=learner, programme=programme, completed_at=completed.completed_at)
    try:
        with transaction.atomic():
            credential = _create(learner, achievement, facts, now)
    except IntegrityError:  # somebody was faster: theirs is the one
        return Credential.objects.get(learner=learner, achievement=achievement, revoked_at__isnull=True)
    _record("credential issued", credential, None, now)
    return credential


def issue_earned(*, now: datetime) -> int:
    """Issue what everybody has earned and does not hold yet, each in its own transaction. Returns how many."""
    held = Credential.objects.filter(learner=OuterRef("learner"), achievement__programme=OuterRef("programme"))
    earned = CompletionRecord.objects.filter(~Exists(held), programme__isnull=False, learner__is_active=True)
    issued = 0
    for completed in earned.select_related("learner", "programme").order_by("completed_at", "pk"):
        programme = completed.programme
        if programme and issue_if_earned(learner=completed.learner, programme=programme, now=now):
            issued += 1
    return issued


@transaction.atomic
def revoke(*, code: str, because: str, by: User | None, now: datetime) -> Credential:
    """Take a credential back; its page then says that it is not valid. Raises NotHere, AlreadyRevoked, NoReason."""
    if not because.strip():
        raise NoReason
    credential = Credential.objects.select_related("learner").filter(code=code).first()
    if credential is None:
        raise NotHere
    standing = Credential.objects.filter(pk=credential.pk, revoked_at__isnull=True)
    if not standing.update(revoked_at=now, revoked_because=because.strip()[:250]):
        raise AlreadyRevoked
    credential.refresh_from_db()
    _record("credential revoked", credential, by, now, because=credential.revoked_because)
    return credential


@transaction.atomic
def reissue(*, code: str, by: User | None, now: datetime) -> Credential:
    """Replace a credential by one with the holder's present name; what was achieved stays as it was frozen (X-07).

    The old code then says that it was replaced. Raises NotHere, AlreadyRevoked.
    """
    old = revoke(code=code, because=REPLACED, by=by, now=now)
    new = _create(old.learner, old.achievement, {**old.facts, "name": old.learner.name}, now)
    if new.is_public != old.is_public:
        new.is_public = old.is_public
        new.save(update_fields=["is_public"])
    _record("credential issued again", new, by, now)
    return new


@transaction.atomic
def show_credential(*, learner: User, code: str, public: bool, now: datetime) -> Credential:
    """The holder decides whether others see it by its code; at once (P-06). Raises NotHere for anybody else."""
    credential = Credential.objects.select_related("learner").filter(learner=learner, code=code).first()
    if credential is None:
        raise NotHere
    if credential.is_public != public:
        credential.is_public = public
        credential.save(update_fields=["is_public"])
        _record("credential shown" if public else "credential hidden", credential, learner, now)
    return credential


def _create(learner: User, achievement: Achievement, facts: dict[str, Any], now: datetime) -> Credential:
    return Credential.objects.create(
        learner=learner, achievement=achievement, code=secrets.token_urlsafe(CODE_BYTES), issued_at=now, facts=facts
    )


def _record(verb: str, credential: Credential, by: User | None, now: datetime, **data: str) -> None:
    """Not under its code: who reads the trail must not be able to open what its holder hid."""
    record(
        actor=by, verb=verb, target_label=credential.learner.name, target_id=credential.learner_id, data=data, now=now
    )

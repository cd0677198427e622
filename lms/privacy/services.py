"""Verbs about one person's data: hand it over, forget it; and forget in time what was kept long enough."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from lms.cohorts.models import Invitation
from lms.people.mail_backends import delete_mail_files
from lms.people.models import AccessToken, AuditEvent, MailState, OutgoingMail, User
from lms.people.services import check_not_last_operator, record
from lms.privacy.erasing import SOMEBODY
from lms.privacy.register import REGISTER

MAIL_KEPT = AFTER_THE_END = timedelta(days=90)
TRAIL_KEPT = timedelta(days=365)


@transaction.atomic
def export_person(*, person: User, now: datetime) -> dict[str, Any]:
    """Everything about one person, by table. Written into the audit trail (P-02, P-10)."""
    tables = {
        table.model: {
            "what": str(table.what),
            "purpose": str(table.purpose),
            "kept": str(table.kept),
            "rows": list(table.rows(person).values(*table.export)) if table.export else [],
        }
        for table in REGISTER
    }
    record(actor=person, verb="data handed over", target_label=person.name, target_id=person.pk, data={}, now=now)
    return {"person": str(person.pk), "made_at": now.isoformat(), "tables": tables}


@transaction.atomic
def erase_person(*, person: User, by: User | None, now: datetime) -> None:
    """Forget a person in every table, in one transaction. Totals of cohorts stay as they are (P-03).

    `by` is None when nobody signed in does it. Raises LastOperator.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    check_not_last_operator(person)
    for table in REGISTER:
        table.erase(table, person, now)
    actor = None if by is None or by.pk == person.pk else by
    data = {"asked_by": "themselves" if by and by.pk == person.pk else "operator"}
    record(actor=actor, verb="person erased", target_label=SOMEBODY, target_id=person.pk, data=data, now=now)


@transaction.atomic
def forget_in_time(*, now: datetime) -> dict[str, int]:
    """Delete what was kept as long as docs/privacy.md promises. Returns how many rows of what (P-05)."""
    long_ago = now - AFTER_THE_END
    done = Q(state__in=[MailState.SENT, MailState.FAILED, MailState.UNKNOWN])
    ended = Q(accepted_at__lt=long_ago) | Q(cancelled_at__lt=long_ago) | Q(expires_at__lt=long_ago)
    expired = {
        "sessions.Session": Session.objects.filter(expire_date__lt=now),
        "people.OutgoingMail": OutgoingMail.objects.filter(done, queued_at__lt=now - MAIL_KEPT),
        "people.AccessToken": AccessToken.objects.filter(Q(expires_at__lt=long_ago) | Q(revoked_at__lt=long_ago)),
        "cohorts.Invitation": Invitation.objects.filter(ended),
        "people.AuditEvent": AuditEvent.objects.filter(at__lt=now - TRAIL_KEPT),
        "admin.LogEntry": LogEntry.objects.filter(action_time__lt=now - TRAIL_KEPT),
    }
    counts = {model: rows.delete()[0] for model, rows in expired.items()}
    return counts | {"mail files": delete_mail_files(before=now - MAIL_KEPT)}

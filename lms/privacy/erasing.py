"""How each table forgets a person. What others need for totals stays, without anything that tells whose it was."""

import re
import uuid
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from lms.cohorts.models import EndedBecause, Enrolment
from lms.credentials.models import Credential
from lms.people.mail_backends import delete_mail_files
from lms.people.models import AuditEvent, User
from lms.privacy.declaration import Declaration
from lms.reminders.models import ReminderState
from lms.reports.models import Report, ReportState
from quizzes.models import Attempt

SOMEBODY = "erased person"
A_NUMBER = re.compile(r"[\d\s.,+\-/%]{0,20}")


def delete(table: Declaration, person: User, now: datetime) -> None:
    table.rows(person).delete()


def delete_mail(table: Declaration, person: User, now: datetime) -> None:
    """The rows, and in the embedded default the files that stand for a mailbox."""
    delete(table, person, now)
    transaction.on_commit(partial(delete_mail_files, to=person.email))


def keep_nameless(table: Declaration, person: User, now: datetime) -> None:
    """Stays under the number of an account that has no name any more: totals of the cohort stay right."""


def end_enrolments(table: Declaration, person: User, now: datetime) -> None:
    running = table.rows(person).filter(ended_at__isnull=True)
    running.update(ended_at=now, ended_because=EndedBecause.ERASED)


def cancel_reminders(table: Declaration, person: User, now: datetime) -> None:
    rows = table.rows(person)
    rows.filter(state=ReminderState.PLANNED).update(state=ReminderState.SKIPPED, because="erased")
    rows.update(detail="")


def blank_typed_answers(table: Declaration, person: User, now: datetime) -> None:
    """Choices and numbers stay for the totals. Anything else that was typed may say who typed it."""
    for response in table.rows(person).only("pk", "answer"):
        typed = response.answer.get("text") if isinstance(response.answer, dict) else None
        if typed is not None and not A_NUMBER.fullmatch(str(typed)):
            table.table._default_manager.filter(pk=response.pk).update(answer={**response.answer, "text": ""})


def forget_reasons(table: Declaration, person: User, now: datetime) -> None:
    """A trainer's words about a mark may name the learner."""
    table.rows(person).update(reason="")


def revoke_credentials(table: Declaration, person: User, now: datetime) -> None:
    """The number on the paper stays known as withdrawn; what was printed on it is forgotten (D6)."""
    rows = table.rows(person)
    rows.filter(revoked_at__isnull=True).update(revoked_at=now, revoked_because="erased")
    rows.update(facts={"erased": True})


def delete_reports(table: Declaration, person: User, now: datetime) -> None:
    """Their own go, and every finished file about a cohort they were in: it has their name in it."""
    cohorts = Q(cohort__enrolments__learner=person)
    about = Report.objects.filter(cohorts | Q(requested_by=person)).exclude(file="")
    files = [settings.REPORTS_DIR / name for name in set(about.values_list("file", flat=True))]
    table.rows(person).delete()
    of_cohorts = Report.objects.filter(pk__in=Report.objects.filter(cohorts).values("pk"))
    of_cohorts.filter(state=ReportState.READY).update(state=ReportState.EXPIRED, file="", size=0, finished_at=now)
    of_cohorts.filter(state=ReportState.BUILDING).update(state=ReportState.QUEUED, heartbeat_at=None)  # begins anew
    for path in files:
        transaction.on_commit(partial(Path(path).unlink, missing_ok=True))


def delete_sessions(table: Declaration, person: User, now: datetime) -> None:
    """A session says whose it is only inside. Each is opened; there are few, and erasing is rare."""
    mine = [session.pk for session in Session.objects.iterator() if is_session_of(session, person)]
    Session.objects.filter(pk__in=mine).delete()


def is_session_of(session: Session, person: User) -> bool:
    return bool(session.get_decoded().get("_auth_user_id") == str(person.pk))


def blank_audit_labels(table: Declaration, person: User, now: datetime) -> None:
    """Who did what stays, under a number without a name (A-14: nothing is taken out of the trail)."""
    AuditEvent.objects.filter(actor_id=person.pk).update(actor_label=SOMEBODY)
    table.rows(person).exclude(target_label=SOMEBODY).filter(about(person)).update(target_label=SOMEBODY)
    with_address = AuditEvent.objects.annotate(as_text=Cast("data", TextField())).filter(as_text__contains=person.email)
    for event in with_address:
        AuditEvent.objects.filter(pk=event.pk).update(data=_without(event.data, person.email))


def about(person: User) -> Q:
    """Lines whose object is the person, something of theirs that is named after them, or their address."""
    theirs = (Enrolment.objects, Attempt.objects, Credential.objects)
    numbers = [str(pk) for rows in theirs for pk in rows.filter(learner=person).values_list("pk", flat=True)]
    return Q(target_id__in=[str(person.pk), *numbers]) | Q(target_label__icontains=person.email)


def _without(data: Any, address: str) -> Any:
    if isinstance(data, dict):
        return {key: _without(value, address) for key, value in data.items()}
    if isinstance(data, list):
        return [_without(value, address) for value in data]
    return data.replace(address, SOMEBODY) if isinstance(data, str) else data


def blank_admin_log(table: Declaration, person: User, now: datetime) -> None:
    """The admin's log names objects by their text, which for a person is the name."""
    named = Q(object_id=str(person.pk)) | Q(object_repr__icontains=person.email)
    LogEntry.objects.filter(named).update(object_repr=SOMEBODY)


def blank_release_labels(table: Declaration, person: User, now: datetime) -> None:
    table.rows(person).update(by_label=SOMEBODY)


def leave_cohorts(table: Declaration, person: User, now: datetime) -> None:
    person.trained_cohorts.clear()


def blank_account(table: Declaration, person: User, now: datetime) -> None:
    """The row stays as a number, because results of the cohort point at it."""
    person.email = f"erased-{uuid.uuid4()}@invalid.example"
    person.display_name, person.language, person.timezone = "", "", "UTC"
    person.is_active, person.wants_reminders, person.is_superuser, person.last_login = False, False, False, None
    person.set_unusable_password()
    person.save()
    person.groups.clear()
    person.user_permissions.clear()

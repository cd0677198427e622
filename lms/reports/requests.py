"""Verbs that also wake the workers. The row is the truth: if the queue is away, the sweep sends again."""

from datetime import datetime

from django.db import transaction

from lms.cohorts.models import Cohort
from lms.people.models import User
from lms.reports import tasks
from lms.reports.models import Report
from lms.reports.services import ask_for_report
from lms.shared.queueing import send_after_commit


@transaction.atomic
def request_report(
    *, by: User, cohort: Cohort, kind: str, file_format: str, language: str, now: datetime
) -> tuple[Report, bool]:
    """ask_for_report, and a task once it is really written down."""
    report, is_new = ask_for_report(
        by=by, cohort=cohort, kind=kind, file_format=file_format, language=language, now=now
    )
    if is_new:
        send_after_commit(tasks.build_report, str(report.pk))
    return report, is_new

"""A report is there for the one who asked for it, as long as that person trains the cohort (A-08, A-12)."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from lms.cohorts.access import access_cohort
from lms.people.models import User
from lms.reports.models import Report
from lms.shared.refusals import NotHere


def access_report(user: User | AnonymousUser, code: str, report_id: UUID | str) -> Report:
    """The rights are asked anew each time. What belongs to another cohort or trainer is not here. Raises NotHere."""
    cohort = access_cohort(user, code)
    report = Report.objects.select_related("cohort").filter(pk=report_id, cohort=cohort, requested_by=user.pk).first()
    if report is None:
        raise NotHere
    return report

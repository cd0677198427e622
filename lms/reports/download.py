"""The file of a report: under which name it is handed out, and whether it is still there."""

from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from lms.reports.models import Report, ReportState
from lms.reports.refusals import ReportNotReady
from lms.shared.clock import local_date

KIND_IN_NAMES = {"item_analysis": "questions"}


def file_name(report: Report) -> str:
    """<cohort>-<kind>-<day>.csv: the day, in the cohort's zone, on which it was asked for."""
    day = local_date(report.requested_at, report.cohort.timezone)
    kind = KIND_IN_NAMES.get(report.kind, report.kind)
    return f"{report.cohort.code}-{kind}-{day.isoformat()}.{report.format}"


def open_file(report: Report) -> BinaryIO:
    """Raises ReportNotReady while there is no file, and when it is gone."""
    if report.state != ReportState.READY or not report.file:
        raise ReportNotReady(state=report.state)
    try:
        return (Path(settings.REPORTS_DIR) / report.file).open("rb")
    except FileNotFoundError:
        raise ReportNotReady(state="gone") from None

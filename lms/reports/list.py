"""Which reports somebody asked for, and how far each is."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lms.cohorts.models import Cohort
from lms.people.models import User
from lms.reports.models import Report, ReportState
from lms.shared.clock import local_date

SHOWN = 50


@dataclass(frozen=True, slots=True)
class ReportLine:
    """`because` is a code; `share` is 0 to 100 of the rows that are written. `tries` above 1: it began anew."""

    id: UUID
    kind: str
    format: str
    language: str
    state: str
    because: str
    tries: int
    rows_done: int
    rows_total: int
    size: int
    requested_at: datetime
    kept_until: date | None

    @property
    def is_moving(self) -> bool:
        return self.state in {ReportState.QUEUED, ReportState.BUILDING}

    @property
    def share(self) -> int:
        return 100 * self.rows_done // self.rows_total if self.rows_total else 0


def my_reports(person: User, cohort: Cohort) -> list[ReportLine]:
    """Newest first; of many the newest fifty. One query."""
    rows = Report.objects.filter(requested_by=person, cohort=cohort).order_by("-requested_at", "pk")[:SHOWN]
    return [
        ReportLine(
            id=row.pk,
            kind=row.kind,
            format=row.format,
            language=row.language,
            state=row.state,
            because=row.because,
            tries=row.tries,
            rows_done=row.rows_done,
            rows_total=row.rows_total,
            size=row.size,
            requested_at=row.requested_at,
            kept_until=local_date(row.expires_at, cohort.timezone) if row.expires_at else None,
        )
        for row in rows
    ]

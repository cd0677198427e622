"""Verbs of reports: ask for one, build it under a lease, take up what a dead worker left, delete what is old.

A row is the truth. A worker holds a report by its lease: state `building`, a fresh heartbeat, and the number of the
try. Whoever lost it (slower than the lease, or dead) finds no row to update and may not touch the result.
Docs: docs/algorithms/reports.md.
"""

import errno
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from lms.cohorts.access import may_train
from lms.cohorts.models import Cohort
from lms.people.models import User
from lms.people.services import record
from lms.reports.builders import BUILDERS
from lms.reports.making import LeaseLostError, Made, make_file
from lms.reports.models import Format, Report, ReportState
from lms.reports.refusals import UnknownReport
from lms.shared.claims import claim, lease_ran_out
from lms.shared.refusals import NotHere

log = logging.getLogger(__name__)

TRIES = 3
NEVER_CAME = timedelta(seconds=30)  # a task that has not begun by then is sent again
SWEPT_AT_ONCE = 200
ORPHAN_SECONDS = 24 * 60 * 60
UNFINISHED = (ReportState.QUEUED, ReportState.BUILDING)

# Codes of `because`; their words stand in frontend_templates/train/_report.html.
NO_LONGER_ALLOWED, WORKER_LOST, DISK_FULL, ERROR = "not_allowed", "worker_lost", "disk_full", "error"


def ask_for_report(
    *, by: User, cohort: Cohort, kind: str, file_format: str, language: str, now: datetime
) -> tuple[Report, bool]:
    """Write down that somebody wants a report. Asking again while it is made gives the same one (X-05).

    Returns the report and whether it is new. The caller then sends the task: lms.reports.requests.
    Raises NotHere without rights, UnknownReport for a kind or format that does not exist.
    """
    if not may_train(by, cohort):
        raise NotHere
    if kind not in BUILDERS or file_format not in Format.values:
        raise UnknownReport(kind=kind, format=file_format)
    wanted = {"requested_by": by, "cohort": cohort, "kind": kind, "format": file_format, "language": language}
    while True:
        try:
            with transaction.atomic():
                report = Report.objects.create(**wanted, requested_at=now)
                data = {"report": str(report.pk), "kind": kind}
                target = {"target_label": cohort.name, "target_id": f"cohort:{cohort.code}"}
                record(actor=by, verb="report requested", data=data, now=now, **target)
                return report, True
        except IntegrityError:
            running = Report.objects.filter(**wanted, state__in=UNFINISHED).first()
            if running:
                return running, False
            # It was finished in this very moment: then a new one may be asked for.


def build_report(*, report_id: UUID | str, now: datetime, tick: Callable[[], float] = time.monotonic) -> Report | None:
    """Make the file. None: somebody else has it, or took it over meanwhile; the result is theirs.

    Several short transactions, because others watch `rows_done` and because a dead worker must be noticed. `tick`
    counts seconds from anywhere: this verb is the one that takes long enough for time to pass in it.
    """
    report = claim(
        Report.objects.select_related("cohort", "requested_by"),
        report_id,
        frm=ReportState.QUEUED,
        to=ReportState.BUILDING,
        heartbeat_at=now,
        tries=F("tries") + 1,
        rows_done=0,
        because="",
    )
    if report is None:
        return None
    started = tick()
    lease = _Lease(report, lambda: now + timedelta(seconds=tick() - started))
    try:
        if not _still_allowed(report):
            return lease.finish(ReportState.CANCELLED, because=NO_LONGER_ALLOWED)
        made = make_file(report, Path(settings.REPORTS_DIR), lease.beat, tick)
        return _hand_over(report, made, lease)
    except LeaseLostError:
        log.warning("report %s was taken over by another worker during try %s", report.pk, report.tries)
        return None
    except Exception as error:
        log.exception("report %s, try %s of %s", report.pk, report.tries, TRIES)
        return lease.give_back(DISK_FULL if getattr(error, "errno", None) == errno.ENOSPC else ERROR)


class _Lease:
    """One worker's hold on a report: every change asks whether it still has it (the fence is the number of the try)."""

    def __init__(self, report: Report, clock: Callable[[], datetime]) -> None:
        self._report = report
        self._clock = clock

    def beat(self, **progress: int) -> None:
        """Say that the work goes on, and how far. Raises LeaseLostError."""
        self._update(heartbeat_at=self._clock(), **progress)

    def finish(self, state: str, **fields: Any) -> Report:
        """Raises LeaseLostError."""
        now = self._clock()
        expires_at = now + timedelta(days=settings.REPORT_KEPT_DAYS)
        self._update(state=state, finished_at=now, expires_at=expires_at, heartbeat_at=None, **fields)
        self._report.refresh_from_db()
        return self._report

    def give_back(self, because: str) -> Report | None:
        """For another try, or for good after the third."""
        try:
            if self._report.tries >= TRIES:
                return self.finish(ReportState.FAILED, because=because)
            self._update(state=ReportState.QUEUED, heartbeat_at=self._clock(), because=because)
        except LeaseLostError:
            return None
        self._report.refresh_from_db()
        return self._report

    def _update(self, **fields: Any) -> None:
        mine = Report.objects.filter(pk=self._report.pk, state=ReportState.BUILDING, tries=self._report.tries)
        if not mine.update(**fields):
            raise LeaseLostError


def _still_allowed(report: Report) -> bool:
    """Asked of the database, not of what was loaded when the work began (A-08)."""
    person = User.objects.filter(pk=report.requested_by_id).first()
    return person is not None and may_train(person, report.cohort)


def _hand_over(report: Report, made: Made, lease: _Lease) -> Report:
    """The file gets its name first, then the row says ready: a reader finds both or neither (X-02)."""
    try:
        if not _still_allowed(report):
            made.throw_away()
            return lease.finish(ReportState.CANCELLED, because=NO_LONGER_ALLOWED)
        final = made.keep()
        ready = lease.finish(
            ReportState.READY, file=final.name, size=final.stat().st_size, rows_done=made.rows, rows_total=made.rows
        )
    except LeaseLostError:
        made.throw_away()
        raise
    _throw_away_files_of(report, but=final.name)
    return ready


def _throw_away_files_of(report: Report, but: str = "") -> None:
    """What dead or overtaken tries left behind."""
    for path in Path(settings.REPORTS_DIR).glob(f"*{report.pk}*"):
        if path.name != but:
            path.unlink(missing_ok=True)


@transaction.atomic
def sweep_reports(*, now: datetime) -> list[UUID]:
    """Which reports to send to workers (again). A worker that gave no sign for a whole lease has lost its report.

    After three tries a report has failed, whatever killed its workers (R-06).
    """
    orphans = Report.objects.filter(lease_ran_out(now), state=ReportState.BUILDING)
    expires_at = now + timedelta(days=settings.REPORT_KEPT_DAYS)
    orphans.filter(tries__gte=TRIES).update(
        state=ReportState.FAILED, because=WORKER_LOST, finished_at=now, expires_at=expires_at, heartbeat_at=None
    )
    orphans.filter(tries__lt=TRIES).update(state=ReportState.QUEUED, heartbeat_at=None, because=WORKER_LOST)
    not_sent = Q(heartbeat_at__isnull=True) | Q(heartbeat_at__lt=now - NEVER_CAME)
    waiting = Report.objects.filter(not_sent, state=ReportState.QUEUED, requested_at__lt=now - NEVER_CAME)
    ids = list(waiting.order_by("requested_at", "pk").values_list("pk", flat=True)[:SWEPT_AT_ONCE])
    Report.objects.filter(pk__in=ids, state=ReportState.QUEUED).update(heartbeat_at=now)
    return ids


def expire_reports(*, now: datetime) -> int:
    """Delete files that are old enough, then what belongs to no report. Returns the number of reports that expired."""
    count = sum(_expire(report) for report in Report.objects.filter(state=ReportState.READY, expires_at__lte=now))
    _throw_away_orphans(now)
    return count


def _expire(report: Report) -> bool:
    # The row first: a reader who comes in between finds "expired" and not a missing file.
    mine = bool(Report.objects.filter(pk=report.pk, state=ReportState.READY).update(state=ReportState.EXPIRED, file=""))
    if mine:
        _throw_away_files_of(report)
    return mine


def _throw_away_orphans(now: datetime) -> None:
    """Files that no ready report names and nobody has touched for longer than any worker lives."""
    folder = Path(settings.REPORTS_DIR)
    if not folder.is_dir():
        return
    kept = set(Report.objects.filter(state=ReportState.READY).values_list("file", flat=True))
    for path in folder.iterdir():
        # Not the time of writing: XlsxWriter sets that of its parts to 1980 while it packs them.
        if path.name not in kept and path.is_file() and now.timestamp() - path.stat().st_ctime > ORPHAN_SECONDS:
            path.unlink(missing_ok=True)

"""Writes one report's file below a name that nobody downloads, with a sign of life every two seconds (R-01, X-02)."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from django.utils import translation
from django.utils.translation import gettext as _

from lms.cohorts.models import Cohort
from lms.reports.builders import BUILDERS
from lms.reports.builders.table import Table, Value
from lms.reports.files import CsvWriter, Writer, XlsxWriter
from lms.reports.models import Format, Report
from lms.shared.clock import local_date
from modules.models import Release

BEAT_SECONDS = 2.0
BEAT_ROWS = 500


class LeaseLostError(Exception):
    """Another worker has taken the report over."""


class Beat(Protocol):
    def __call__(self, **progress: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Made:
    """A whole file under its temporary name."""

    path: Path
    name: str
    rows: int

    def keep(self) -> Path:
        """Give it its name, in one step. Raises LeaseLostError when another worker has cleared it away."""
        final = self.path.with_name(self.name)
        try:
            return self.path.replace(final)
        except FileNotFoundError:
            raise LeaseLostError from None

    def throw_away(self) -> None:
        for path in (self.path, self.path.with_name(self.name)):
            path.unlink(missing_ok=True)


def make_file(report: Report, folder: Path, beat: Beat, tick: Callable[[], float]) -> Made:
    """Each try writes a file of its own, so that a slow worker never writes into another's. Raises LeaseLostError."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{report.pk}.{report.tries}.{report.format}"
    path = folder / f".{name}.part"
    day = local_date(report.requested_at, report.cohort.timezone)
    try:
        with translation.override(report.language):
            table = BUILDERS[report.kind].table(report.cohort, today=day, language=report.language)
            beat(rows_total=table.total, rows_done=0)
            with _writer(path, report, table, day) as writer:
                rows = _write(table, writer, beat, tick)
        _to_disk(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Made(path, name, rows)


def _write(table: Table, writer: Writer, beat: Beat, tick: Callable[[], float]) -> int:
    writer.header(table.header)
    rows, last = 0, tick()
    for row in table.rows:
        writer.row(row)
        rows += 1
        if rows % BEAT_ROWS == 0 or tick() - last >= BEAT_SECONDS:
            beat(rows_done=min(rows, table.total))
            last = tick()
    beat(rows_done=min(rows, table.total))
    return rows


def _writer(path: Path, report: Report, table: Table, day: date) -> Writer:
    about = _about(report.cohort, day)
    if report.format == Format.CSV:
        return CsvWriter(path, about=about)
    about = (*about, *table.about)
    return XlsxWriter(path, title=table.title, about_title=_("About"), about=about, created=report.requested_at)


def _about(cohort: Cohort, day: date) -> tuple[tuple[str, Value], ...]:
    release = Release.objects.filter(programme=cohort.programme_id).first()
    return (
        (_("Cohort"), cohort.name),
        (_("Day"), day),
        (_("Time zone of all days"), cohort.timezone),
        (_("Content release"), release.version if release else None),
    )


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())

"""Rows into files that a spreadsheet opens without running anything in them (X-01)."""

import csv
import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import xlsxwriter

from lms.reports.builders.table import Value

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

# A spreadsheet takes a cell that begins so for a formula; some also fold full-width letters. A program that splits
# at another sign than ours, or at a quote, begins a cell in the middle of a text: so these are defused there too.
_STARTS = re.compile(r"^(?=\s*[=+\-@＝＋－＠]|[\t\r\n])|(?<=[,;|\t\r\n\"'])(?=[=+\-@＝＋－＠])")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def defuse(text: str) -> str:
    """An apostrophe before whatever a spreadsheet might calculate. Numbers of ours are numbers and never come here."""
    return _STARTS.sub("'", text)


class Writer(Protocol):
    """Writes a file row by row; it is whole when the `with` block ends."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def header(self, names: Sequence[str]) -> None: ...
    def row(self, values: Sequence[Value]) -> None: ...


class CsvWriter:
    """UTF-8 with the mark that spreadsheets look for, commas, CRLF; days as 2027-03-15.

    There is no first sheet, so `about` is repeated at the end of each row: files of several cohorts can be joined.
    """

    def __init__(self, path: Path, *, about: Sequence[tuple[str, Value]]) -> None:
        self._about = about
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._csv = csv.writer(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def header(self, names: Sequence[str]) -> None:
        self._write((*names, *(name for name, _value in self._about)))

    def row(self, values: Sequence[Value]) -> None:
        self._write((*values, *(value for _name, value in self._about)))

    def _write(self, values: Sequence[Value]) -> None:
        self._csv.writerow([defuse(value) if isinstance(value, str) else value for value in values])


class XlsxWriter:
    """A sheet that says what this is, then the rows. One row at a time is in memory (R-16).

    Equal rows give equal bytes: the time in the file is when the report was asked for (R-01).
    """

    def __init__(
        self, path: Path, *, title: str, about_title: str, about: Sequence[tuple[str, Value]], created: datetime
    ) -> None:
        options: dict[str, Any] = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(path.parent),
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        self._book.set_properties({"title": title, "created": created.replace(tzinfo=None)})
        self._bold = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self._write_about(about_title, about)
        self._sheet = self._book.add_worksheet(title[:31])
        self._at = 0

    def _write_about(self, title: str, about: Sequence[tuple[str, Value]]) -> None:
        sheet = self._book.add_worksheet(title[:31])
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 1, 40)
        for at, (name, value) in enumerate(about):
            sheet.write_string(at, 0, _clean(name), self._bold)
            self._write(sheet, at, 1, value)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._book.close()

    def header(self, names: Sequence[str]) -> None:
        self._sheet.set_column(0, 1, 28)
        self._sheet.set_column(2, max(len(names) - 1, 2), 16)
        self._sheet.freeze_panes(1, 1)
        for column, name in enumerate(names):
            self._sheet.write_string(0, column, _clean(name), self._bold)
        self._at = 1

    def row(self, values: Sequence[Value]) -> None:
        for column, value in enumerate(values):
            self._write(self._sheet, self._at, column, value)
        self._at += 1

    def _write(self, sheet: Any, at: int, column: int, value: Value) -> None:
        if isinstance(value, str):
            sheet.write_string(at, column, _clean(value))  # as a string, whatever it begins with
        elif isinstance(value, date):
            sheet.write_datetime(at, column, datetime(value.year, value.month, value.day), self._day)  # noqa: DTZ001
        elif value is not None:
            sheet.write_number(at, column, value)


def _clean(text: str) -> str:
    """What an XML file cannot hold is left out, line ends are one sign, and a cell holds 32,767 letters."""
    return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:32_767]

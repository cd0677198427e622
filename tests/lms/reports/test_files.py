"""Files as a spreadsheet reads them."""

import csv
import io
import tracemalloc
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lms.cohorts.models import Cohort
from lms.people.models import User
from lms.reports import services
from lms.reports.files import CsvWriter, XlsxWriter, defuse
from lms.reports.models import Report
from lms.reports.selectors import View, group_page
from tests.factories.cohorts import make_cohort
from tests.factories.modules import make_module, make_release
from tests.factories.people import make_trainer
from tests.factories.quizzes import make_quiz, numeric_body
from tests.factories.reports import make_group, make_report
from tests.lms.reports.test_questions import hand_in

WHEN = datetime(2027, 3, 15, 9, 0, tzinfo=UTC)
DANGEROUS = [
    "=1+1",
    "+49 30 1234",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    '=HYPERLINK("http://127.0.0.1/?"&A1,"more")',
    "=cmd|' /C calc'!A0",
    "Ana,=1+1",
    "Ana;=1+1",
    "Ana\t=1+1",
    "Ana\n=1+1",
    'Ana";=1+1',
    "Ana|=1+1",
]
HARMLESS = ["Ana", "Мария-Йоана", "O'Brien", "ana@example.org", "1 – 2", "a = b", "100 %", "“quoted”", "3,5 kg N/ha"]


def read_csv(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "the mark by which spreadsheets know UTF-8"
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def made(report: Report, now: datetime, folder: Path) -> Path:
    ready = services.build_report(report_id=report.pk, now=now)
    assert ready
    assert ready.state == "ready"
    return folder / ready.file


def begins_a_formula(cell: str) -> bool:
    return cell.strip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) or cell[:1] in "\t\r\n"


# --- Formulas -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", DANGEROUS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_no_cell_of_a_csv_begins_a_formula_however_it_is_split(tmp_path: Path, text: str, delimiter: str) -> None:
    """X-01: also for a program that splits at another sign than ours."""
    path = tmp_path / "file.csv"
    with CsvWriter(path, about=()) as writer:
        writer.header(["Name", text])
        writer.row(["Ana", text])
        writer.row([text, 5])
    for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), delimiter=delimiter):
        assert not any(begins_a_formula(cell) for cell in row if cell), row


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert defuse(text) == text


@pytest.mark.parametrize("text", DANGEROUS)
def test_every_text_of_a_workbook_is_a_string_and_no_formula_or_link(tmp_path: Path, text: str) -> None:
    """X-01"""
    path = tmp_path / "file.xlsx"
    about = [("Cohort", text)]
    with XlsxWriter(path, title="Rows", about_title="About", about=about, created=WHEN) as writer:
        writer.header(["Name", text])
        writer.row([text, "http://127.0.0.1/"])
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type == "s" and cell.hyperlink is None for cell in row if cell.value is not None)
    assert str(book["Rows"]["A2"].value).split() == text.split(), "nothing is added: the type protects"


def test_numbers_stay_numbers_and_days_days(tmp_path: Path) -> None:
    """X-01"""
    path = tmp_path / "file.xlsx"
    with XlsxWriter(path, title="Rows", about_title="About", about=(), created=WHEN) as writer:
        writer.header(["a", "b", "c", "d"])
        writer.row([-5, None, date(2027, 3, 15), "12"])
    row = [cell.value for cell in openpyxl.load_workbook(path)["Rows"][2]]
    assert row == [-5, None, datetime(2027, 3, 15), "12"]
    path = tmp_path / "file.csv"
    with CsvWriter(path, about=(("Day", date(2027, 3, 15)),)) as writer:
        writer.header(["a", "b"])
        writer.row([-5, None])
    assert read_csv(path) == [{"a": "-5", "b": "", "Day": "2027-03-15"}]


def test_letters_that_xml_cannot_hold_do_not_break_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    with XlsxWriter(path, title="Rows", about_title="About", about=(), created=WHEN) as writer:
        writer.header(["Name"])
        writer.row(["A\x00n\x0ba\ufffe" + "x" * 40_000])
    value = openpyxl.load_workbook(path)["Rows"]["A2"].value
    assert str(value).startswith("Anax")


def test_the_header_is_frozen_and_the_first_sheet_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    with XlsxWriter(path, title="Rows", about_title="About", about=[("Cohort", "Spring")], created=WHEN) as writer:
        writer.header(["Name"])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["About", "Rows"]
    assert book["Rows"].freeze_panes == "B2"
    assert [cell.value for cell in book["About"][1]] == ["Cohort", "Spring"]
    assert book.properties.created == datetime(2027, 3, 15, 9, 0)


# --- The same figures as on the screen ----------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_totals_of_the_file_are_those_of_the_screen(now: datetime, reports_dir: Path, seed: int) -> None:
    """X-03"""
    tom = make_trainer()
    cohort = make_group(size=64, seed=seed, now=now, trainers=[tom])
    make_release(cohort.programme, version=7)
    page = group_page(cohort, View(), language="en", now=now)
    rows = read_csv(made(make_report(cohort, tom, now=now), now, reports_dir))
    assert len(rows) == page.counts.everyone
    assert sum(any(row[f"{n} Module {n}: late"] for n in range(1, 6)) for row in rows) == page.counts.behind
    assert sum(row["Modules completed"] == "5" for row in rows) == page.counts.done
    for total in page.totals:
        column = f"{total.line.position} {total.line.title}"
        assert sum(row[f"{column}: state"] == "completed" for row in rows) == total.completed
        best = [int(row[f"{column}: best score, %"]) for row in rows if row[f"{column}: best score, %"]]
        assert total.mean_best is not None
        assert abs(sum(best) / len(best) - float(total.mean_best * 100)) < 0.5
    by_name = {row["Name"]: row for row in rows}
    for shown in page.rows:
        row = by_name[shown.name]
        assert row["E-mail"] == shown.email
        assert row["Last active day"] == (shown.last_day.isoformat() if shown.last_day else "")
        assert [row[f"{c.line.position} {c.line.title}: lessons done"] for c in shown.cells] == [
            str(c.done) for c in shown.cells
        ]
    assert [row["Name"] for row in rows] == sorted(row["Name"] for row in rows)
    assert {(row["Cohort"], row["Time zone of all days"], row["Content release"]) for row in rows} == {
        (cohort.name, "Europe/Sofia", "7")
    }


@pytest.mark.django_db
def test_csv_and_workbook_say_the_same(now: datetime, reports_dir: Path) -> None:
    """X-03"""
    tom = make_trainer()
    cohort = make_group(size=9, now=now, trainers=[tom])
    rows = read_csv(made(make_report(cohort, tom, now=now), now, reports_dir))
    book = openpyxl.load_workbook(made(make_report(cohort, tom, now=now, format="xlsx"), now, reports_dir))
    names, *lines = [[cell.value for cell in row] for row in book["Completion"].iter_rows()]

    def as_text(value: Any) -> str:
        return "" if value is None else value.date().isoformat() if isinstance(value, datetime) else str(value)

    assert [{str(n): as_text(v) for n, v in zip(names, line, strict=True)} for line in lines] == [
        {name: row[str(name)] for name in map(str, names)} for row in rows
    ]
    about = {str(name.value): value.value for name, value in book["About"].iter_rows(max_col=2)}
    assert about["Cohort"] == cohort.name
    assert about["Time zone of all days"] == "Europe/Sofia"
    assert about["Trainees"] == 9
    assert about["1 Module 1: completed"] == sum(row["1 Module 1: state"] == "completed" for row in rows)


@pytest.mark.django_db
def test_a_report_speaks_the_language_it_was_asked_for_in(now: datetime, reports_dir: Path) -> None:
    tom = make_trainer()
    cohort = make_group(size=1, now=now, trainers=[tom])
    rows = read_csv(made(make_report(cohort, tom, now=now, language="bg"), now, reports_dir))
    assert any("Модул 1" in name for name in rows[0])


@pytest.mark.django_db
def test_a_report_of_an_empty_cohort_has_a_header(now: datetime, reports_dir: Path) -> None:
    tom = make_trainer()
    for kind in ("completion", "item_analysis"):
        report = make_report(make_cohort(trainers=[tom]), tom, now=now, kind=kind)
        assert made(report, now, reports_dir).read_text(encoding="utf-8-sig").count("\n") == 1


@pytest.fixture
def tried(now: datetime) -> tuple[Cohort, User]:
    """A cohort in which two people answered, one of them with a formula."""
    tom, module = make_trainer(), make_module(title={"en": "Soil"})
    cohort = make_cohort(programme=module.programme, trainers=[tom], learners=2)
    quiz = make_quiz(module, key="soil-final", kinds=["single_choice", "numeric"], bodies=())
    practice = make_quiz(module, key="soil-practice", purpose="practice", kinds=["numeric"], bodies=[numeric_body()])
    first, second = (enrolment.learner for enrolment in cohort.enrolments.order_by("learner__email"))
    hand_in(first, quiz, {1: {"choice": "salt"}, 2: {"text": "=1+1"}}, now=now)
    hand_in(second, quiz, {1: {"choice": "salt"}, 2: {"text": "60"}}, now=now)
    hand_in(second, practice, {1: {"text": "60"}}, now=now)
    return cohort, tom


@pytest.mark.django_db
def test_item_analysis_names_the_wrong_answer_in_words(
    tried: tuple[Cohort, User], now: datetime, reports_dir: Path
) -> None:
    """X-01, X-03"""
    report = make_report(*tried, now=now, kind="item_analysis")
    rows = read_csv(made(report, now, reports_dir))
    assert [row["Question"] for row in rows] == [
        "soil-practice/question-1",
        "soil-final/question-1",
        "soil-final/question-2",
    ]
    assert rows[1]["Most chosen wrong answer"] == "Salt"
    assert (rows[1]["Times asked"], rows[1]["Not fully right"], rows[1]["Mean score, %"]) == ("2", "2", "0")
    assert rows[2]["Most chosen wrong answer"] == "'=1+1"
    assert (rows[2]["Mean score, %"], rows[2]["Times chosen"]) == ("50", "1")
    report.refresh_from_db()
    assert (report.rows_done, report.rows_total) == (3, 3)


# --- Size ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.sqlite  # the memory is Python's; one database is enough for thousands of rows under a tracer
@pytest.mark.django_db
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_ten_times_the_learners_need_hardly_more_memory(now: datetime, reports_dir: Path, file_format: str) -> None:
    """R-16: rows are streamed; only the ids of the learners are held. 2,000 learners, 28 columns."""
    tom, peaks = make_trainer(), {}
    for size in (200, 2_000):
        cohort = make_group(size=size, now=now, trainers=[tom])
        report = make_report(cohort, tom, now=now, format=file_format)
        tracemalloc.start()
        made(report, now, reports_dir)
        peaks[size] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        report.refresh_from_db()
        assert report.rows_done == size
    assert peaks[2_000] < 16_000_000
    assert peaks[2_000] < 4 * peaks[200]

"""The command that checks a package."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.packages.copies import LESSON, MINIMAL, copy_of_minimal


def _check(path: Path) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("check_package", str(path), stdout=out, stderr=err, no_color=True)
    return out.getvalue(), err.getvalue()


def test_a_right_package_is_counted_without_a_database() -> None:
    """No database fixture: a query would fail here."""
    assert _check(MINIMAL) == (
        "small-farm 1: 1 modules, 2 lessons, 4 questions, 1 calculators, 1 tasks. No errors, 0 warnings.\n",
        "",
    )


def test_errors_are_printed_with_file_and_line_and_make_it_fail(tmp_path: Path) -> None:
    copy = copy_of_minimal(tmp_path / "package")
    copy.edit(f"{LESSON}lesson.en.md", "title: Living soil", "tittle: Living soil")
    err = StringIO()
    with pytest.raises(CommandError, match=r"2 errors, 0 warnings\. It cannot be imported\."):
        call_command("check_package", str(copy.path), stderr=err, no_color=True)
    lines = err.getvalue().splitlines()
    assert lines[0].startswith(f"{LESSON}lesson.en.md:2: error: title: The field is missing.")
    assert lines[1].startswith(
        f"{LESSON}lesson.en.md:3: error: tittle: “tittle” is not a field of this form. Did you mean “title”?"
    )


def test_warnings_are_printed_and_do_not_make_it_fail(tmp_path: Path) -> None:
    copy = copy_of_minimal(tmp_path / "package")
    copy.write("notes.txt", "x")
    out, err = _check(copy.path)
    assert out.splitlines()[0].startswith("notes.txt: warning: Nothing in the package leads to this file.")
    assert out.splitlines()[1].endswith("No errors, 1 warnings.")
    assert err == ""


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("check_package", "--help")
    assert "Example: python manage.py check_package" in " ".join(capsys.readouterr().out.split())

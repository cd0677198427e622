"""The command that imports a package."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from modules.models import Lesson, Release
from tests.packages.copies import LESSON, MINIMAL, Copy, copy_of_minimal
from tests.packages.database import every_row, no_writes
from tests.packages.edits import leave_out_water

pytestmark = pytest.mark.django_db


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return copy_of_minimal(tmp_path / "package")


def _import(path: Path, *options: str) -> list[str]:
    out = StringIO()
    call_command("import_package", str(path), *options, stdout=out, no_color=True)
    return out.getvalue().splitlines()


def test_it_says_what_it_did_and_the_last_line_sums_up() -> None:
    lines = _import(MINIMAL)
    assert "new       lesson     living-soil" in lines
    assert lines[-1] == "small-farm 1: 25 new, 0 changed, 0 restored, 0 retired."
    assert Release.objects.count() == 1


def test_a_second_time_it_says_that_nothing_changed() -> None:
    """C-20."""
    _import(MINIMAL)
    with no_writes():
        assert _import(MINIMAL) == ["small-farm 1: no changes."]


def test_a_dry_run_says_the_same_and_writes_nothing(copy: Copy) -> None:
    _import(copy.path)
    for language in ("en", "bg"):
        copy.edit(f"{LESSON}lesson.{language}.md", "edition: 1", "edition: 2")
    with no_writes():
        said = _import(copy.path, "--dry-run")
    assert said[0] == "changed   lesson     living-soil (edition 1 → 2: people who finished it are told)"
    assert said[-1] == "Dry run, nothing was changed. small-farm 1: 0 new, 3 changed, 0 restored, 0 retired."
    assert _import(copy.path)[:-1] == said[:-1]


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_what_would_go_makes_it_fail_with_the_counts(options: tuple[str, ...], copy: Copy) -> None:
    """C-22."""
    _import(copy.path)
    leave_out_water(copy)
    before, out = every_row(), StringIO()
    with pytest.raises(CommandError, match="--allow-retire"):
        call_command("import_package", str(copy.path), *options, stdout=out, no_color=True)
    assert "retired   lesson     water-in-soil; it concerns 0 learners" in out.getvalue().splitlines()
    assert every_row() == before


def test_with_consent_it_retires(copy: Copy) -> None:
    """C-22."""
    _import(copy.path)
    leave_out_water(copy)
    assert _import(copy.path, "--allow-retire")[-1].endswith("1 retired.")
    assert Lesson.objects.get(key="water-in-soil").retired_at is not None


def test_errors_are_printed_and_make_it_fail(copy: Copy) -> None:
    copy.edit(f"{LESSON}lesson.en.md", "[[humus]]", "[[humous]]")
    err = StringIO()
    with pytest.raises(CommandError, match=r"has errors\. Nothing was changed\."):
        call_command("import_package", str(copy.path), stderr=err, no_color=True)
    assert err.getvalue().startswith(f"{LESSON}lesson.en.md:10: error: text: There is no term “humous”")


def test_an_older_version_makes_it_fail(copy: Copy) -> None:
    """C-21."""
    copy.edit("package.yaml", "version: 1", "version: 2")
    _import(copy.path)
    with pytest.raises(CommandError, match="version 1, but version 2"):
        _import(MINIMAL)


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("import_package", "--help")
    assert "Example: python manage.py import_package" in " ".join(capsys.readouterr().out.split())

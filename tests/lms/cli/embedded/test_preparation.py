"""What is prepared before the first page, and what is skipped because it holds already."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import gettext, override

from lms.cli.catalogues import compile_catalogue, stale_catalogues
from lms.cli.embedded import preparation
from lms.cli.embedded.preparation import Stamp, folder_facts
from lms.cli.embedded.steps import Step, step


def test_a_stamp_holds_until_a_fact_changes(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    stamp = Stamp("content", ["one", "two"])
    assert not stamp.holds
    stamp.keep()
    assert Stamp("content", ["one", "two"]).holds
    assert not Stamp("content", ["one", "three"]).holds


def test_folder_facts_see_names_and_texts_but_not_dates(tmp_path: Path) -> None:
    (tmp_path / "lesson.md").write_text("Soil")
    first = folder_facts(tmp_path)
    (tmp_path / "lesson.md").touch()
    assert folder_facts(tmp_path) == first
    (tmp_path / "lesson.md").write_text("Water")
    assert folder_facts(tmp_path) != first


def test_static_files_are_collected_once(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    notes = []
    for _ in range(2):
        line = Step("Static files", io.StringIO())
        preparation.collect_static(line)
        notes.append(line.note)
    assert notes[0].endswith("files")
    assert notes[1] == "up to date"
    assert (tmp_path / "static" / "staticfiles.json").exists()


def test_a_catalogue_is_compiled_when_it_is_newer_than_its_compiled_form(tmp_path: Path, settings: Any) -> None:
    folder = tmp_path / "bg" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (folder / "django.po").write_text(header + 'msgid "Furrow"\nmsgstr "Бразда"\n', encoding="utf-8")
    settings.LOCALE_PATHS = [tmp_path]
    assert stale_catalogues() == [folder / "django.po"]
    assert compile_catalogue(folder / "django.po") == 1
    assert stale_catalogues() == []
    with override("bg"):
        assert gettext("Furrow") == "Бразда"


def test_a_step_says_what_it_does_and_how_long_it_took() -> None:
    out = io.StringIO()
    with step("Database", out) as line:
        line.note = "43 steps"
    assert out.getvalue().startswith("  Database")
    assert "43 steps" in out.getvalue()
    assert out.getvalue().endswith(" s\n")


def test_a_step_that_fails_says_so() -> None:
    out = io.StringIO()
    with pytest.raises(ZeroDivisionError), step("Database", out):
        raise ZeroDivisionError
    assert "failed" in out.getvalue()

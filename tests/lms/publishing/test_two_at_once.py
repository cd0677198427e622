"""Two imports at once, and one that dies in the middle (C-16)."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from lms.publishing import services
from lms.publishing.refusals import ImportBusy, PackageIsOlder
from lms.publishing.services import import_package
from modules.models import LessonRevision, Release
from tests.packages.copies import LESSON, MINIMAL, Copy, copy_of_minimal
from tests.packages.database import live_content

EN = f"{LESSON}lesson.en.md"


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two imports wait for each other when both have made their plans, before either writes."""
    barrier, render_new = threading.Barrier(2, timeout=30), services.render_new

    def render_and_wait(package: Any) -> Any:
        pages = render_new(package)
        barrier.wait()
        return pages

    monkeypatch.setattr(services, "render_new", render_and_wait)


def _at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each deed returned or raised."""
    results: list[Any] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], Any]) -> None:
        try:
            results[place] = deed()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_the_same_first_import_twice_at_once_is_one_release(meeting: None, now: datetime) -> None:
    """C-16: the second waits, and finds nothing left to do."""
    results = _at_once(*[lambda: import_package(MINIMAL, by=None, now=now)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "Release"], results
    assert Release.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_change_twice_at_once_is_one_release(meeting: None, now: datetime, tmp_path: Path) -> None:
    """C-16."""
    copy = copy_of_minimal(tmp_path / "package")
    _at_once(*[lambda: import_package(MINIMAL, by=None, now=now)] * 2)
    copy.edit(EN, "poor condition", "bad condition")
    results = _at_once(*[lambda: import_package(copy.path, by=None, now=now)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "Release"], results
    assert LessonRevision.objects.filter(lesson__key="living-soil", language="en").count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_versions_at_once_the_newer_one_is_live(meeting: None, now: datetime, tmp_path: Path) -> None:
    """C-16, C-21: whichever comes first."""
    _at_once(*[lambda: import_package(MINIMAL, by=None, now=now)] * 2)
    copies = []
    for version in ("2", "3"):
        copy = copy_of_minimal(tmp_path / version)
        copy.edit("package.yaml", "version: 1", f"version: {version}")
        copy.edit(EN, "poor condition", f"condition {version}")
        copies.append(copy)
    older, newer = _at_once(*[lambda copy=copy: import_package(copy.path, by=None, now=now) for copy in copies])
    assert isinstance(newer, Release)
    assert isinstance(older, Release | PackageIsOlder)
    assert "condition 3" in LessonRevision.objects.get(lesson__key="living-soil", language="en", is_live=True).source


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_kept_too_long_is_said(now: datetime, tmp_path: Path) -> None:
    """C-16: SQLite gives up after its time-out; the answer is a sentence and nothing has changed."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL waits for the lock instead")
    other = sqlite3.connect(settings.DATABASES["default"]["TEST"]["NAME"], isolation_level=None)
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(ImportBusy, match="Nothing was changed"):
            import_package(MINIMAL, by=None, now=now)
    finally:
        other.execute("ROLLBACK")
        other.close()
        connection.close()
    assert live_content()["programmes"] == []


@pytest.mark.django_db
def test_another_trouble_of_the_database_is_not_hidden(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(*_: Any, **__: Any) -> None:
        raise OperationalError("no such table: modules_lesson")

    monkeypatch.setattr(services, "import_modules", break_off)
    with pytest.raises(OperationalError, match="no such table"):
        import_package(MINIMAL, by=None, now=now)


# --- kill -9, in a process and a database of its own -----------------------------------------------------------------

CHILD = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
import django
django.setup()
from django.db import connection
from lms.publishing.services import import_package
deadly, writes = int(sys.argv[2]), 0
def count(execute, sql, params, many, context):
    global writes
    if sql.split(" ", 1)[0] in {"INSERT", "UPDATE", "DELETE"}:
        writes += 1
        if writes == deadly:
            os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)
with connection.execute_wrapper(count):
    import_package(Path(sys.argv[1]), by=None, now=datetime(2027, 3, 16, tzinfo=UTC), allow_retire=True)
print(writes)
"""


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("LMS_")},
        "LMS_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "lms.settings",
    }
    return subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False)


def _rows(folder: Path) -> dict[str, list[Any]]:
    with contextlib.closing(sqlite3.connect(folder / "green-skills.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: database.execute(f'SELECT * FROM "{table}" ORDER BY 1').fetchall() for table in tables}


@pytest.mark.slow
@pytest.mark.service
def test_an_import_that_is_killed_leaves_the_old_content_fully_there(tmp_path: Path) -> None:
    """C-16: SIGKILL at each of its writes, one after the other."""
    folder = tmp_path / "var"
    for arguments in (["migrate", "-v0"], ["import_package", str(MINIMAL)]):
        assert _run(folder, "manage.py", *arguments).returncode == 0
    copy = _edited(tmp_path)
    before = _rows(folder)
    # A first try on another copy of the data says how many writes there are.
    spare = tmp_path / "spare"
    spare.mkdir()
    (spare / "green-skills.sqlite3").write_bytes((folder / "green-skills.sqlite3").read_bytes())
    writes = int(_run(spare, "-c", CHILD, str(copy.path), "0").stdout)
    assert writes > 5
    for deadly in range(1, writes + 1):
        assert _run(folder, "-c", CHILD, str(copy.path), str(deadly)).returncode == -signal.SIGKILL
        assert _rows(folder) == before
    assert _run(folder, "manage.py", "import_package", str(copy.path), "--allow-retire").returncode == 0
    after = _rows(folder)
    assert len(after["modules_release"]) == 2
    assert after["modules_lessonrevision"] != before["modules_lessonrevision"]


def _edited(tmp_path: Path) -> Copy:
    copy = copy_of_minimal(tmp_path / "package")
    copy.edit(EN, "poor condition", "bad condition")
    copy.edit("modules/01-soil/quizzes/soil-final.yaml", "points: 1", "points: 3")
    copy.edit("package.yaml", "version: 1", "version: 2")
    return copy

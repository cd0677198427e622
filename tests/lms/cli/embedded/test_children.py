"""One child: its output, its log, its pauses."""

import signal
import sys
import time
from pathlib import Path

import pytest

from lms.cli.embedded import children
from lms.cli.embedded.children import Child
from tests.harness.tree import wait_until


def child(folder: Path, code: str) -> Child:
    command = [sys.executable, "-c", code]
    return Child(name="talker", command=command, mark="test-children", folder=folder, log_dir=folder / "log")


def read_all(one: Child) -> list[str]:
    """What it said that is worth showing, until it ended."""
    shown: list[str] = []
    wait_until(lambda: shown.extend(one.read()) or not one.runs, seconds=20, what="it has said everything")
    return [*shown, *one.read()]


def test_what_it_says_goes_to_its_log_and_errors_are_shown(tmp_path: Path) -> None:
    one = child(tmp_path, "print('all is well'); print('2027 ERROR   lms: a wheel came off', flush=True)")
    one.start()
    assert read_all(one) == ["2027 ERROR   lms: a wheel came off"]
    assert (tmp_path / "log" / "talker.log").read_text().splitlines() == [
        "all is well",
        "2027 ERROR   lms: a wheel came off",
    ]


def test_its_log_is_rotated_by_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """O-14: however much it says, the disk is not filled."""
    monkeypatch.setattr(children, "LOG_BYTES", 10_000)
    one = child(tmp_path, "for n in range(5000): print(n, 'x' * 60)")
    one.start()
    read_all(one)
    logs = list((tmp_path / "log").iterdir())
    assert len(logs) == children.LOG_FILES + 1
    assert sum(file.stat().st_size for file in logs) <= 10_000 * (children.LOG_FILES + 1)
    assert "4999" in (tmp_path / "log" / "talker.log").read_text()


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    """R-12: the log is a device that is always full."""
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "talker.log").symlink_to("/dev/full")
    one = child(tmp_path, "print('ERROR one'); print('ERROR two')")
    one.start()
    assert read_all(one) == ["ERROR one", "ERROR two"]


def test_a_line_without_an_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    one = child(tmp_path, "import sys; sys.stdout.write('x' * 1_000_000)")
    one.start()
    read_all(one)
    assert len(one._rest) <= 65_536


def test_pauses_grow_while_it_keeps_failing_and_begin_anew_after_a_steady_minute(tmp_path: Path) -> None:
    one = child(tmp_path, "")
    one.started_at = time.monotonic()
    assert [one.plan_restart() for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    one.started_at = time.monotonic() - 61
    assert one.plan_restart() == 1


def test_what_it_had_started_is_cleared_away(tmp_path: Path) -> None:
    """A killed web server's workers would go on holding the port."""
    code = "import subprocess, time; p = subprocess.Popen(['sleep', '60']); print(p.pid, flush=True); time.sleep(60)"
    one = child(tmp_path, code)
    one.start()
    grandchild = int(wait_until(lambda: one.read() or one.tail, seconds=20, what="it said a number")[-1])
    one.signal(signal.SIGKILL)
    assert one.process is not None
    one.process.wait(timeout=10)
    one.clear_away()
    wait_until(lambda: not Path(f"/proc/{grandchild}").exists(), seconds=10, what="the grandchild is gone")

"""One service per data folder and port."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from lms.cli.embedded.one_only import (
    MARK,
    RunsAlready,
    check_port_is_free,
    end_processes,
    marked_processes,
    only_one,
    serve_id,
)
from tests.harness.tree import free_port


def sleeper(mark: str, code: str = "pass") -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        [sys.executable, "-c", f"import signal, time; {code}; print(flush=True); time.sleep(60)"],
        env={**os.environ, MARK: mark},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    with process.stdout:
        process.stdout.readline()  # it is as it should be
    return process


def test_the_second_learns_where_the_first_is(tmp_path: Path) -> None:
    """O-09"""
    first, second = only_one(tmp_path, "http://127.0.0.1:8000"), only_one(tmp_path, "http://127.0.0.1:9000")
    with first, pytest.raises(RunsAlready, match=f"{os.getpid()}.*8000"), second:
        pass
    with only_one(tmp_path, "http://127.0.0.1:9000"):  # free again
        pass


def test_a_lock_of_a_process_that_is_gone_holds_nobody_up(tmp_path: Path) -> None:
    """O-09: a stale lock file."""
    (tmp_path / "serve.lock").write_text("process 1, http://127.0.0.1:8000")
    with only_one(tmp_path, "http://127.0.0.1:8000"):
        pass


def test_a_taken_port_is_named_with_a_way_on() -> None:
    """O-09, O-12"""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(RunsAlready, match=f"Port {other.getsockname()[1]}.*LMS_PORT="):
            check_port_is_free(other.getsockname()[1])
    check_port_is_free(free_port())


def test_only_processes_with_the_same_mark_are_ended(tmp_path: Path) -> None:
    ours, theirs = sleeper(serve_id(tmp_path)), sleeper(serve_id(tmp_path / "other"))
    assert marked_processes(serve_id(tmp_path)) == [ours.pid]
    assert end_processes(serve_id(tmp_path)) == 1
    assert ours.wait(timeout=10) < 0
    assert theirs.poll() is None
    theirs.kill()
    theirs.wait()


def test_what_does_not_listen_is_made_to_end(tmp_path: Path) -> None:
    deaf = sleeper(serve_id(tmp_path), "signal.signal(15, signal.SIG_IGN)")
    end_processes(serve_id(tmp_path), patience=0.3)
    assert deaf.wait(timeout=10) == -9

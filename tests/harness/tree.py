"""The whole service as `make run` starts it: in a folder of its own, on a free port, with real servers."""

import http.client
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psycopg

from lms.cli.embedded.one_only import marked_processes, serve_id
from tests.harness.folders import throw_away_folder

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(condition: Callable[[], Any], *, seconds: float, what: str) -> Any:
    """The first true answer of the condition. Raises AssertionError naming `what` when the time is over."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.05)
    return answer


class Tree:
    """One service. Its environment is its own: nothing of the test run's settings leaks in."""

    def __init__(self, folder: str = "", *, port: int = 0, **environment: str) -> None:
        self.folder = Path(folder or throw_away_folder("tree"))
        self.port = port or free_port()
        mine = {"LMS_DATA_DIR": str(self.folder), "LMS_PORT": str(self.port), **environment}
        outer = {name: value for name, value in os.environ.items() if not name.startswith(("LMS_", "DJANGO_"))}
        self.environment = {**outer, **mine}
        self.process: subprocess.Popen[str] | None = None
        self.said: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def manage(self, *arguments: str, stdin: str = "", check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a management command against the same data."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
        )
        if check and done.returncode:
            raise AssertionError(f"manage.py {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        """What its database answers, asked beside the service: SELECT only."""
        if address := self.environment.get("LMS_DATABASE_URL"):
            with psycopg.connect(address, autocommit=True) as connection:
                return connection.execute(question).fetchall()  # type: ignore[arg-type]
        with closing(sqlite3.connect(self.folder / "green-skills.sqlite3", timeout=10)) as connection:
            return connection.execute(question).fetchall()

    def shell(self, code: str) -> str:
        """Run code of ours against the same data, and return what it printed."""
        return self.manage("shell", "--no-imports", "-c", code).stdout

    def start(self, *, seconds: float = 90.0) -> float:
        """Start, wait for the line that says Ready, and return after how many seconds that came."""
        began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said = []
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()
        wait_until(self._ready_or_over, seconds=seconds, what="the service is ready")
        if self.process.poll() is not None:
            raise AssertionError("the service ended:\n" + "\n".join(self.said))
        return time.monotonic() - began

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process.stdout:
            self.said.extend(line.rstrip("\n") for line in process.stdout)

    def _ready_or_over(self) -> bool:
        assert self.process is not None
        return self.process.poll() is not None or any(line.startswith("Ready after") for line in self.said)

    def pids(self, name: str = "") -> list[int]:
        """Living processes below the parent: all, or those of one child (queue, web, worker, timetable)."""
        return [pid for pid in marked_processes(serve_id(self.folder), name) if not _is_zombie(pid)]

    def main_pid(self, name: str) -> int:
        """The first process of a child: the one whose end the parent notices."""
        return min(self.pids(name), key=_started_at)  # not the lowest: numbers begin anew after the highest

    def newest_pid(self, name: str) -> int:
        """The last process that a child has started: of the worker, one that carries out tasks."""
        return max(self.pids(name), key=_started_at)

    def kill(self, *pids: int) -> None:
        for pid in pids:
            with suppress(ProcessLookupError):  # children end with their parent, maybe before their turn comes
                os.kill(pid, signal.SIGKILL)

    def kill_everything(self) -> None:
        """As a power cut would: parent and children at once, without a word."""
        assert self.process is not None
        self.kill(self.process.pid, *self.pids())
        self.process.wait(timeout=10)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> float:
        """Ask it to stop and return how many seconds that took. Nothing may be left."""
        if self.process is None or self.process.poll() is not None:
            return 0.0
        began = time.monotonic()
        self.process.send_signal(how)
        self.process.wait(timeout=30)
        return time.monotonic() - began

    def remove(self) -> None:
        """For the end of a test: whatever state it is in, nothing is left running."""
        self.stop()
        self.kill(*self.pids())
        shutil.rmtree(self.folder, ignore_errors=True)

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        """Status and body of a page; status 0 when nobody listens."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request("GET", path, headers=headers)
            answer = line.getresponse()
            return answer.status, answer.read()
        except OSError:
            return 0, b""
        finally:
            line.close()

    def headers(self, path: str, **headers: str) -> dict[str, str]:
        """The headers of an answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        answer.read()
        line.close()
        return {name.lower(): value for name, value in answer.getheaders()}

    def health(self) -> dict[str, Any]:
        """What /health/ready says of each part; empty when nobody answers."""
        _status, body = self.get("/health/ready")
        checks: dict[str, Any] = json.loads(body)["checks"] if body else {}
        return checks


def _is_zombie(pid: int) -> bool:
    try:
        return _stat(pid)[0] == "Z"
    except OSError:
        return True


def _started_at(pid: int) -> int:
    """In ticks of the kernel's clock since the machine started."""
    return int(_stat(pid)[19])


def _stat(pid: int) -> list[str]:
    """What the kernel says of a process, from its state on: proc(5)."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()

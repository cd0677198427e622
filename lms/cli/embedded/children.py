"""One child process: how it is started, where its output goes, how it is ended."""

import ctypes
import logging
import os
import re
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

from lms.cli.embedded.one_only import MARK, PARENT, end_processes

FIRST_PAUSE, LONGEST_PAUSE, STEADY_AFTER = 1.0, 30.0, 60.0  # seconds
LOG_BYTES, LOG_FILES = 2_000_000, 3
WORTH_SAYING = re.compile(r"\b(ERROR|CRITICAL)\b")
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class _Log(RotatingFileHandler):
    """A log that cannot fill the disk (O-14), and whose own failure on a full disk stops nothing."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  the name logging calls
        pass


@dataclass
class Child:
    """`farewell` is the signal the kernel sends it when the parent dies without a word (Linux)."""

    name: str
    command: Sequence[str]
    mark: str
    folder: Path
    log_dir: Path
    farewell: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None
    start_at: float = 0.0
    started_at: float = 0.0
    pause: float = FIRST_PAUSE
    tail: deque[str] = field(default_factory=lambda: deque(maxlen=12))

    def __post_init__(self) -> None:
        self.log_dir.mkdir(parents=True, exist_ok=True)
        self._log = _Log(self.log_dir / f"{self.name}.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8")
        self._rest = b""

    @property
    def output(self) -> IO[bytes]:
        """What it says. Only while there is a process."""
        if self.process is None or self.process.stdout is None:
            raise ValueError(f"{self.name} has not been started")
        return self.process.stdout

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C reaches the parent alone, which ends the children in order."""
        self.process = subprocess.Popen(
            self.command,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, **self._marks(), "PYTHONUNBUFFERED": "1"},
            start_new_session=True,
            preexec_fn=_die_with_parent(self.farewell),  # this process has one thread
        )
        self.started_at = time.monotonic()
        os.set_blocking(self.output.fileno(), False)

    def _marks(self) -> dict[str, str]:
        return {MARK: self.mark, "LMS_SERVE_CHILD": self.name, PARENT: str(os.getpid())}

    def read(self) -> list[str]:
        """Take what it has said, write it to its log, return the lines worth showing."""
        self._rest += self.output.read() or b""
        *lines, self._rest = self._rest.split(b"\n")
        if len(self._rest) > 65_536:
            lines, self._rest = [*lines, self._rest], b""
        said = [line.decode("utf-8", "replace") for line in lines]
        for line in said:
            self.tail.append(line)
            self._log.handle(logging.makeLogRecord({"msg": line}))
        return [line for line in said if WORTH_SAYING.search(line)]

    def plan_restart(self) -> float:
        """After an end nobody asked for: when to start again. Pauses grow while it keeps failing (1, 2, 4 … 30 s)."""
        if time.monotonic() - self.started_at > STEADY_AFTER:
            self.pause = FIRST_PAUSE
        pause, self.pause = self.pause, min(self.pause * 2, LONGEST_PAUSE)
        self.start_at = time.monotonic() + pause
        return pause

    def signal(self, what: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(what)  # does nothing when it has ended

    def clear_away(self) -> None:
        """End what it started and left behind: a killed parent's children would hold the port or redo its work."""
        end_processes(self.mark, self.name, patience=1.0)
        self.output.close()
        self.process = None


def _die_with_parent(farewell: signal.Signals) -> Callable[[], None] | None:
    return partial(_ask_for_farewell, _libc, os.getpid(), farewell) if _libc is not None else None


def _ask_for_farewell(libc: ctypes.CDLL, parent: int, farewell: signal.Signals) -> None:
    """Runs in the child, between fork and exec."""
    libc.prctl(PR_SET_PDEATHSIG, int(farewell), 0, 0, 0)
    if os.getppid() != parent:  # it died before we asked
        os._exit(1)

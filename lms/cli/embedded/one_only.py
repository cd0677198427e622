"""One service per data folder: a lock that dies with its holder, and an end for what a killed parent left behind."""

import fcntl
import hashlib
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARK = "LMS_SERVE_ID"
PARENT = "LMS_SERVE_PARENT"  # the number of the process that started it


class RunsAlready(Exception):
    """Another service holds this data folder, or this port."""


def serve_id(data_dir: Path) -> str:
    """What the children of a service on this folder carry in their environment."""
    return hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]


@contextmanager
def only_one(data_dir: Path, address: str) -> Iterator[None]:
    """Hold the folder. The kernel lets go when this process ends, however it ends. Raises RunsAlready."""
    with (data_dir / "serve.lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "another process"
            raise RunsAlready(f"The service runs already on this data folder: {holder}.") from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, {address}")
        lock.flush()
        yield


def check_port_is_free(port: int) -> None:
    """Raises RunsAlready, with the way on, when something answers at the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise RunsAlready(
                f"Port {port} on 127.0.0.1 cannot be used ({error.strerror}). "
                f"Choose another one: LMS_PORT={port + 10} make run"
            ) from error


def marked_processes(mark: str, name: str = "") -> list[int]:
    """Processes that carry the mark, of one child or of all. Linux only; elsewhere the list is empty."""
    wanted = {f"{MARK}={mark}".encode(), *([f"LMS_SERVE_CHILD={name}".encode()] if name else [])}
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            carries = wanted <= set((folder / "environ").read_bytes().split(b"\0"))
        except OSError:  # gone meanwhile, or somebody else's
            continue
        if carries and int(folder.name) != os.getpid():
            found.append(int(folder.name))
    return found


def end_processes(mark: str, name: str = "", *, patience: float = 5.0) -> int:
    """Ask what carries the mark to end, then make it. Returns how many there were."""
    first = marked_processes(mark, name)
    for number in first:
        _signal(number, signal.SIGTERM)
    deadline = time.monotonic() + patience
    while (left := marked_processes(mark, name)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for number in left:
        _signal(number, signal.SIGKILL)
    return len(first)


def _signal(number: int, what: signal.Signals) -> None:
    try:
        os.kill(number, what)
    except ProcessLookupError:
        pass

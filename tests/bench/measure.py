"""Targets, rounds, medians."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from lms.cli.embedded.one_only import MARK, marked_processes
from tests.harness.tree import ROOT, Tree, free_port, wait_until

TICKS = os.sysconf("SC_CLK_TCK")
FLOOR_MARK = "bench-floor"


@dataclass
class Target:
    """One kind of request. `pids` are the processes whose processor time counts."""

    name: str
    port: int
    requests: list[str]
    pids: Callable[[], list[int]]
    status: int = 200
    rounds: list[dict[str, float]] = field(default_factory=list)

    def run(self, *, connections: int, seconds: float) -> dict[str, float]:
        work = {"port": self.port, "connections": connections, "seconds": seconds, "requests": self.requests}
        before = processor_seconds(self.pids())
        command = [sys.executable, "-m", "tests.bench.load"]
        done = subprocess.run(command, input=json.dumps(work), capture_output=True, text=True, cwd=ROOT, check=True)
        spent = processor_seconds(self.pids()) - before
        result = json.loads(done.stdout)
        if set(result["statuses"]) != {str(self.status)}:
            raise AssertionError(f"{self.name}: {result['statuses']}")
        per_core = result["answered"] / spent
        return {
            "rate": result["answered"] / result["seconds"],
            "per_core": per_core,
            "p50": result["p50"],
            "p95": result["p95"],
        }

    def measured(self, what: str) -> float:
        return median(one[what] for one in self.rounds)


def processor_seconds(pids: list[int]) -> float:
    """User and system time that these processes have spent so far."""
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def memory_mib(pids: list[int]) -> float:
    """Proportional set size: shared pages are shared out among those who share them."""
    total = 0
    for pid in pids:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
        total += next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return total / 1024


def interleaved(targets: list[Target], *, rounds: int, connections: int, seconds: float) -> None:
    """Each target once, then each again: what changes on the machine meanwhile meets all of them alike."""
    for target in targets:
        target.run(connections=connections, seconds=1.0)
    for number in range(rounds):
        for target in targets:
            target.rounds.append(target.run(connections=connections, seconds=seconds))
            print(f"  round {number + 1}  {target.name:<34} {target.rounds[-1]['per_core']:>7.0f} per core", flush=True)


def http_request(path: str, *, cookie: str = "", **headers: str) -> str:
    lines = [
        f"GET {path} HTTP/1.1",
        "Host: 127.0.0.1",
        *(f"{name.replace('_', '-')}: {v}" for name, v in headers.items()),
    ]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    return "\r\n".join([*lines, "", ""])


class Floor:
    """Django itself behind the same web server with the same processes and threads, on the service's own data."""

    def __init__(self, tree: Tree) -> None:
        self.port = free_port()
        options = {"interface": "wsgi", "port": self.port, "http": "1", "workers": 2, "blocking-threads": 4}
        pairs = [f"--{name}={value}" for name, value in options.items()]
        command = [sys.executable, "-m", "granian", *pairs, "--no-ws", "--no-log", "tests.bench.floor_wsgi:application"]
        environment = {**tree.environment, "DJANGO_SETTINGS_MODULE": "tests.bench.settings", MARK: FLOOR_MARK}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment)

    def wait(self) -> None:
        target = Target("", self.port, [http_request("/bare")], self.pids)
        wait_until(lambda: self.process.poll() is None and _listens(self.port), seconds=30, what="the floor answers")
        target.run(connections=1, seconds=1.0)

    def pids(self) -> list[int]:
        return marked_processes(FLOOR_MARK)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0

"""A worker whose parent is gone."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from lms.cli.embedded.one_only import marked_processes
from tests.harness.tree import ROOT, wait_until

MARK = "test-leash"
# A worker that hears nothing, with a task process of its own.
DEAF = """
import os, signal, time
from lms.cli.embedded import leash
for each in (signal.SIGTERM, signal.SIGQUIT):
    signal.signal(each, signal.SIG_IGN)
leash.GRACE = leash.LOOK_EVERY = 0.1
os.fork() and leash.hold()
time.sleep(60)
"""
PARENT = """
import sys, time
from pathlib import Path
from lms.cli.embedded.children import Child
Child("worker", [sys.executable, "-c", sys.argv[1]], sys.argv[2], Path.cwd(), Path(sys.argv[3])).start()
time.sleep(60)
"""


def test_a_deaf_worker_does_not_outlive_its_parent(tmp_path: Path) -> None:
    """O-09: neither it nor what it started."""
    parent = subprocess.Popen([sys.executable, "-c", PARENT, DEAF, MARK, str(tmp_path)], cwd=ROOT)
    try:
        wait_until(lambda: len(marked_processes(MARK)) == 2, seconds=30, what="both run")
        parent.kill()
        parent.wait(timeout=10)
        wait_until(lambda: not marked_processes(MARK), seconds=30, what="both are gone")
    finally:
        for pid in [*marked_processes(MARK), *([parent.pid] if parent.poll() is None else [])]:
            os.kill(pid, signal.SIGKILL)

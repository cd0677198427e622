"""Folders that are gone when the test run is over."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def throw_away_folder(name: str) -> str:
    """A new folder, short enough for the path of a Unix socket, removed when the process that asked for it ends."""
    folder = tempfile.mkdtemp(prefix=f"gs-{name}-")
    owner = os.getpid()

    def remove() -> None:
        if os.getpid() == owner and not os.environ.get("LMS_TEST_KEEP"):
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
    return str(Path(folder).resolve())

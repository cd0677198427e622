"""A folder for files, and a group with its trainer."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def reports_dir(settings: Any, tmp_path: Path) -> Path:
    """Not made yet: the first report makes it."""
    settings.REPORTS_DIR = tmp_path / "reports"
    folder: Path = settings.REPORTS_DIR
    return folder

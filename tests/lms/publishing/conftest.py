"""A package to edit, and one that is imported already."""

from datetime import datetime
from pathlib import Path

import pytest

from lms.publishing.services import import_package
from tests.packages.copies import Copy, copy_of_minimal


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return copy_of_minimal(tmp_path / "package")


@pytest.fixture
def imported(copy: Copy, db: None, now: datetime) -> Copy:
    """The package that is live."""
    import_package(copy.path, by=None, now=now)
    return copy

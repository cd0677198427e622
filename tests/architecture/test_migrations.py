"""Migrations say in their name what they do, and none is missing (O-08)."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from tests.architecture.floors import PACKAGES, ROOT, short

FILES = sorted(
    file for folder in PACKAGES for file in (ROOT / folder).rglob("migrations/*.py") if file.name != "__init__.py"
)


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    """O-08"""
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_names_tell_what_a_migration_does() -> None:
    machine_made = re.compile(r"\d{4}_(initial|auto_.*|alter_.*_and_more|.*_and_more)")
    assert [short(file) for file in FILES if machine_made.fullmatch(file.stem)] == []


def test_numbers_run_without_gap_or_twin() -> None:
    folders = {file.parent for file in FILES}
    for folder in folders:
        numbers = [int(file.stem[:4]) for file in FILES if file.parent == folder]
        assert numbers == list(range(1, len(numbers) + 1)), short(folder)

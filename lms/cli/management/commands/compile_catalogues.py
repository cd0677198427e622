"""Compile the interface translations. `make run` does it by itself when one changed."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lms.cli.catalogues import compile_catalogue, stale_catalogues


class Command(BaseCommand):
    help = "Compile the interface translations that changed. Example: python manage.py compile_catalogues"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        stale = stale_catalogues()
        for source in stale:
            self.stdout.write(f"{_short(source)}: {compile_catalogue(source)} entries")
        if not stale:
            self.stdout.write("Nothing to compile.")


def _short(source: Path) -> str:
    return str(source.relative_to(settings.ROOT))

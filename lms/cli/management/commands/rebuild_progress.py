"""Counts everybody's progress anew from what they did; --check only looks."""

from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.progress.services import check_progress, rebuild_progress
from lms.shared.clock import now


class Command(BaseCommand):
    help = """Count everybody's progress anew from the facts: lessons done, quizzes passed.

Safe at any time: facts are not touched, and running it twice changes nothing more.

Example:
  python manage.py rebuild_progress --check    # name every row that differs, change nothing, exit 1 if there is one
  python manage.py rebuild_progress            # mend them
"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument("--check", action="store_true", help="only look: exit 1 if a row differs from the facts")

    def handle(self, *args: Any, **options: Any) -> None:
        found = check_progress(now=now(), mend=False) if options["check"] else rebuild_progress(now=now())
        for difference in found:
            self.stdout.write(str(difference))
        if not found:
            self.stdout.write("Everybody's progress says what the facts say.")
        elif options["check"]:
            raise CommandError(f"{len(found)} rows differ. Mend them with: python manage.py rebuild_progress")
        else:
            self.stdout.write(f"{len(found)} rows mended.")

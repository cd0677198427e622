"""Counts what a package holds: lessons, words, figures, questions by kind, facts, competences."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.publishing.checking import check_package
from lms.publishing.inventory import describe


class Command(BaseCommand):
    help = (
        "Print tables of what a content package holds, or write them to a file. Needs no database. "
        "Example: python manage.py describe_package fixtures/green-skills --write docs/content.md"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the folder that holds package.yaml")
        parser.add_argument("--write", type=Path, metavar="FILE", help="write to this file instead of the screen")

    def handle(self, *args: Any, path: Path, write: Path | None, **options: Any) -> None:
        package, problems = check_package(path)
        if package is None:
            for problem in problems:
                self.stderr.write(str(problem))
            raise CommandError(f"{path} has errors. Nothing was written.")
        text = describe(package)
        if write is None:
            self.stdout.write(text)
            return
        write.write_text(text, encoding="utf-8")
        self.stdout.write(f"{write}: {len(text.splitlines())} lines.")

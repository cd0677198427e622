"""Notes which source words each translation stands for, so that check_package can tell what fell behind."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.publishing.checking import check_package
from lms.publishing.stamping import late_files, stamp_translations


class Command(BaseCommand):
    help = (
        "Write translations/<language>.yaml: for each translated paragraph the digests of its source and of itself. "
        "What changed in the source alone stays marked as late. Example: python manage.py stamp_translations "
        "fixtures/green-skills --still-right modules/01-soil/lessons/01-living-soil/lesson.en.md"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the folder that holds package.yaml")
        parser.add_argument(
            "--still-right",
            nargs="+",
            default=[],
            metavar="FILE",
            help="source files whose changes need no change in the translation (a slip of the pen)",
        )

    def handle(self, *args: Any, path: Path, still_right: list[str], **options: Any) -> None:
        package, problems = check_package(path)
        if package is None:
            for problem in problems:
                self.stderr.write(str(problem))
            raise CommandError(f"{path} has errors. Nothing was written.")
        if wrong := sorted(set(still_right) - late_files(path, package)):
            raise CommandError(
                f"No words of {wrong[0]} changed after they were translated. Name the source file as check_package "
                f"does, below {path}. Nothing was written."
            )
        for done in stamp_translations(path, package, still_right=still_right):
            late = f"; {done.late} are late, check_package names them" if done.late else ""
            self.stdout.write(f"{done.language}: {done.segments} paragraphs, questions and terms stamped{late}.")

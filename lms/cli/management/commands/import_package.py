"""Brings a content package into the service, all of it or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.publishing.plan import ImportPlan
from lms.publishing.refusals import ImportRefused, PackageHasErrors, RetiringNeedsConsent
from lms.publishing.services import import_package, plan_import
from lms.shared.clock import now


class Command(BaseCommand):
    help = (
        "Check a content package and bring it into the service, all of it or nothing. Importing twice changes nothing; "
        "records of learners are kept. Example: python manage.py import_package fixtures/green-skills --dry-run"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the folder that holds package.yaml")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument(
            "--allow-retire",
            action="store_true",
            help="retire the lessons, modules, quizzes, translations left out",
        )

    def handle(self, *args: Any, path: Path, dry_run: bool, allow_retire: bool, **options: Any) -> None:
        try:
            plan = plan_import(path)
            self._tell(plan)
            if plan.retiring and not allow_retire:
                raise RetiringNeedsConsent(plan)
            if dry_run:
                self.stdout.write(f"Dry run, nothing was changed. {plan.headline()}")
                return
            release = import_package(path, by=None, now=now(), allow_retire=allow_retire)
        except PackageHasErrors as refused:
            for problem in refused.problems:
                self.stderr.write(str(problem))
            raise CommandError(str(refused)) from refused
        except ImportRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(plan.headline() if release else f"{plan.key} {plan.version}: no changes.")

    def _tell(self, plan: ImportPlan) -> None:
        for warning in plan.warnings:
            self.stdout.write(str(warning))
        for line in plan.lines():
            self.stdout.write(line)

"""Says everything that is wrong with a package, with file and line. Needs no database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.publishing.checking import check_package


class Command(BaseCommand):
    help = (
        "Check a content package: its form, its references, the logic of its questions. Errors make it fail, warnings "
        "do not. Needs no database. Example: python manage.py check_package fixtures/green-skills"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the folder that holds package.yaml")

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        package, problems = check_package(path)
        for problem in problems:
            (self.stderr if problem.is_error else self.stdout).write(str(problem))
        errors = sum(problem.is_error for problem in problems)
        warnings = len(problems) - errors
        if package is None:
            raise CommandError(f"{path}: {errors} errors, {warnings} warnings. It cannot be imported.")
        lessons = sum(len(module.lessons) for module in package.modules)
        questions = sum(len(quiz.questions) for module in package.modules for quiz in module.quizzes)
        calculators = sum(len(module.calculators) for module in package.modules)
        tasks = sum(len(module.tasks) for module in package.modules)
        content = f"{len(package.modules)} modules, {lessons} lessons, {questions} questions"
        content += f", {calculators} calculators, {tasks} tasks"
        self.stdout.write(f"{package.key} {package.version}: {content}. No errors, {warnings} warnings.")

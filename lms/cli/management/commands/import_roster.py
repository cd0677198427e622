"""A list of people into a cohort."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.cohorts.roster import import_roster, plan_roster
from lms.cohorts.roster_file import MOST_BYTES, RosterProblem, read_roster
from lms.cohorts.selectors import cohort_by_code
from lms.people.requests import owed_mail_after_commit
from lms.shared import clock
from lms.shared.plain_text import render_plain


class Command(BaseCommand):
    help = (
        "Let the people of a CSV file (name,e-mail[,language]) into a cohort: an account for those who have none, and "
        "for each a mail with the way in. Nothing is done while anything in the file is wrong. "
        "Example: python manage.py import_roster --cohort spring-2027 people.csv --dry-run"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cohort", required=True, metavar="CODE")
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--dry-run", action="store_true", help="say what it would do, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        cohort = cohort_by_code(options["cohort"])
        if cohort is None:
            raise CommandError(f"There is no cohort {options['cohort']}. See create_cohort.")
        roster = read_roster(_content(options["file"]), languages=dict(settings.LANGUAGES))
        if roster.problems:
            words = "\n".join(_words(problem) for problem in roster.problems)
            raise CommandError(f"{options['file']}: nothing was changed.\n{words}")
        if options["dry_run"]:
            plan = plan_roster(cohort, roster.people, by=None)
            self.stdout.write(f"{cohort.code}: would enrol {len(plan.enrolled)}, {len(plan.already_in)} are in already")
            for person in plan.enrolled:
                self.stdout.write(f"  {person.name} <{person.email}>")
            return
        done = import_roster(cohort=cohort, people=roster.people, by=None, now=clock.now())
        owed_mail_after_commit()
        self.stdout.write(
            f"{cohort.code}: {done.enrolled} enrolled ({done.created} new accounts), "
            f"{done.already_in} were in already, {done.mailed} mails written"
        )


def _content(path: Path) -> bytes:
    """Never more than one byte above what a list may have."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def _words(problem: RosterProblem) -> str:
    return " ".join(render_plain("train/_roster_problem.html", {"problem": problem}).split())

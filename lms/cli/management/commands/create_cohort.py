"""A cohort with its trainers and an empty timetable."""

import argparse
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.cohorts.refusals import WrongCohort
from lms.cohorts.selectors import timetable
from lms.cohorts.services import create_cohort
from lms.people.selectors import person_by_email
from lms.shared import clock

WORDS = {
    "not_a_code": "--code: 2 to 40 lower case latin letters, digits, hyphens; no word that addresses need",
    "code_taken": "--code: there is a cohort with this code already",
    "no_name": "--name: is empty or longer than 120 letters",
    "ends_before_start": "--ends: is before --starts",
    "unknown_zone": "--timezone: is not a name of the time zone database, such as Europe/Sofia",
    "unknown_language": "--language: is not a language of this service",
    "not_a_trainer": "--trainer: one of them is no trainer; see create_person --role trainer",
    "unknown_programme": "--programme: there is no such programme; see import_package",
}


class Command(BaseCommand):
    help = (
        "Make a cohort. Example: python manage.py create_cohort --code spring-2027 --name 'Spring 2027' "
        "--programme green-skills --starts 2027-03-01 --ends 2027-06-30 --timezone Europe/Sofia "
        "--trainer tom@example.org"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--code", required=True, help="what stands in addresses, for example spring-2027")
        parser.add_argument("--name", required=True)
        parser.add_argument("--programme", default="green-skills", help="key of the programme")
        parser.add_argument("--starts", required=True, type=day, metavar="2027-03-01")
        parser.add_argument("--ends", required=True, type=day, metavar="2027-06-30")
        parser.add_argument("--timezone", default="Europe/Sofia", help="its days begin and end in this zone")
        parser.add_argument("--language", default="en", help="of mail to people who chose none")
        parser.add_argument("--trainer", required=True, action="append", nargs="+", metavar="EMAIL")

    def handle(self, *args: Any, **options: Any) -> None:
        emails = [email for several in options["trainer"] for email in several]
        trainers = {email: person_by_email(email) for email in emails}
        if missing := [email for email, person in trainers.items() if person is None]:
            raise CommandError(f"No account for: {', '.join(missing)}. Make it first: create_person --role trainer")
        try:
            cohort = create_cohort(
                code=options["code"],
                name=options["name"],
                programme_key=options["programme"],
                starts_on=options["starts"],
                ends_on=options["ends"],
                timezone=options["timezone"],
                language=options["language"],
                trainers=[person for person in trainers.values() if person],
                by=None,
                now=clock.now(),
            )
        except WrongCohort as refusal:
            raise CommandError("\n".join(WORDS[code] for code in refusal.details["problems"].values())) from refusal
        self.stdout.write(f"{cohort.code}: {len(timetable(cohort, 'en'))} modules, {len(trainers)} trainers")
        self.stdout.write("Days can be set on its page: Timetable.")


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a day; write it as 2027-03-01") from None

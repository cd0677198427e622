"""Many invented people with plausible progress, for load tests."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.publishing.invented import NotInProduction
from lms.publishing.seed import NoCohort, seed_load
from lms.shared import clock


class Command(BaseCommand):
    help = (
        "Fill a cohort with invented people who have plausible progress, for load tests; those of earlier runs count. "
        "They have no password and get no reminders. Refused in production. "
        "Example: python manage.py seed_load --learners 10000 --cohort spring"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--learners", type=int, required=True, help="how many invented people the cohort shall have"
        )
        parser.add_argument("--cohort", required=True, metavar="CODE", help="the code of a cohort that is there")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["learners"] < 1:
            raise CommandError("--learners is a number from 1 upwards.")
        began = time.monotonic()
        people = lessons = attempts = responses = 0
        try:
            for batch in seed_load(learners=options["learners"], cohort_code=options["cohort"], now=clock.now()):
                people, lessons = people + batch.people, lessons + batch.lessons
                attempts, responses = attempts + batch.attempts, responses + batch.responses
                self.stdout.write(f"{people} people")
        except NotInProduction as error:
            raise CommandError("Invented people are refused in production (LMS_PRODUCTION is set).") from error
        except NoCohort as error:
            raise CommandError(
                f"There is no cohort {error.details['cohort']}. First: python manage.py create_cohort --help"
            ) from error
        seconds = time.monotonic() - began
        facts = f"{lessons} lessons opened, {attempts} attempts, {responses} answers"
        self.stdout.write(f"{people} people added, {facts}, in {seconds:.1f} s")

"""People with an account, into a cohort."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.cohorts.enrolling import enrol
from lms.cohorts.selectors import cohort_by_code, enrolled_emails
from lms.people.selectors import person_by_email
from lms.shared import clock


class Command(BaseCommand):
    help = (
        "Enrol people who have an account. Who is in already stays; who left comes back. "
        "Example: python manage.py enrol --cohort spring-2027 ana@example.org boris@example.org"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cohort", required=True, metavar="CODE")
        parser.add_argument("emails", nargs="+", metavar="EMAIL")

    def handle(self, *args: Any, **options: Any) -> None:
        cohort = cohort_by_code(options["cohort"])
        if cohort is None:
            raise CommandError(f"There is no cohort {options['cohort']}. See create_cohort.")
        people = {email: person_by_email(email) for email in options["emails"]}
        if missing := [email for email, person in people.items() if person is None]:
            raise CommandError(
                f"No account for: {', '.join(missing)}. Nobody was enrolled. "
                "For people without an account: import_roster, or invite them on the cohort's page."
            )
        learners = {person.email: person for person in people.values() if person}
        before = enrolled_emails(cohort, list(learners))
        for learner in learners.values():
            enrol(cohort=cohort, learner=learner, by=None, now=clock.now())
        self.stdout.write(f"{cohort.code}: {len(learners) - len(before)} enrolled, {len(before)} were in already")

"""erase_person: forget one person, for those who ask by letter."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.people.refusals import LastOperator
from lms.people.selectors import person_by_email
from lms.privacy.services import erase_person
from lms.shared import clock


class Command(BaseCommand):
    help = (
        "Forget a person in every table; totals of cohorts stay, without the name. There is no way back. "
        "Example: manage.py erase_person --email ana@example.org --yes"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--yes", action="store_true", help="without it, nothing is done")

    def handle(self, *args: Any, **options: Any) -> None:
        person = person_by_email(options["email"])
        if person is None:
            raise CommandError(f"There is no account with {options['email']}.")
        if not options["yes"]:
            raise CommandError(f"This would forget {person.email} for ever. Add --yes to do it. Nothing was changed.")
        try:
            erase_person(person=person, by=None, now=clock.now())
        except LastOperator:
            raise CommandError("This is the only operator. Make another one first. Nothing was changed.") from None
        self.stdout.write(f"Forgotten. In the audit trail this person is now the number {person.pk}.")

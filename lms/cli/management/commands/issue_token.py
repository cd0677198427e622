"""issue_token: what a program shows to the API."""

import re
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.people.selectors import person_by_email
from lms.people.services import issue_token
from lms.people.tokens import SCOPES
from lms.shared import clock

LONGEST_DAYS = 366


class Command(BaseCommand):
    help = (
        "Issue an access token. Its text is printed once and is nowhere afterwards. "
        "Example: manage.py issue_token --email api@example.org --scope content:read --expires 90d"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True, help="whose token it is")
        parser.add_argument("--scope", required=True, action="extend", nargs="+", choices=SCOPES, dest="scopes")
        parser.add_argument("--expires", default="90d", help=f"in days, 1d to {LONGEST_DAYS}d; 90d when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        owner = person_by_email(options["email"])
        if owner is None or not owner.is_active:
            raise CommandError(f"There is no open account with {options['email']}. Make one with create_person.")
        now = clock.now()
        expires_at = now + timedelta(days=_days(options["expires"]))
        token, text = issue_token(owner=owner, scopes=options["scopes"], expires_at=expires_at, now=now)
        self.stdout.write(f"Token of {owner.email} for {', '.join(token.scopes)}, until {expires_at:%Y-%m-%d}.")
        self.stdout.write("This is the only time that it is shown:")
        self.stdout.write(text)


def _days(text: str) -> int:
    found = re.fullmatch(r"(\d{1,3})d", text)
    if not found or not 1 <= int(found[1]) <= LONGEST_DAYS:
        raise CommandError(f"“{text}” is not a time in days between 1d and {LONGEST_DAYS}d. Example: --expires 90d")
    return int(found[1])

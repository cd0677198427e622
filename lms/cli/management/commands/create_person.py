"""create_person: an account for somebody who cannot or need not sign up."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from lms.people.refusals import EmailNotValid, EmailTaken, PasswordTooWeak
from lms.people.selectors import ROLES
from lms.people.services import password_link, register
from lms.shared import clock


class Command(BaseCommand):
    help = (
        "Make an account. Without --password-stdin it prints a link by which the person chooses a password: once, "
        "within an hour. Example: manage.py create_person --email tom@example.org --name 'Tom Petrov' --role trainer "
        "--language bg"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", required=True, choices=ROLES)
        parser.add_argument(
            "--language", default=settings.LANGUAGE_CODE, choices=[code for code, _ in settings.LANGUAGES]
        )
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        password = sys.stdin.readline().rstrip("\r\n") if options["password_stdin"] else None
        if password == "":
            raise CommandError("There was no password on standard input. Nothing was made.")
        fields = {name: options[name] for name in ("email", "name", "role", "language")}
        try:
            with translation.override("en"):
                person = register(password=password, now=clock.now(), **fields)
        except EmailTaken:
            raise CommandError(f"There is an account with {options['email']} already. Nothing was changed.") from None
        except EmailNotValid:
            raise CommandError(f"“{options['email']}” is not an e-mail address. Nothing was made.") from None
        except PasswordTooWeak as refusal:
            raise CommandError(" ".join(refusal.details["reasons"])) from None
        self.stdout.write(f"Made an account for {person.email}, role {person.role}.")
        if password is None:
            self.stdout.write("Give them this link to choose a password. It works once, within an hour:")
            self.stdout.write(password_link(person=person))

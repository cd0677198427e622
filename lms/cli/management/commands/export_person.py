"""export_person: hand one person's data over, for those who ask by letter."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from lms.people.selectors import person_by_email
from lms.privacy.services import export_person
from lms.shared import clock


class Command(BaseCommand):
    help = (
        "Write everything about one person into a new JSON file. It is written into the audit trail. "
        "Example: manage.py export_person --email ana@example.org ana.json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        person = person_by_email(options["email"])
        if person is None:
            raise CommandError(f"There is no account with {options['email']}.")
        text = DjangoJSONEncoder(indent=1, ensure_ascii=False).encode(export_person(person=person, now=clock.now()))
        try:
            handle = os.open(options["file"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be written: {error.strerror}.") from None
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        self.stdout.write(f"Wrote what is kept about {person.email} to {options['file']}.")

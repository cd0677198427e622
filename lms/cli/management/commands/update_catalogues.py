"""Bring the interface catalogues up to date with the sources, for translators. `make messages` calls it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lms.cli.messages import Message, update


class Command(BaseCommand):
    help = (
        "Add new words of the interface to the catalogues, drop those that are gone, print what needs a translator. "
        "Example: python manage.py update_catalogues"
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for language in (code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE):
            open_ones = update(language).untranslated
            for message in open_ones:
                self.stdout.write(f"{language}: {_line(message)}")
            self.stdout.write(f"{language}: {len(open_ones)} to translate")


def _line(message: Message) -> str:
    plural = f" / {message.plural}" if message.plural else ""
    return " ".join(f"{message.singular}{plural}".split())[:110]

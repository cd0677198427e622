"""What is common to inventing a few people with a story and many without one."""

from typing import ClassVar

from django.conf import settings

from lms.shared.refusals import Refusal


class NotInProduction(Refusal):
    """Invented people have a password that everybody knows, or none; they have no place among real ones."""

    code: ClassVar[str] = "not_in_production"


class NoProgramme(Refusal):
    """The content must be imported before anybody can study it. `details`: programme."""

    code: ClassVar[str] = "no_programme"


def require_not_production() -> None:
    """Raises NotInProduction."""
    if settings.PRODUCTION:
        raise NotInProduction

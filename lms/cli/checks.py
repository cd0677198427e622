"""The check that needs to know people: no invented ones in production (S-16)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError

from lms.people.selectors import demo_people_exist
from lms.shared.start_checks import TAG


@register(TAG)
def no_demo_people(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> Iterable[CheckMessage]:
    if not settings.PRODUCTION or not databases:
        return
    try:
        found = demo_people_exist()
    except DatabaseError:  # no tables yet, or no database now: both are told elsewhere
        return
    if found:
        yield Error(
            "The database holds demo people, whose password everybody knows.",
            "Use a database of its own for production, or switch the demo people off.",
            id="start.E005",
        )

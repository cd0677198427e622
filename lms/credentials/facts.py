"""What is printed on a credential, read once when it is issued and never again: later changes do not reach it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Min

from lms.people.models import User
from lms.shared.clock import local_date
from modules.models import Module, Programme, Release


def freeze(*, learner: User, programme: Programme, completed_at: datetime) -> dict[str, Any]:
    """Plain JSON. Days are days in the learner's zone; hours are decimal strings. Two queries."""
    release = Release.objects.filter(programme=programme).first()
    modules = _completed_modules(learner, programme)
    return {
        "name": learner.name,
        "programme": {
            "key": programme.key,
            "title": programme.title,
            "source_language": programme.source_language,
        },
        "modules": modules,
        "hours": _sum(modules, "hours"),
        "field_hours": _sum(modules, "field_hours"),
        "completed_on": local_date(completed_at, learner.timezone).isoformat(),
        "release": release.version if release else None,
    }


def _completed_modules(learner: User, programme: Programme) -> list[dict[str, Any]]:
    """In the order of the course, each with the day of its first completion."""
    mine = Module.objects.filter(programme=programme, completions__learner=learner)
    rows = mine.annotate(first=Min("completions__completed_at")).order_by("position", "pk")
    return [
        {
            "key": module.key,
            "title": module.title,
            "hours": str(module.hours),
            "field_hours": str(module.field_hours),
            "completed_on": local_date(module.first, learner.timezone).isoformat(),
        }
        for module in rows
    ]


def _sum(modules: list[dict[str, Any]], field: str) -> str:
    return str(sum((Decimal(module[field]) for module in modules), Decimal(0)))

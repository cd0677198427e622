"""What a declaration of personal data says. The declarations themselves stand in lms/privacy/register.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.people.models import User

Words = str | Promise


class Basis(Enum):
    """Why the law lets us keep it (GDPR, Article 6)."""

    CONTRACT = _("to give you the course you asked for")
    INTEREST = _("our interest in a safe and working service")
    CONSENT = _("you said yes, and may say no at any time")


@dataclass(frozen=True, slots=True)
class Declaration:
    """One table that knows something about a person.

    `mine` finds a person's rows. `export` are the columns handed over; `withheld` the others, each with its reason.
    `erase` does what is right when the person asks to be forgotten; `erased` says it in words.
    """

    model: str
    what: Words
    purpose: Words
    basis: Basis
    kept: Words
    mine: Callable[[User], Q]
    export: tuple[str, ...]
    erased: Words
    erase: Callable[["Declaration", User, datetime], None]
    withheld: Mapping[str, str] = field(default_factory=dict)

    @property
    def table(self) -> type[Model]:
        return apps.get_model(self.model)

    def rows(self, person: User) -> "QuerySet[Any]":
        return self.table._default_manager.filter(self.mine(person))

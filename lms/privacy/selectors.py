"""Questions about one person's data, for the page My data."""

from dataclasses import dataclass

from lms.people.models import User
from lms.privacy.declaration import Words
from lms.privacy.register import REGISTER


@dataclass(frozen=True, slots=True)
class Kept:
    what: Words
    purpose: Words
    basis: Words
    kept: Words
    erased: Words
    rows: int


def kept_about(person: User) -> list[Kept]:
    """What is kept about a person, table by table, the account first. One query a table."""
    return [
        Kept(table.what, table.purpose, table.basis.value, table.kept, table.erased, table.rows(person).count())
        for table in reversed(REGISTER)
    ]

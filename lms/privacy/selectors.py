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
    rows: int | None  # None: there are some, but only opening each would tell how many


def kept_about(person: User) -> list[Kept]:
    """What is or may be kept about a person, table by table, the account first. One query a table."""
    return [
        Kept(
            what=table.what,
            purpose=table.purpose,
            basis=table.basis.value,
            kept=table.kept,
            erased=table.erased,
            rows=table.rows(person).count() if table.export else None,
        )
        for table in reversed(REGISTER)
    ]

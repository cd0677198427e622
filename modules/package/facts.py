"""facts.yaml: the ledger of figures, each with date, status and source."""

import re

from modules.package.digest import digest_of
from modules.package.fields import Part
from modules.package.reading import Reading
from modules.package.schema import FactSource

FILE = "facts.yaml"
NUMBER = re.compile(r"F[0-9]{1,6}")
STATUSES = ("V", "S", "U")


def read_facts(reading: Reading) -> tuple[FactSource, ...]:
    """No file, no facts. A fact that is broken is left out, with its problem."""
    if FILE not in reading.folder.files:
        return ()
    form = reading.form(FILE)
    if form is None:
        reading.unread.add("fact")
        return ()
    found: dict[int, FactSource] = {}
    for number in form.rest():
        part = form.part(number)
        if not NUMBER.fullmatch(number):
            form.error(number, f"“{number}” is not the number of a fact.", "Write F and digits, for example F42.")
        elif other := found.get(int(number[1:])):
            form.error(
                number, f"“{number}” is the same number as {other.number} (line {other.line}).", "Give it a new one."
            )
        elif part:
            found[int(number[1:])] = _fact(part, number, form.line_of(number), reading)
    return tuple(found.values())


def _fact(part: Part, number: str, line: int, reading: Reading) -> FactSource:
    statement = part.words("statement", reading.languages, reading.source)
    value, unit = part.text("value", needed=False, limit=120), part.text("unit", needed=False, limit=60)
    as_of, status = part.text("as_of", limit=120), part.choice("status", STATUSES)
    source, jurisdiction = part.text("source", limit=2_000), part.text("jurisdiction", needed=False, limit=60)
    part.finish()
    if status not in STATUSES:
        status = STATUSES[0]  # the mistake is named once, not again at each citation
    digest = digest_of([statement, value, unit, as_of, status, source, jurisdiction])
    return FactSource(number, statement, value, unit, as_of, status, source, jurisdiction, digest, part.where, line)


def cited_facts(reading: Reading, facts: dict[str, FactSource], part: Part) -> list[str]:
    """The numbers in the field `facts`: those of the ledger that a question, calculator or task leans on."""
    numbers = [number for number, _ in part.texts("facts", needed=False)]
    for number in numbers:
        _check_cited(reading, facts, number, part)
    return numbers


def _check_cited(reading: Reading, facts: dict[str, FactSource], number: str, part: Part) -> None:
    """It is in the ledger and may be cited."""
    fact = facts.get(number)
    if "fact" in reading.unread:
        return
    if fact is None:
        part.error("facts", f"There is no fact “{number}” in {FILE}.", "Add it there, or correct the number.")
    elif not fact.may_be_cited:
        part.error(
            "facts",
            f"{number} has status {fact.status}.",
            "Only facts with status V or S may be cited: find a source or leave it out.",
        )

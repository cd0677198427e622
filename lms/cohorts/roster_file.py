"""Pure: reads a list of people as a spreadsheet writes it, and names everything that is wrong with it at once (C-19).

One line of names of columns, then one person a line: name, e-mail and, if wanted, language. Problems are codes; their
words stand in frontend_templates/train/_roster_problem.html and in the command import_roster.
"""

import csv
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

MOST_BYTES = 1_000_000
MOST_PEOPLE = 1_000
PROBLEMS_SHOWN = 100
DELIMITERS = ",;\t"

COLUMNS: Mapping[str, str] = {
    "name": "name",
    "full name": "name",
    "име": "name",
    "e-mail": "email",
    "email": "email",
    "mail": "email",
    "имейл": "email",
    "е-поща": "email",
    "language": "language",
    "език": "language",
}
# Nobody becomes more than a trainee by a list, whoever wrote it.
FORBIDDEN = frozenset({"role", "роля", "admin", "staff", "is_staff", "is_superuser", "password", "парола", "group"})

EMAIL = re.compile(r"[^\s@<>(),;:\"\\]+@[^\s@<>(),;:\"\\.]+(?:\.[^\s@<>(),;:\"\\.]+)+")
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")
UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """`language` is empty when the file names none."""

    line: int
    name: str
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """`line` counts from 1, the header included; 0: the whole file. `detail` is what was found."""

    line: int
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """Either people or problems. Of very many problems the first hundred are kept."""

    people: tuple[RosterPerson, ...]
    problems: tuple[RosterProblem, ...]


def read_roster(content: bytes, *, languages: Collection[str]) -> Roster:
    """Reads the whole file before it says anything; changes nothing."""
    people: list[RosterPerson] = []
    problems: list[RosterProblem] = []
    for found in _read(content, languages):
        if isinstance(found, RosterPerson):
            people.append(found)
        else:
            problems.append(found)
        if len(problems) >= PROBLEMS_SHOWN:
            break
    if not people and not problems:
        problems.append(RosterProblem(0, "nobody"))
    return Roster((), tuple(problems)) if problems else Roster(tuple(people), ())


def _read(content: bytes, languages: Collection[str]) -> Iterator[RosterPerson | RosterProblem]:
    if len(content) > MOST_BYTES:
        yield RosterProblem(0, "too_large", str(MOST_BYTES))
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield RosterProblem(0, "not_utf8")
        return
    rows = _rows(text)
    header = next(rows, None)
    if header is None:
        return
    if isinstance(header, RosterProblem):
        yield header
        return
    columns = list(_columns(*header))
    problems = [column for column in columns if isinstance(column, RosterProblem)]
    if problems:
        yield from problems
        return
    yield from _people(rows, [str(column) for column in columns], languages)


def _rows(text: str) -> Iterator[tuple[int, list[str]] | RosterProblem]:
    """Each record that is not empty, with the line it begins on; a quote that never ends ends the file."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        yield RosterProblem(begins, "unreadable", str(error))


def _delimiter(text: str) -> str:
    """The sign that splits the first line into most columns: programs in other countries write other signs."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)


def _columns(line: int, cells: Sequence[str]) -> Iterator[str | RosterProblem]:
    names = [cell.strip().casefold() for cell in cells]
    known = [COLUMNS.get(name, "") for name in names]
    if not any(known):
        yield RosterProblem(line, "no_header", ", ".join(cells)[:80])
        return
    for name, column in zip(names, known, strict=True):
        if column and known.count(column) == 1:
            yield column
        elif column:
            yield RosterProblem(line, "column_twice", name)
        else:
            yield RosterProblem(line, "forbidden_column" if name in FORBIDDEN else "unknown_column", name[:80])
    for needed in ("name", "email"):
        if needed not in known:
            yield RosterProblem(line, "missing_column", needed)


def _people(
    rows: Iterator[tuple[int, list[str]] | RosterProblem], columns: Sequence[str], languages: Collection[str]
) -> Iterator[RosterPerson | RosterProblem]:
    seen: dict[str, int] = {}
    for count, row in enumerate(rows, start=1):
        if isinstance(row, RosterProblem):
            yield row
            return
        line, cells = row
        if count > MOST_PEOPLE:
            yield RosterProblem(line, "too_many", str(MOST_PEOPLE))
            return
        if len(cells) != len(columns):
            yield RosterProblem(line, "wrong_count", f"{len(cells)}/{len(columns)}")
            continue
        person = _person(line, dict(zip(columns, cells, strict=True)))
        problems = list(_problems(person, cells, languages))
        if person.email in seen:
            problems.append(RosterProblem(line, "twice", str(seen[person.email])))
        elif person.email:
            seen[person.email] = line
        if problems:
            yield from problems
        else:
            yield person


def _person(line: int, values: Mapping[str, str]) -> RosterPerson:
    name, email = values["name"].strip(), values["email"].strip().lower()
    return RosterPerson(line, name, email, values.get("language", "").strip().lower())


def _problems(person: RosterPerson, cells: Sequence[str], languages: Collection[str]) -> Iterator[RosterProblem]:
    formulas = [cell for cell in cells if FORMULA.match(cell)]
    unseen = [cell for cell in cells if UNSEEN.search(cell.strip(" "))]
    if formulas:
        yield RosterProblem(person.line, "formula", formulas[0].strip()[:80])
        return
    if unseen:
        yield RosterProblem(person.line, "unseen_letters")
        return
    if not person.name:
        yield RosterProblem(person.line, "no_name")
    elif len(person.name) > 120:
        yield RosterProblem(person.line, "long_name", "120")
    if len(person.email) > 254 or not EMAIL.fullmatch(person.email):
        yield RosterProblem(person.line, "not_an_email", person.email[:80])
    if person.language and person.language not in languages:
        yield RosterProblem(person.line, "unknown_language", person.language[:20])

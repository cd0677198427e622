"""Query parameters: each view lists those that it knows, and any other is refused by name (S-22).

The same list makes the API's document, so that what is described is what is read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from api.errors import BadParameters
from api.languages import TAG
from lms.shared.keys import is_key

LIMIT_DEFAULT, LIMIT_MOST = 50, 100
PLACE_MOST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Parameter:
    """One query parameter. `read` turns its text into a value, or raises ValueError with what is wrong."""

    name: str
    description: str
    schema: dict[str, Any]
    example: str
    read: Callable[[str], Any]
    default: Any = None


@dataclass(frozen=True, slots=True)
class Place:
    """The part of an address that names one thing."""

    name: str
    description: str
    example: str


def read_parameters(query: QueryDict, known: Sequence[Parameter]) -> dict[str, Any]:
    """The value of each known parameter. Raises BadParameters, which names all that is wrong at once."""
    values = {parameter.name: parameter.default for parameter in known}
    readers = {parameter.name: parameter.read for parameter in known}
    wrong: dict[str, str] = {}
    for name, texts in query.lists():
        if name not in readers:
            wrong[name[:60]] = f"There is no such parameter here. Allowed: {', '.join(readers) or 'none'}."
        elif len(texts) > 1:
            wrong[name] = "It is given more than once."
        else:
            try:
                values[name] = readers[name](texts[0])
            except ValueError as error:
                wrong[name] = str(error)
    if wrong:
        raise BadParameters(wrong)
    return values


def _language(text: str) -> str:
    if not TAG.fullmatch(text):
        raise ValueError("A language code is expected, for example bg.")
    return text


def _key(text: str) -> str:
    if not is_key(text):
        raise ValueError("A key is expected: lower case letters, digits and hyphens.")
    return text


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= LIMIT_MOST):
        raise ValueError(f"A whole number from 1 to {LIMIT_MOST} is expected.")
    return int(text)


def _place(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= PLACE_MOST):
        raise ValueError("A cursor from an answer of this address is expected.")
    return int(text)


LANGUAGE = Parameter(
    "language",
    "The language that you want, as a code of BCP 47. It goes before the header Accept-Language. "
    "Where a text does not exist in it, the source language answers and `fallback` is true.",
    {"type": "string", "pattern": f"^{TAG.pattern}$"},
    "bg",
    _language,
)
PROGRAMME = Parameter(
    "programme", "Only what belongs to the programme with this key.", {"type": "string"}, "green-skills", _key
)
MODULE = Parameter(
    "module", "Only what belongs to the module with this key.", {"type": "string"}, "living-resources", _key
)
LIMIT = Parameter(
    "limit",
    "How many at most in one answer.",
    {"type": "integer", "minimum": 1, "maximum": LIMIT_MOST, "default": LIMIT_DEFAULT},
    "50",
    _limit,
    LIMIT_DEFAULT,
)
CURSOR = Parameter(
    "cursor",
    "Where to go on, from the `next` link of an answer.",
    {"type": "string", "pattern": "^[0-9]{1,10}$"},
    "17",
    _place,
)
SINCE = Parameter(
    "since",
    "The `cursor` of your last answer. Without it the history begins with the first release.",
    {"type": "string", "pattern": "^[0-9]{1,10}$"},
    "1",
    _place,
)

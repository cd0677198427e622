"""Pure: one file per kind of question, each with the same six functions.

check(body)                     what an author must mend: sentences, none when the body is right
present(body, language, seed)   what a learner sees before finishing; never the key, feedback or explanation (A-06)
read(values)                    what a form sent, as an answer; None when the question was left open
fits(body, answer)              whether an answer has the form that this question asks for
grade(body, answer)             0 to 1
review(body, answer, language)  everything about one answer, for the result page
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

from quizzes.items import (
    cloze,
    matching,
    multiple_choice,
    numeric,
    ordering,
    short_text,
    single_choice,
    true_false,
)
from quizzes.items.parts import Answer, Body


class ItemType(Protocol):
    """The functions that each file here has."""

    def check(self, body: Body) -> list[str]: ...
    def present(self, body: Body, language: str, seed: str | None) -> dict[str, Any]: ...
    def read(self, values: Sequence[str]) -> Answer | None: ...
    def fits(self, body: Body, answer: Any) -> bool: ...
    def grade(self, body: Body, answer: Answer) -> Decimal: ...
    def review(self, body: Body, answer: Answer | None, language: str) -> dict[str, Any]: ...


ITEM_TYPES: Mapping[str, ItemType] = {
    "single_choice": single_choice,
    "multiple_choice": multiple_choice,
    "numeric": numeric,
    "true_false": true_false,
    "matching": matching,
    "ordering": ordering,
    "short_text": short_text,
    "cloze": cloze,
}

"""What was typed into a calculator's form: numbers, or what is wrong with each, said at its field."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from lms.progress.farm import CalculatorPage
from modules.farm import Input, Output
from quizzes.items.numeric import LONGEST, understood


@dataclass(frozen=True, slots=True)
class TypedField:
    """An input with what stands in it: the number as it was read, or the text as it was typed if it cannot be used.

    `problem`: "", missing, not_a_number or out_of_range.
    """

    input: Input
    text: str
    problem: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Line:
    """An output with its value; None where it has none, for the reason in `why` (modules.package.calculation)."""

    output: Output
    value: Decimal | None
    why: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """`names` and `numbers`: what stands for each name in the formulas, in words and in this calculation."""

    fields: tuple[TypedField, ...]
    lines: tuple[Line, ...]
    names: Mapping[str, str]
    numbers: Mapping[str, Decimal]

    @property
    def wrong(self) -> tuple[TypedField, ...]:
        return tuple(field for field in self.fields if field.problem)


def reckon(page: CalculatorPage, sent: Mapping[str, str]) -> Reckoning:
    """The form with its results. Nothing sent: the starting values, and no results yet."""
    inputs, outputs = page.text.inputs, page.text.outputs
    was_sent = any(each.key in sent for each in inputs)
    fields = tuple(_read(each, sent.get(each.key, "")) if was_sent else _untouched(each) for each in inputs)
    names = {each.key: str(each.name) for each in inputs} | {each.key: str(each.name) for each in outputs}
    values = {field.input.key: field.value for field in fields if field.value is not None}
    if not was_sent or len(values) < len(fields):
        return Reckoning(fields, (), names, {})
    results = page.results(values)
    lines = tuple(Line(output, result.value, result.why) for output, result in zip(outputs, results, strict=True))
    known = {result.key: result.value for result in results if result.value is not None}
    return Reckoning(fields, lines, names, {**values, **known})


def _untouched(each: Input) -> TypedField:
    return TypedField(each, "", "", each.value)


def _read(each: Input, typed: str) -> TypedField:
    text = typed.strip()[:LONGEST]
    if not text:
        return TypedField(each, "", "missing", None)
    value = understood(text)
    if value is None:
        return TypedField(each, text, "not_a_number", None)
    if not each.low <= value <= each.high:
        return TypedField(each, text, "out_of_range", None)
    return TypedField(each, text, "", value)

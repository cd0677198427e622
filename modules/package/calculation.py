"""Computes what a calculator's body says, for the checker and for the page alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from modules.package.formulas import Condition, Formula, NoResult, Values, read_condition, read_formula, rounded

formula = lru_cache(maxsize=512)(read_formula)
condition = lru_cache(maxsize=512)(read_condition)


@dataclass(frozen=True, slots=True)
class Result:
    """What one output came to. `value`: rounded for reading; None where it has none, for the reason in `why`.

    `why`: "" where its condition does not hold or an output above it has no value; else as in NoResult.
    """

    key: str
    value: Decimal | None
    why: str = ""


def compute(outputs: Sequence[Mapping[str, Any]], values: Values) -> tuple[Result, ...]:
    """Every output in order, from the values of the inputs. What is computed from goes on unrounded."""
    known = dict(values)
    found = []
    for output in outputs:
        value, why = _value(output, known)
        if value is not None:
            known[output["key"]] = value
        found.append(Result(output["key"], None if value is None else rounded(value, output["decimals"]), why))
    return tuple(found)


def needs(output: Mapping[str, Any]) -> tuple[Formula, Condition | None]:
    """The formula of an output and the condition that it stands under. Raises FormulaError."""
    return formula(output["formula"]), condition(output["when"]) if output["when"] else None


def _value(output: Mapping[str, Any], known: Values) -> tuple[Decimal | None, str]:
    reckoning, under = needs(output)
    names = (*(under.names if under else ()), *reckoning.names)
    if any(name not in known for name in names):
        return None, ""
    try:
        return (reckoning.value(known), "") if under is None or under.holds(known) else (None, "")
    except NoResult as error:
        return None, error.why

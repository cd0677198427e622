"""A calculator: calculators/<name>.yaml. Its formulas are read, its worked example is computed again."""

import keyword
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from modules.package.calculation import Result, compute, condition, formula
from modules.package.digest import digest_of
from modules.package.facts import cited_facts
from modules.package.fields import Part
from modules.package.formulas import FUNCTIONS, WHY, Condition, Formula, FormulaError
from modules.package.problems import did_you_mean
from modules.package.reading import Reading
from modules.package.schema import FactSource, PartSource
from modules.package.wording import Worded, read_every

LOGIC = ("key", "lesson", "facts", "low", "high", "value", "decimals", "formula", "when")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST = 20


def read_calculators(
    reading: Reading, folder: str, lessons: list[str], facts: dict[str, FactSource]
) -> tuple[PartSource, ...]:
    """All calculators of a module's folder, in the order of their file names."""
    every = read_every(reading, f"{folder}calculators/", "calculator", LOGIC)
    return tuple(_calculator(worded, position, lessons, facts) for position, worded in every)


def _calculator(worded: Worded, position: int, lessons: list[str], facts: dict[str, FactSource]) -> PartSource:
    form, reading = worded.part, worded.reading
    before = reading.problems.errors_in[form.where]
    key = form.key(reserved=True)
    reading.take(form, key, "calculator")
    body: dict[str, Any] = {
        "title": worded.words("title", limit=200),
        "summary": worded.words("summary", limit=400),
        "explain": worded.words("explain", limit=2_000),
        "assumptions": worded.texts("assumptions", needed=False),
        "facts": cited_facts(reading, facts, form),
    }
    inputs, outputs = (worded.things(name, key_of=_named) for name in ("inputs", "outputs"))
    body["inputs"] = [_input(name, each) for name, each in inputs]
    body["outputs"] = [_output(name, each) for name, each in outputs]
    body["example"] = _example(worded)
    lesson = reading.reference(form, "lesson", "lesson", lessons, needed=True)
    for part in (*(each for _, each in inputs), *(each for _, each in outputs), worded):
        part.finish()
    _not_too_many(form, body)
    if reading.problems.errors_in[form.where] == before:
        _check_formulas(body, {name: each.part for name, each in (*outputs, *inputs)})
    if reading.problems.errors_in[form.where] == before:
        _check_results(worded, body)
    return PartSource(key, position, lesson, body, digest_of([key, lesson, body]), form.where, form.line_of("key"))


def _not_too_many(form: Part, body: dict[str, Any]) -> None:
    for name in ("inputs", "outputs"):
        if len(body[name]) > MOST:
            form.error(name, f"{len(body[name])} {name}; {MOST} fit on a page.", "Make two calculators of it.")


# --- Inputs and outputs ----------------------------------------------------------------------------------------------


def _named(part: Part) -> str:
    """A key that formulas can use."""
    name = part.text("key")
    if name and not _NAME.fullmatch(name):
        part.error("key", f"“{name}” is not a name for formulas.", "Lower case latin letters, digits and _, up to 40.")
    elif name in FUNCTIONS or keyword.iskeyword(name):
        part.error("key", f"“{name}” means something else in a formula.", "Choose another name.")
    return name


def _input(name: str, worded: Worded) -> dict[str, Any]:
    part = worded.part
    numbers = {each: part.number_text(each) for each in ("low", "high", "value")}
    _check_range(part, *map(_decimal, numbers.values()))
    return {
        "key": name,
        "name": worded.words("name", limit=200),
        "unit": worded.words("unit", limit=60),
        **numbers,
        "note": worded.words("note", needed=False, limit=400),
    }


def _check_range(part: Part, low: Decimal | None, high: Decimal | None, value: Decimal | None) -> None:
    if low is None or high is None or value is None:
        return
    if low >= high:
        part.error("low", f"The lowest value {low} is not below the highest, {high}.", "Correct one of them.")
    elif not low <= value <= high:
        part.error("value", f"The starting value {value} is not from {low} to {high}.", "Correct it, or the range.")


def _output(name: str, worded: Worded) -> dict[str, Any]:
    part = worded.part
    return {
        "key": name,
        "name": worded.words("name", limit=200),
        "unit": worded.words("unit", limit=60),
        "decimals": part.whole("decimals", low=0, high=6),
        "formula": part.text("formula"),
        "when": part.text("when", needed=False),
    }


def _decimal(text: str) -> Decimal | None:
    """None for what number_text has refused already."""
    try:
        return Decimal(text)
    except ArithmeticError:
        return None


def _check_formulas(body: dict[str, Any], parts: dict[str, Part]) -> None:
    """Each formula can be read, and needs only inputs and outputs above it; each input is needed."""
    inputs, every = [each["key"] for each in body["inputs"]], [each["key"] for each in body["outputs"]]
    known = set(inputs)
    used: set[str] = set()
    for output in body["outputs"]:
        name, part = output["key"], parts[output["key"]]
        if name in inputs:
            part.error("key", f"“{name}” is an input already.", "Choose another name.")
        for field, read in (("formula", formula), ("when", condition)):
            needed = _names(part, field, output[field], read)
            used.update(needed)
            for missing in (each for each in needed if each not in known):
                if missing in every:
                    part.error(field, f"“{missing}” is not above this output.", "Put it there.")
                else:
                    part.error(field, f"There is no input or output “{missing}”.", did_you_mean(missing, known))
        known.add(name)
    for name in inputs:
        if name not in used:
            parts[name].error("key", f"No formula uses “{name}”.", "Use it, or take it out: a learner would wonder.")


def _names(part: Part, field: str, text: str, read: Callable[[str], Formula | Condition]) -> tuple[str, ...]:
    try:
        return read(text).names if text else ()
    except FormulaError as error:
        part.error(field, str(error), "See “A calculator” in docs/content-packages.md.")
        return ()


# --- The worked example ----------------------------------------------------------------------------------------------


def _example(worded: Worded) -> dict[str, Any]:
    part = worded.part.part("example")
    if part is None:
        for translated in worded.translations.values():
            translated.get("example", needed=False)
        return {"text": {}, "inputs": {}, "outputs": {}}
    text = worded.beside(part).words("text", limit=1_000, under="example")
    numbers = {name: _numbers(part, name) for name in ("inputs", "outputs")}
    part.finish()
    return {"text": text, **numbers}


def _numbers(part: Part, name: str) -> dict[str, str]:
    inner = part.part(name)
    return {key: inner.number_text(key) for key in inner.rest()} if inner else {}


def _check_results(worded: Worded, body: dict[str, Any]) -> None:
    """The starting values give results, and those of the example are what the formulas give."""
    example = worded.part.part("example")
    given, wanted = (example.part(name) for name in ("inputs", "outputs")) if example else (None, None)
    if given is None or wanted is None:
        return
    values = {each["key"]: Decimal(each["value"]) for each in body["inputs"]}
    for result in compute(body["outputs"], values):
        if result.why:
            what = f"With the starting values “{result.key}” cannot be computed. {WHY[result.why]}"
            worded.part.error("outputs", what, "Choose other starting values, or say in “when” where it holds.")
    if not _example_inputs(given, body):
        return
    values = {key: Decimal(text) for key, text in body["example"]["inputs"].items()}
    for output, result in zip(body["outputs"], compute(body["outputs"], values), strict=True):
        _check_result(wanted, result, body["example"]["outputs"].get(output["key"]), output["decimals"])
    names = [each["key"] for each in body["outputs"]]
    for name in body["example"]["outputs"]:
        if name not in names:
            wanted.error(name, f"There is no output “{name}”.", did_you_mean(name, names))


def _example_inputs(given: Part, body: dict[str, Any]) -> bool:
    """Whether the example has every input and no other, each within its range."""
    before = given.problems.errors_in[given.where]
    inputs = {each["key"]: each for each in body["inputs"]}
    values = body["example"]["inputs"]
    for name in inputs:
        if name not in values:
            given.get(name)  # says that it is missing
    for name, text in values.items():
        if name not in inputs:
            given.error(name, f"There is no input “{name}”.", did_you_mean(name, inputs))
        elif not Decimal(inputs[name]["low"]) <= Decimal(text) <= Decimal(inputs[name]["high"]):
            what = f"{text} is not from {inputs[name]['low']} to {inputs[name]['high']}."
            given.error(name, what, "Correct it, or the range of the input.")
    return given.problems.errors_in[given.where] == before


def _check_result(wanted: Part, result: Result, text: str | None, decimals: int) -> None:
    name = result.key
    if result.why:
        wanted.error(name, f"“{name}” cannot be computed. {WHY[result.why]}", "Correct the formula or the example.")
    elif result.value is None and text is not None:
        wanted.error(name, "Here it has no value: its “when” does not hold.", "Take it out of the example.")
    elif result.value is not None and text is None:
        wanted.get(name)
    elif result.value is not None and text is not None and Decimal(text) != result.value:
        what = f"The example says {text}; the formula gives {result.value:f} with {decimals} decimals."
        wanted.error(name, what, "Correct the formula or the example.")

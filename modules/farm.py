"""Questions about what is for the farm: calculators and field tasks, in a language, the same for everybody."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lms.shared.kept import kept
from lms.shared.languages import Said, said
from modules.models import Calculator, FieldTask, Module
from modules.notes import Source, cited
from modules.package.calculation import Result, compute, needs
from modules.package.spelling import Pieces, spelled
from modules.querysets import live_lines, live_parts
from modules.shelf import Shelf

BARE = "1"  # the unit of a bare number


@dataclass(frozen=True, slots=True)
class Tool:
    """A calculator or a field task in a list. `kind`: calculator or task; `minutes` of a task, else 0."""

    kind: str
    key: str
    title: Said
    summary: Said
    minutes: int
    module: int
    lesson: int | None


@dataclass(frozen=True, slots=True)
class Input:
    """What one types in: from `low` to `high`; `value` to begin with."""

    key: str
    name: Said
    unit: Said
    note: Said
    low: Decimal
    high: Decimal
    value: Decimal


@dataclass(frozen=True, slots=True)
class Output:
    """What is computed. `condition`: empty, or what must hold for it to have a value."""

    key: str
    name: Said
    unit: Said
    formula: Pieces
    condition: Pieces


@dataclass(frozen=True, slots=True)
class CalculatorText:
    """`formulas` are the outputs as they are computed."""

    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    example: Said
    example_inputs: Mapping[str, str]
    example_results: tuple[tuple[Output, Decimal], ...]
    assumptions: tuple[Said, ...]
    explain: Said
    sources: tuple[Source, ...]
    formulas: tuple[Mapping[str, Any], ...]

    def results(self, values: Mapping[str, Decimal]) -> tuple[Result, ...]:
        """What it gives for these values of its inputs."""
        return compute(self.formulas, values)


@dataclass(frozen=True, slots=True)
class Criterion:
    """`levels`: not yet, with help, alone, guides others."""

    key: str
    name: Said
    levels: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class TaskText:
    safety: Said
    season: Said
    tools: tuple[Said, ...]
    steps: tuple[Said, ...]
    evidence: tuple[Said, ...]
    criteria: tuple[Criterion, ...]
    observe: tuple[Said, ...]
    debrief: tuple[Said, ...]
    sources: tuple[Source, ...]


@kept(most=16)
def tools(language: str, shelf: Shelf) -> tuple[Tool, ...]:
    """Every live task, then every live calculator, in the order of the modules. Two queries, once after each change."""
    sorts = (("task", FieldTask), ("calculator", Calculator))
    return tuple(_tool(kind, row, language) for kind, model in sorts for row in live_lines(model))


def _tool(kind: str, row: Calculator | FieldTask, language: str) -> Tool:
    say = _sayer(row.module, language)
    return Tool(
        kind=kind,
        key=row.key,
        title=say(row.title),
        summary=say(row.summary),
        minutes=row.minutes if isinstance(row, FieldTask) else 0,
        module=row.module_id,
        lesson=row.lesson_id,
    )


def _sayer(module: Module, language: str) -> Callable[[Mapping[str, str]], Said]:
    return lambda words: said(words, language, module.programme.source_language)


@kept(most=128)
def calculator_text(key: str, language: str, shelf: Shelf) -> CalculatorText:
    """The words and numbers of a calculator that `tools` has. Two queries, once after each change."""
    row = live_parts(Calculator).select_related("module__programme").get(key=key)
    say, body = _sayer(row.module, language), row.body
    outputs = tuple(_output(each, say) for each in body["outputs"])
    results = body["example"]["outputs"]
    return CalculatorText(
        inputs=tuple(_input(each, say) for each in body["inputs"]),
        outputs=outputs,
        example=say(body["example"]["text"]),
        example_inputs={
            each["key"]: body["example"]["inputs"][each["key"]] for each in body["inputs"]
        },  # JSONB sorts keys
        example_results=tuple((each, Decimal(results[each.key])) for each in outputs if each.key in results),
        assumptions=tuple(map(say, body["assumptions"])),
        explain=say(body["explain"]),
        sources=cited(body["facts"], row.module.programme, language),
        formulas=tuple(body["outputs"]),
    )


def _unit(words: Mapping[str, str], say: Callable[[Mapping[str, str]], Said]) -> Said:
    unit = say(words)
    return Said("", unit.language) if unit == BARE else unit


def _input(body: Mapping[str, Any], say: Callable[[Mapping[str, str]], Said]) -> Input:
    low, high, value = (Decimal(body[name]) for name in ("low", "high", "value"))
    return Input(body["key"], say(body["name"]), _unit(body["unit"], say), say(body["note"]), low, high, value)


def _output(body: Mapping[str, Any], say: Callable[[Mapping[str, str]], Said]) -> Output:
    formula, condition = needs(body)
    return Output(
        body["key"],
        say(body["name"]),
        _unit(body["unit"], say),
        spelled(formula),
        spelled(condition) if condition else (),
    )


@kept(most=128)
def task_text(key: str, language: str, shelf: Shelf) -> TaskText:
    """The words of a field task that `tools` has. Two queries, once after each change."""
    row = live_parts(FieldTask).select_related("module__programme").get(key=key)
    say, body = _sayer(row.module, language), row.body

    def every(words: Sequence[Mapping[str, str]]) -> tuple[Said, ...]:
        return tuple(map(say, words))

    return TaskText(
        safety=say(body["safety"]),
        season=say(body["season"]),
        tools=every(body["tools"]),
        steps=every(body["steps"]),
        evidence=every(body["evidence"]),
        criteria=tuple(Criterion(each["key"], say(each["name"]), every(each["levels"])) for each in body["criteria"]),
        observe=every(body["observe"]),
        debrief=every(body["debrief"]),
        sources=cited(body["facts"], row.module.programme, language),
    )

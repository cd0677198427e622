"""From calculators, field tasks and stories to the shapes that programs are given. Their rows hold all languages."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import CharField, F, IntegerField, QuerySet, Value

from lms.shared.languages import in_language
from modules.content.lines import best_language, licence_of, spoken
from modules.content.shapes import (
    CalculatorInput,
    CalculatorOutput,
    CalculatorTree,
    Criterion,
    PartLine,
    Scene,
    SceneChoice,
    Speaker,
    StoryTree,
    TaskTree,
    TimedLine,
    WorkedExample,
    grown,
)
from modules.farm import BARE
from modules.models import Calculator, FieldTask, Module, ModulePart, Story
from modules.querysets import live_parts

Say = Callable[[Mapping[str, str]], str]
SORTS: tuple[tuple[str, type[ModulePart]], ...] = (
    ("calculators", Calculator),
    ("tasks", FieldTask),
    ("stories", Story),
)


def part_line(row: ModulePart, wanted: Sequence[str]) -> PartLine:
    return PartLine(**_outside(_columns(row), row.module, wanted))


def timed_line(row: FieldTask | Story, wanted: Sequence[str]) -> TimedLine:
    return TimedLine(**_outside(_columns(row), row.module, wanted), minutes=row.minutes)


def lines_of(module: Module, wanted: Sequence[str]) -> dict[str, tuple[PartLine, ...]]:
    """The calculators, tasks and stories of a module, each in order. One query for the three."""
    first, *others = (_named_rows(name, model, module) for name, model in SORTS)
    rows = list(first.union(*others, all=True).order_by("position", "pk"))
    return {name: tuple(_line_of(row, module, wanted) for row in rows if row["sort"] == name) for name, _ in SORTS}


def _named_rows(name: str, model: type[ModulePart], module: Module) -> QuerySet[Any, Any]:
    """The same columns of every sort; what takes no time has None there."""
    no_time = Value(None, output_field=IntegerField())
    columns = {"sort": Value(name, output_field=CharField()), "in_lesson": F("lesson__key")}
    time = no_time if model is Calculator else F("minutes")
    rows: QuerySet[Any, Any] = live_parts(model).filter(module=module).order_by().annotate(**columns, time=time)
    return rows.values("pk", "sort", "key", "position", "title", "summary", "digest", "in_lesson", "time")


def _line_of(row: Mapping[str, Any], module: Module, wanted: Sequence[str]) -> PartLine:
    outside = _outside({**row, "lesson": row["in_lesson"]}, module, wanted)
    return PartLine(**outside) if row["time"] is None else TimedLine(**outside, minutes=row["time"])


def _columns(row: ModulePart) -> dict[str, Any]:
    names = ("key", "position", "title", "summary", "digest")
    return {name: getattr(row, name) for name in names} | {"lesson": row.lesson.key if row.lesson else None}


def _outside(row: Mapping[str, Any], module: Module, wanted: Sequence[str]) -> dict[str, Any]:
    programme = module.programme
    language = best_language(row["title"], wanted, programme.source_language)
    return {
        "key": row["key"],
        "programme": programme.key,
        "module": module.key,
        "lesson": row["lesson"],
        "position": row["position"],
        "title": in_language(row["title"], language, programme.source_language),
        "summary": in_language(row["summary"], language, programme.source_language),
        **spoken(language, wanted),
        "digest": row["digest"],
        "licence": licence_of(programme, language),
    }


def _speaking(row: ModulePart, language: str) -> Say:
    return lambda words: in_language(words, language, row.module.programme.source_language)


def _languages(row: ModulePart) -> tuple[str, ...]:
    return tuple(sorted(code for code, text in row.title.items() if text))


# --- Calculators ----------------------------------------------------------------------------------


def calculator_whole(row: Calculator, wanted: Sequence[str]) -> CalculatorTree:
    line, body = part_line(row, wanted), row.body
    say = _speaking(row, line.language)
    return grown(
        CalculatorTree,
        line,
        languages=_languages(row),
        inputs=tuple(_input(each, say) for each in body["inputs"]),
        outputs=tuple(_output(each, say) for each in body["outputs"]),
        example=WorkedExample(say(body["example"]["text"]), _numbers(body, "inputs"), _numbers(body, "outputs")),
        assumptions=tuple(map(say, body["assumptions"])),
        explain=say(body["explain"]),
        facts=tuple(body["facts"]),
    )


def _unit(words: Mapping[str, str], say: Say) -> str:
    unit = say(words)
    return "" if unit == BARE else unit


def _input(body: Mapping[str, Any], say: Say) -> CalculatorInput:
    low, high, value = (float(body[name]) for name in ("low", "high", "value"))
    return CalculatorInput(
        body["key"], say(body["name"]), _unit(body["unit"], say), low, high, value, say(body["note"])
    )


def _output(body: Mapping[str, Any], say: Say) -> CalculatorOutput:
    name, unit = say(body["name"]), _unit(body["unit"], say)
    return CalculatorOutput(body["key"], name, unit, body["decimals"], body["formula"], body["when"])


def _numbers(body: Mapping[str, Any], name: str) -> dict[str, float]:
    """Those of the worked example, in the order of inputs and outputs: PostgreSQL sorts the keys of a map its way."""
    texts = body["example"][name]
    return {each["key"]: float(texts[each["key"]]) for each in body[name] if each["key"] in texts}


# --- Field tasks ----------------------------------------------------------------------------------


def task_whole(row: FieldTask, wanted: Sequence[str]) -> TaskTree:
    line, body = timed_line(row, wanted), row.body
    say = _speaking(row, line.language)
    lists = {name: tuple(map(say, body[name])) for name in ("tools", "steps", "evidence", "observe", "debrief")}
    return grown(
        TaskTree,
        line,
        languages=_languages(row),
        safety=say(body["safety"]),
        season=say(body["season"]),
        **lists,
        criteria=tuple(
            Criterion(each["key"], say(each["name"]), tuple(map(say, each["levels"]))) for each in body["criteria"]
        ),
        facts=tuple(body["facts"]),
    )


# --- Stories --------------------------------------------------------------------------------------


def story_whole(row: Story, wanted: Sequence[str]) -> StoryTree:
    line, body = timed_line(row, wanted), row.body
    say = _speaking(row, line.language)
    return grown(
        StoryTree,
        line,
        languages=_languages(row),
        speakers=tuple(Speaker(each["key"], say(each["name"]), say(each["role"])) for each in body["speakers"]),
        scenes=tuple(_scene(each, say) for each in body["scenes"]),
    )


def _scene(body: Mapping[str, Any], say: Say) -> Scene:
    return Scene(
        key=body["key"],
        speaker=body["speaker"],
        text=say(body["text"]),
        ending=body["ending"],
        title=say(body.get("title", {})),
        reflect=say(body.get("reflect", {})),
        choices=tuple(
            SceneChoice(each["key"], say(each["text"]), each["to"], each["effects"] or None, say(each["because"]))
            for each in body["choices"]
        ),
    )

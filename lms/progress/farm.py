"""Questions about calculators and field tasks as one person may see them: like the lessons that they belong to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from lms.people.models import User
from lms.progress.availability import Allowed, may_open_each
from lms.progress.course import course
from lms.progress.places import Place, place_of
from lms.shared.languages import Said, said
from lms.shared.refusals import NotHere
from modules.farm import CalculatorText, TaskText, Tool, calculator_text, task_text, tools
from modules.package.calculation import Result
from modules.shelf import Shelf


@dataclass(frozen=True, slots=True)
class ModuleTools:
    key: str
    title: Said
    tools: tuple[Tool, ...]


@dataclass(frozen=True, slots=True)
class CalculatorPage:
    tool: Tool
    place: Place
    text: CalculatorText

    def results(self, values: Mapping[str, Decimal]) -> tuple[Result, ...]:
        return self.text.results(values)


@dataclass(frozen=True, slots=True)
class TaskPage:
    tool: Tool
    place: Place
    text: TaskText


def tool_list(
    *, kind: str, learner: User | None, language: str, now: datetime, shelf: Shelf
) -> tuple[ModuleTools, ...]:
    """The tools of one kind by module, where the module is open to this person. One query, none for strangers."""
    modules = course(language, shelf).modules
    found = [tool for tool in tools(language, shelf) if tool.kind == kind]
    openings = may_open_each(learner=learner, modules=modules, now=now)
    return tuple(
        ModuleTools(module.key, said(module.title, language, module.programme.source_language), own)
        for module in modules
        if isinstance(openings[module.pk], Allowed)
        and (own := tuple(tool for tool in found if tool.module == module.pk))
    )


def tools_of(module: int, language: str, shelf: Shelf) -> tuple[Tool, ...]:
    """The field tasks and calculators of one module, by its id."""
    return tuple(tool for tool in tools(language, shelf) if tool.module == module)


def calculator_page(*, learner: User | None, key: str, language: str, now: datetime, shelf: Shelf) -> CalculatorPage:
    """Raises NotHere and NotOpen."""
    tool, place = _found("calculator", key, learner, language, now, shelf)
    return CalculatorPage(tool, place, calculator_text(key, language, shelf))


def task_page(*, learner: User | None, key: str, language: str, now: datetime, shelf: Shelf) -> TaskPage:
    """Raises NotHere and NotOpen."""
    tool, place = _found("task", key, learner, language, now, shelf)
    return TaskPage(tool, place, task_text(key, language, shelf))


def _found(kind: str, key: str, learner: User | None, language: str, now: datetime, shelf: Shelf) -> tuple[Tool, Place]:
    tool = next((tool for tool in tools(language, shelf) if (tool.kind, tool.key) == (kind, key)), None)
    if tool is None:
        raise NotHere
    return tool, place_of(
        module=tool.module,
        lesson=tool.lesson,
        title=tool.title,
        learner=learner,
        now=now,
        language=language,
        shelf=shelf,
    )

"""What modules hold beside lessons and quizzes: from a checked package into rows. A step of modules.importing.

A part is one row with its words in all languages. An import changes it in place: nobody's work hangs on its text.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from django.db.models import Q

from modules.changes import Action, Change, Run, Step, action_for, differing, naming, retire, taken
from modules.models import Calculator, FieldTask, Lesson, Module, ModulePart, Story
from modules.package.problems import PackageProblem
from modules.package.schema import ModuleSource, Package, PartSource

# What it is called in the list of changes, its model, and where a module of the package has it.
SORTS: tuple[tuple[str, type[ModulePart], Callable[[ModuleSource], Sequence[PartSource]]], ...] = (
    ("calculator", Calculator, lambda module: module.calculators),
    ("task", FieldTask, lambda module: module.tasks),
    ("story", Story, lambda module: module.stories),
)
LISTED = ("title", "summary", "minutes")


def found_parts(package: Package) -> Iterator[Step | PackageProblem]:
    """One query for each sort."""
    for thing, model, parts_of in SORTS:
        sources = {source.key: (source, module.key) for module in package.modules for source in parts_of(module)}
        own = Q(module__programme__key=package.key)
        found = model._default_manager.filter(own | Q(key__in=sources)).select_related("module__programme", "lesson")
        rows = {row.key: row for row in found}
        for key, (source, module) in sources.items():
            row = rows.get(key)
            if row and row.module.programme.key != package.key:
                yield taken(source.file, source.line, thing, key, row.module.programme.key)
            elif step := _step(thing, model, source, module, row):
                yield step
        for row in rows.values():
            if row.module.programme.key == package.key and row.key not in sources and row.retired_at is None:
                yield Step(Change(Action.RETIRED, thing, row.key), partial(retire, row))


def _step(thing: str, model: type[ModulePart], source: PartSource, module: str, row: ModulePart | None) -> Step | None:
    fields = {**_columns(source), "position": source.position, "digest": source.digest, "retired_at": None}
    moved = []
    if row:
        moved += ["module"] if row.module.key != module else []
        moved += ["lesson"] if (row.lesson.key if row.lesson else None) != source.lesson else []
    action = action_for(row, fields) or (Action.CHANGED if moved else None)
    if action is None:
        return None
    names = [*_differing_words(row, source), *differing(row, {"position": source.position}), *moved] if row else []
    change = Change(action, thing, source.key, naming(names) if action is Action.CHANGED else "")
    return Step(change, partial(_write, model, source, module, fields))


def _columns(source: PartSource) -> dict[str, Any]:
    """What lists show has columns of its own; the rest stands in the column `body`."""
    columns = {name: value for name, value in source.body.items() if name in LISTED}
    if "scenes" in source.body:
        columns["endings"] = sum(scene["ending"] for scene in source.body["scenes"])
    return {**columns, "body": {name: value for name, value in source.body.items() if name not in LISTED}}


def _differing_words(row: ModulePart, source: PartSource) -> list[str]:
    is_now = {**row.body, **{name: getattr(row, name) for name in LISTED if name in source.body}}
    return [name for name, value in source.body.items() if is_now.get(name) != value]


def _write(model: type[ModulePart], source: PartSource, module: str, fields: dict[str, Any], run: Run) -> None:
    lesson = Lesson.objects.get(key=source.lesson) if source.lesson else None
    defaults = {**fields, "module": Module.objects.get(key=module), "lesson": lesson}
    model._default_manager.update_or_create(key=source.key, defaults=defaults)

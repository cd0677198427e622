"""Stories from a checked package into rows. A story keeps its row for ever; its text is replaced."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Q

from modules.changes import Action, Change, Run, Step, action_for, differing, naming, retire, taken
from modules.models import Module, Story
from modules.package.problems import PackageProblem
from modules.package.schema import Package


def story_changes(package: Package) -> Iterator[Step | PackageProblem]:
    sources = {story.key: (story, module.key) for module in package.modules for story in module.stories}
    own = Q(module__programme__key=package.key)
    found = Story.objects.filter(own | Q(key__in=sources)).select_related("module__programme")
    rows = {row.key: row for row in found}
    for key, (story, module) in sources.items():
        row = rows.get(key)
        fields = {"position": story.position, "body": story.body, "digest": story.digest, "retired_at": None}
        if row and row.module.programme.key != package.key:
            yield taken(story.file, story.line, "story", key, row.module.programme.key)
            continue
        moved = row is not None and row.module.key != module
        if action := action_for(row, fields) or (Action.CHANGED if moved else None):
            detail = naming(differing(row, fields)) if row and action is Action.CHANGED else ""
            yield Step(Change(action, "story", key, detail), partial(_write, key, module, fields))
    for row in rows.values():
        if row.module.programme.key == package.key and row.key not in sources and row.retired_at is None:
            yield Step(Change(Action.RETIRED, "story", row.key), partial(retire, row))


def _write(key: str, module: str, fields: dict[str, Any], run: Run) -> None:
    Story.objects.update_or_create(key=key, defaults={**fields, "module": Module.objects.get(key=module)})

"""A field task: tasks/<name>.yaml. Safety first, four to eight steps, a rubric of four criteria."""

from typing import Any

from modules.package.digest import digest_of
from modules.package.facts import cited_facts
from modules.package.reading import Reading
from modules.package.schema import FactSource, PartSource
from modules.package.wording import Worded, read_every

LOGIC = ("key", "lesson", "minutes", "facts")
CRITERIA = ("technique", "data", "reasoning", "cooperation")
LEVELS = 4
STEPS = (4, 8)


def read_tasks(
    reading: Reading, folder: str, lessons: list[str], facts: dict[str, FactSource]
) -> tuple[PartSource, ...]:
    """All field tasks of a module's folder, in the order of their file names."""
    every = read_every(reading, f"{folder}tasks/", "task", LOGIC)
    return tuple(_task(worded, position, lessons, facts) for position, worded in every)


def _task(worded: Worded, position: int, lessons: list[str], facts: dict[str, FactSource]) -> PartSource:
    form, reading = worded.part, worded.reading
    key = form.key(reserved=True)
    reading.take(form, key, "task")
    body: dict[str, Any] = {
        "title": worded.words("title", limit=200),
        "summary": worded.words("summary", limit=400),
        "safety": worded.words("safety", limit=1_000),
        "season": worded.words("season", limit=200),
        "minutes": form.whole("minutes", low=5, high=2_880),
        "tools": worded.texts("tools"),
        "steps": worded.texts("steps", limit=600),
        "evidence": worded.texts("evidence"),
        "criteria": _criteria(worded),
        "observe": worded.texts("observe"),
        "debrief": worded.texts("debrief"),
        "facts": cited_facts(reading, facts, form),
    }
    lesson = reading.reference(form, "lesson", "lesson", lessons, needed=True)
    if body["steps"] and not STEPS[0] <= len(body["steps"]) <= STEPS[1]:
        form.error("steps", f"{len(body['steps'])} steps.", f"Write {STEPS[0]} to {STEPS[1]}.")
    worded.finish()
    return PartSource(key, position, lesson, body, digest_of([key, lesson, body]), form.where, form.line_of("key"))


def _criteria(worded: Worded) -> list[dict[str, Any]]:
    """The four of every task, in their order: a trainer finds each at the same place of the sheet."""
    found: list[dict[str, Any]] = []
    for key, each in worded.things("criteria"):
        levels = each.texts("levels")
        if levels and len(levels) != LEVELS:
            what = f"{len(levels)} levels."
            each.part.error("levels", what, "Write four: not yet, with help, alone, guides others.")
        found.append({"key": key, "name": each.words("name", limit=200), "levels": levels})
        each.finish()
    if found and [each["key"] for each in found] != list(CRITERIA):
        worded.part.error(
            "criteria",
            f"The criteria are {', '.join(each['key'] for each in found)}.",
            f"Write {', '.join(CRITERIA)}, in this order.",
        )
    return found

"""Branching stories: <name>.yaml and <name>.<language>.yaml. Each way begins at the first scene and ends."""

import re
from collections.abc import Mapping
from typing import Any

from modules.package.digest import digest_of
from modules.package.fields import Part
from modules.package.problems import did_you_mean
from modules.package.reading import Reading
from modules.package.schema import StorySource
from modules.package.told import Told, no_others, told_file
from modules.package.wording import source_names
from modules.package.yaml_text import Scalar

SCENES = (8, 15)
ENDINGS = 3
CHOICES = (1, 3)
EFFECTS = ("people", "nature", "money")
LOGIC = ("key", "minutes", "speaker", "ending", "to", "effects")
_EFFECT = re.compile(r"[-−]?[0-2]")


def read_stories(reading: Reading, folder: str) -> tuple[StorySource, ...]:
    """All stories of the folder, in the order of their file names."""
    found = (_story(reading, folder, name, place) for place, name in enumerate(source_names(reading, folder), 1))
    return tuple(story for story in found if story)


def _story(reading: Reading, folder: str, name: str, position: int) -> StorySource | None:
    told = told_file(reading, f"{folder}{name}", "story")
    if told is None:
        return None
    form = told.part
    told.refuse(LOGIC)
    key = form.key(reserved=True)
    reading.take(form, key, "story")
    minutes = form.whole("minutes", low=1, high=120)
    body: dict[str, Any] = {"title": told.text("title", limit=200), "summary": told.text("summary", limit=400)}
    body["minutes"] = minutes
    body["speakers"] = _speakers(told)
    body["scenes"] = _scenes(told, body["speakers"], reading)
    told.finish()
    return StorySource(key, position, body, digest_of(body), form.where, form.line_of("key"))


def _speakers(told: Told) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    outer = told.under("speakers")
    for part in told.part.parts("speakers", needed=False):
        key = _own_key(part, found, "speaker of this story")
        one = told.one(part, key, outer)
        found.setdefault(key, {"key": key, "name": one.text("name", limit=80), "role": one.text("role", limit=120)})
        one.finish()
    no_others(outer, found, "speaker")
    return list(found.values())


def _own_key(part: Part, found: Mapping[str, Any], what: str) -> str:
    key = part.key()
    if key in found:
        part.error("key", f"There is another {what} with the key “{key}”.", "Choose another key.")
    return key


# --- Scenes and choices ----------------------------------------------------------------------------------------------


def _scenes(told: Told, speakers: list[dict[str, Any]], reading: Reading) -> list[dict[str, Any]]:
    before = reading.problems.errors_in[told.part.where]
    parts = told.part.parts("scenes")
    keys = [part.node.values.get("key") for part in parts]
    targets = [key.text.strip() for key in keys if isinstance(key, Scalar)]
    outer = told.under("scenes")
    found: dict[str, dict[str, Any]] = {}
    lines: dict[str, Part] = {}
    for part in parts:
        key = _own_key(part, found, "scene")
        one = told.one(part, key, outer)
        one.refuse(LOGIC)
        scene = _scene(one, key, [speaker["key"] for speaker in speakers], targets)
        one.finish()
        found.setdefault(key, scene)
        lines.setdefault(key, part)
    no_others(outer, found, "scene")
    _count(told.part, len(found), sum(scene["ending"] for scene in found.values()))
    if reading.problems.errors_in[told.part.where] == before:
        _ways(found, lines)
    return list(found.values())


def _count(form: Part, scenes: int, endings: int) -> None:
    if "scenes" not in form.node.values:
        return
    if not SCENES[0] <= scenes <= SCENES[1]:
        form.error("scenes", f"The story has {scenes} scenes.", f"{SCENES[0]} to {SCENES[1]} make a story.")
    if endings != ENDINGS:
        form.error("scenes", f"{endings} scenes are endings.", f"A story has exactly {ENDINGS} (“ending: true”).")


def _scene(told: Told, key: str, speakers: list[str], targets: list[str]) -> dict[str, Any]:
    part = told.part
    ending = part.flag("ending", default=False)
    speaker = part.choice("speaker", speakers, needed=False) or None
    scene: dict[str, Any] = {"key": key, "speaker": speaker, "ending": ending, "text": told.text("text", limit=4_000)}
    if ending:
        part.refuse(["choices"], "An ending has no choices.", "Take them out, or take “ending: true” out.")
        return scene | {
            "title": told.text("title", limit=120),
            "reflect": told.text("reflect", limit=1_000),
            "choices": [],
        }
    for name in ("title", "reflect"):
        part.refuse([name], f"Only an ending has a “{name}”.", "Take it out, or write “ending: true”.")
    return scene | {"choices": _choices(told, targets)}


def _choices(told: Told, targets: list[str]) -> list[dict[str, Any]]:
    outer = told.under("choices")
    found: dict[str, dict[str, Any]] = {}
    parts = told.part.parts("choices")
    if len(parts) > CHOICES[1]:
        told.part.error("choices", f"The scene has {len(parts)} choices.", f"{CHOICES[0]} to {CHOICES[1]} fit.")
    for part in parts:
        key = _own_key(part, found, "choice of this scene")
        one = told.one(part, key, outer)
        one.refuse(LOGIC)
        found.setdefault(key, _choice(one, key, targets, alone=len(parts) == 1))
        one.finish()
    no_others(outer, found, "choice")
    return list(found.values())


def _choice(told: Told, key: str, targets: list[str], *, alone: bool) -> dict[str, Any]:
    part = told.part
    text, to = told.text("text", limit=400), part.text("to")
    if to and to not in targets:
        part.error("to", f"There is no scene “{to}”.", did_you_mean(to, targets))
    has_effects, has_reason = "effects" in part.node.values, "because" in part.node.values
    effects = _effects(part)
    because = told.text("because", limit=600) if has_effects or has_reason else {}
    if has_reason and not has_effects:
        part.error("because", "“because” has no “effects”.", "Add “effects: {people: 0, nature: 1, money: -1}”.")
    elif not has_effects and not alone:
        part.error(
            "effects", "One of several choices has no effects.", "Say what it changes (“effects”) and why (“because”)."
        )
    return {"key": key, "text": text, "to": to, "effects": effects, "because": because}


def _effects(part: Part) -> dict[str, int]:
    """{people, nature, money} from -2 to 2; empty where the choice has none."""
    inner = part.part("effects", needed=False)
    if inner is None:
        return {}
    found = {}
    for name in EFFECTS:
        text = inner.text(name, needed=False)
        if text and not _EFFECT.fullmatch(text):
            inner.error(name, f"“{text}” is not an effect.", "Write a whole number from -2 to 2.")
            text = ""
        found[name] = int(text.replace("−", "-") or "0")
    inner.finish()
    return found


# --- Ways ------------------------------------------------------------------------------------------------------------


def _ways(scenes: Mapping[str, dict[str, Any]], parts: Mapping[str, Part]) -> None:
    """Every scene can be reached from the first, and no way leads back. Then, as all but endings lead on, each ends."""
    leads = {key: list(dict.fromkeys(choice["to"] for choice in scene["choices"])) for key, scene in scenes.items()}
    first = next(iter(leads), "")
    reached, waiting = {first}, [first]
    while waiting:
        for key in leads[waiting.pop()]:
            if key not in reached:
                reached.add(key)
                waiting.append(key)
    for key in leads:
        if key not in reached:
            parts[key].error("key", f"No way leads to “{key}”.", "Let a choice lead there, or take the scene out.")
    for key in _in_circles(leads):
        hint = "Let its choices lead onward only: each way must end."
        parts[key].error("key", f"From “{key}” a way leads back to it.", hint)


def _in_circles(leads: Mapping[str, list[str]]) -> list[str]:
    """Scenes that can be met again after them. A story has few: each is simply followed."""
    found = []
    for start in leads:
        behind: set[str] = set()
        waiting = list(leads[start])
        while waiting:
            key = waiting.pop()
            if key not in behind:
                behind.add(key)
                waiting.extend(leads[key])
        if start in behind:
            found.append(start)
    return found

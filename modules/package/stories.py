"""Branching stories: <name>.yaml and <name>.<language>.yaml. Each way begins at the first scene and ends."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from modules.package.digest import digest_of
from modules.package.fields import Part
from modules.package.problems import did_you_mean
from modules.package.reading import Reading
from modules.package.schema import PartSource
from modules.package.wording import Worded, read_every

SCENES = (8, 15)
ENDINGS = 3
CHOICES = (1, 3)
EFFECTS = ("people", "nature", "money")
LOGIC = ("key", "minutes", "speaker", "ending", "to", "effects")
_EFFECT = re.compile(r"[-−]?[0-2]")


def read_stories(reading: Reading, folder: str) -> tuple[PartSource, ...]:
    """All stories of a module's folder, in the order of their file names."""
    every = read_every(reading, f"{folder}stories/", "story", LOGIC)
    return tuple(_story(worded, position) for position, worded in every)


def _story(worded: Worded, position: int) -> PartSource:
    form, reading = worded.part, worded.reading
    key = form.key(reserved=True)
    reading.take(form, key, "story")
    body: dict[str, Any] = {"title": worded.words("title", limit=200), "summary": worded.words("summary", limit=400)}
    body["minutes"] = form.whole("minutes", low=1, high=120)
    body["speakers"] = [_speaker(name, each) for name, each in worded.things("speakers", needed=False)]
    body["scenes"] = _scenes(worded, [speaker["key"] for speaker in body["speakers"]])
    worded.finish()
    return PartSource(key, position, None, body, digest_of(body), form.where, form.line_of("key"))


def _speaker(key: str, worded: Worded) -> dict[str, Any]:
    found = {"key": key, "name": worded.words("name", limit=80), "role": worded.words("role", limit=120)}
    worded.finish()
    return found


# --- Scenes and choices ----------------------------------------------------------------------------------------------


def _scenes(worded: Worded, speakers: list[str]) -> list[dict[str, Any]]:
    form, problems = worded.part, worded.reading.problems
    before = problems.errors_in[form.where]
    things = dict(worded.things("scenes"))
    found = {key: _scene(key, each, speakers, things) for key, each in things.items()}
    _count(form, len(found), sum(scene["ending"] for scene in found.values()))
    if problems.errors_in[form.where] == before:
        _ways(found, {key: each.part for key, each in things.items()})
    return list(found.values())


def _count(form: Part, scenes: int, endings: int) -> None:
    if "scenes" not in form.node.values:
        return
    if not SCENES[0] <= scenes <= SCENES[1]:
        form.error("scenes", f"The story has {scenes} scenes.", f"{SCENES[0]} to {SCENES[1]} make a story.")
    if endings != ENDINGS:
        form.error("scenes", f"{endings} scenes are endings.", f"A story has exactly {ENDINGS} (“ending: true”).")


def _scene(key: str, worded: Worded, speakers: list[str], targets: Collection[str]) -> dict[str, Any]:
    part = worded.part
    ending = part.flag("ending", default=False)
    speaker = part.choice("speaker", speakers, needed=False) or None
    text = worded.words("text", limit=4_000)
    scene: dict[str, Any] = {"key": key, "speaker": speaker, "ending": ending, "text": text}
    if ending:
        part.refuse(["choices"], "An ending has no choices.", "Take them out, or take “ending: true” out.")
        scene |= {"title": worded.words("title", limit=120), "reflect": worded.words("reflect", limit=1_000)}
        scene["choices"] = []
    else:
        for name in ("title", "reflect"):
            part.refuse([name], f"Only an ending has a “{name}”.", "Take it out, or write “ending: true”.")
        scene["choices"] = _choices(worded, targets)
    worded.finish()
    return scene


def _choices(worded: Worded, targets: Collection[str]) -> list[dict[str, Any]]:
    things = worded.things("choices")
    if len(things) > CHOICES[1]:
        worded.part.error("choices", f"The scene has {len(things)} choices.", f"{CHOICES[0]} to {CHOICES[1]} fit.")
    return [_choice(key, each, targets, alone=len(things) == 1) for key, each in things]


def _choice(key: str, worded: Worded, targets: Collection[str], *, alone: bool) -> dict[str, Any]:
    part = worded.part
    text, to = worded.words("text", limit=400), part.text("to")
    if to and to not in targets:
        part.error("to", f"There is no scene “{to}”.", did_you_mean(to, targets))
    has_effects, has_reason = "effects" in part.node.values, "because" in part.node.values
    effects = _effects(part)
    because = worded.words("because", limit=600) if has_effects or has_reason else {}
    if has_reason and not has_effects:
        part.error("because", "“because” has no “effects”.", "Add “effects: {people: 0, nature: 1, money: -1}”.")
    elif not has_effects and not alone:
        part.error(
            "effects", "One of several choices has no effects.", "Say what it changes (“effects”) and why (“because”)."
        )
    worded.finish()
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

"""Ways through a story: which scene the choices so far lead to, what they changed, and what may come next.

A way is written as the keys of its choices in order, joined by points; the empty one stands at the first scene.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lms.shared.languages import Said, said

EFFECTS = ("people", "nature", "money")
BETWEEN = "."
LONGEST = 1_000
LEAST_SPAN = 4
NOTHING = Said("", "en")


@dataclass(frozen=True, slots=True)
class Total:
    """What a way has changed so far for people, nature or money. `start` and `width` draw it on a line of 0 to 100."""

    name: str
    value: int
    start: int
    width: int

    @property
    def sign(self) -> str:
        """up, down or even."""
        return "up" if self.value > 0 else "down" if self.value < 0 else "even"

    @property
    def number(self) -> str:
        """With its sign; the minus is the one of typesetting."""
        return f"+{self.value}" if self.value > 0 else str(self.value).replace("-", "−")


@dataclass(frozen=True, slots=True)
class Choice:
    text: Said
    way: str


@dataclass(frozen=True, slots=True)
class Step:
    """A choice that was made. `before` is the way up to it: where one can choose differently."""

    number: int
    text: Said
    because: Said
    before: str
    had_others: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """`title` and `reflect` are those of an ending."""

    paragraphs: tuple[Said, ...]
    speaker: Said
    role: Said
    choices: tuple[Choice, ...]
    is_ending: bool
    title: Said
    reflect: Said


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a way leads. `is_cut`: the way asked for does not exist; this is as far as it goes."""

    way: str
    is_cut: bool
    scene: Scene
    because: Said
    totals: tuple[Total, ...]
    steps: tuple[Step, ...]


def walk(body: Mapping[str, Any], asked: str, language: str, source: str) -> Walk:
    """Follow the choices as long as they exist."""
    scenes = {scene["key"]: scene for scene in body["scenes"]}
    scene, steps, values = body["scenes"][0], list[Step](), dict.fromkeys(EFFECTS, 0)
    taken: list[str] = []
    keys = asked[:LONGEST].split(BETWEEN) if asked else []
    for key in keys:
        choice = next((each for each in scene["choices"] if each["key"] == key), None)
        if choice is None:
            break
        text, because = said(choice["text"], language, source), said(choice["because"], language, source)
        had_others = len(scene["choices"]) > 1
        steps.append(Step(len(steps) + 1, text, because, BETWEEN.join(taken), had_others))
        for name, value in choice["effects"].items():
            values[name] += value
        taken.append(key)
        scene = scenes[choice["to"]]
    way, span = BETWEEN.join(taken), _span(body)
    return Walk(
        way=way,
        is_cut=way != asked,
        scene=_scene(scene, body, way, language, source),
        because=steps[-1].because if steps else NOTHING,
        totals=tuple(_total(name, value, span) for name, value in values.items()),
        steps=tuple(steps),
    )


def _scene(scene: Mapping[str, Any], body: Mapping[str, Any], way: str, language: str, source: str) -> Scene:
    words = said(scene["text"], language, source)
    speaker = next((each for each in body["speakers"] if each["key"] == scene["speaker"]), None)
    return Scene(
        paragraphs=paragraphs(words),
        speaker=said(speaker["name"], language, source) if speaker else NOTHING,
        role=said(speaker["role"], language, source) if speaker else NOTHING,
        choices=tuple(
            Choice(said(choice["text"], language, source), f"{way}{BETWEEN if way else ''}{choice['key']}")
            for choice in scene["choices"]
        ),
        is_ending=scene["ending"],
        title=said(scene.get("title", {}), language, source),
        reflect=said(scene.get("reflect", {}), language, source),
    )


def paragraphs(words: Said) -> tuple[Said, ...]:
    parts = (" ".join(part.split()) for part in words.replace("\r", "").split("\n\n"))
    return tuple(Said(part, words.language) for part in parts if part)


def _total(name: str, value: int, span: int) -> Total:
    length = round(50 * abs(value) / span)
    return Total(name, value, 50 - length if value < 0 else 50, length)


def _span(body: Mapping[str, Any]) -> int:
    """The most that any way adds up to, in either direction: all ways are drawn to the same scale."""
    scenes = {scene["key"]: scene for scene in body["scenes"]}
    known: dict[str, int] = {}

    def most(key: str, name: str, turn: int) -> int:
        place = f"{key} {name} {turn}"
        if place not in known:
            ahead = (
                turn * each["effects"].get(name, 0) + most(each["to"], name, turn) for each in scenes[key]["choices"]
            )
            known[place] = max(ahead, default=0)
        return known[place]

    first = body["scenes"][0]["key"]
    return max(LEAST_SPAN, *(most(first, name, turn) for name in EFFECTS for turn in (1, -1)))

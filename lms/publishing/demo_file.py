"""Reads fixtures/demo/people.yaml: who is invented, and what each has done. Days are counted from today."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did of one module: from which day, how many lessons (None: all), which scores at the final quiz.

    `peek`: the next lesson was opened and not finished. `unfinished`: an attempt is open, its first answers saved.
    """

    module: int
    day: int
    lessons: int | None
    tries: tuple[Decimal, ...]
    peek: bool
    unfinished: bool


@dataclass(frozen=True, slots=True)
class Invented:
    name: str
    email: str
    language: str
    role: str
    can_sign_in: bool
    joined: int
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class InventedCohort:
    """`timetable`: for each module in order, the days it opens and is due."""

    code: str
    name: str
    timezone: str
    language: str
    starts: int
    ends: int
    trainer: str
    timetable: tuple[tuple[int, int], ...]
    trainees: tuple[Invented, ...]


@dataclass(frozen=True, slots=True)
class Demo:
    password: str
    programme: str
    staff: tuple[Invented, ...]
    cohorts: tuple[InventedCohort, ...]


def read_demo(path: Path) -> Demo:
    raw = yaml.safe_load((path / "people.yaml").read_text(encoding="utf-8"))
    return Demo(
        password=raw["password"],
        programme=raw["programme"],
        staff=tuple(_person(entry, joined=0) for entry in raw["staff"]),
        cohorts=tuple(_cohort(entry) for entry in raw["cohorts"]),
    )


def _cohort(raw: Mapping[str, Any]) -> InventedCohort:
    return InventedCohort(
        code=raw["code"],
        name=raw["name"],
        timezone=raw["timezone"],
        language=raw["language"],
        starts=raw["starts"],
        ends=raw["ends"],
        trainer=raw["trainer"],
        timetable=tuple((opens, due) for opens, due in raw["timetable"]),
        trainees=tuple(_person(entry, joined=raw["starts"] - 3) for entry in raw["trainees"]),
    )


def _person(raw: Mapping[str, Any], *, joined: int) -> Invented:
    return Invented(
        name=raw["name"],
        email=raw["email"],
        language=raw.get("language", "en"),
        role=raw.get("role", "trainee"),
        can_sign_in=raw.get("can_sign_in", False),
        joined=raw.get("joined", joined),
        deeds=tuple(_deed(entry) for entry in raw.get("did", ())),
    )


def _deed(raw: Mapping[str, Any]) -> Deed:
    return Deed(
        module=raw["module"],
        day=raw["day"],
        lessons=raw.get("lessons"),
        tries=tuple(Decimal(percent) / 100 for percent in raw.get("tries", ())),
        peek=raw.get("peek", False),
        unfinished=raw.get("unfinished", False),
    )

"""How a package is spoiled: one mistake, and where the checker must name it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.packages.copies import LESSON, QUIZZES, WATER, Copy
from tests.packages.copies import STORIES as STORY_FOLDER

PACKAGE, FACTS, GLOSSARY, MODULE = "package.yaml", "facts.yaml", "glossary.yaml", "modules/01-soil/module.yaml"
FINAL, FINAL_BG = f"{QUIZZES}soil-final.yaml", f"{QUIZZES}soil-final.bg.yaml"
CHECK, CHECK_BG = f"{QUIZZES}soil-check.yaml", f"{QUIZZES}soil-check.bg.yaml"
EN, BG, WATER_EN = f"{LESSON}lesson.en.md", f"{LESSON}lesson.bg.md", f"{WATER}lesson.en.md"
STORY, STORY_BG = f"{STORY_FOLDER}wet-field.yaml", f"{STORY_FOLDER}wet-field.bg.yaml"
GUIDE, GUIDE_BG = "guide/02-guide-to-soil.en.md", "guide/02-guide-to-soil.bg.md"
SVG = f"{LESSON}assets/crumbs.svg"


@dataclass(frozen=True)
class Broken:
    """`at` is a piece of the line that must be named ("" for the file as a whole), `says` a piece of the message."""

    name: str
    spoil: Callable[[Copy], None]
    file: str
    at: str
    field: str
    says: str

    def __str__(self) -> str:
        return self.name


def edit(file: str, old: str, new: str) -> Callable[[Copy], None]:
    return lambda copy: copy.edit(file, old, new)


def append(file: str, text: str) -> Callable[[Copy], None]:
    return lambda copy: copy.append(file, text)


def write(file: str, content: str | bytes) -> Callable[[Copy], None]:
    return lambda copy: copy.write(file, content)


def remove(file: str) -> Callable[[Copy], None]:
    return lambda copy: copy.remove(file)


def recode(file: str, encoding: str, copy: Copy) -> None:
    copy.write(file, copy.read(file).encode(encoding))


def edited(name: str, file: str, old: str, new: str, field: str, says: str, at: str | None = None) -> Broken:
    """One edit; the line with the new text is to be named."""
    return Broken(name, edit(file, old, new), file, new.split("\n")[0] if at is None else at, field, says)

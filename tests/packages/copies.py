"""A copy of minimal/ to edit."""

import shutil
from dataclasses import dataclass
from pathlib import Path

MINIMAL = Path(__file__).parent / "minimal"

LESSON = "modules/01-soil/lessons/01-living-soil/"
WATER = "modules/01-soil/lessons/02-water-in-soil/"
QUIZZES = "modules/01-soil/quizzes/"
CALCULATORS = "modules/01-soil/calculators/"
TASKS = "modules/01-soil/tasks/"
STORIES = "modules/01-soil/stories/"


@dataclass(frozen=True)
class Copy:
    path: Path

    def read(self, file: str) -> str:
        return (self.path / file).read_text(encoding="utf-8")

    def write(self, file: str, content: str | bytes) -> None:
        target = self.path / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace the first `old`; it must be there, or the test would test nothing."""
        text = self.read(file)
        assert old in text, f"{old!r} is not in {file}"
        self.write(file, text.replace(old, new, 1))

    def append(self, file: str, text: str) -> None:
        self.write(file, self.read(file) + text)

    def remove(self, file: str) -> None:
        target = self.path / file
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink()

    def move(self, old: str, new: str) -> None:
        (self.path / new).parent.mkdir(parents=True, exist_ok=True)
        (self.path / old).rename(self.path / new)

    def line_of(self, file: str, text: str) -> int:
        """The first line of the file that holds `text`; 0 for no text: the file as a whole."""
        if not text:
            return 0
        lines = (self.path / file).read_bytes().decode("utf-8", "replace").splitlines()
        return next(number for number, line in enumerate(lines, 1) if text in line)


def copy_of_minimal(folder: Path) -> Copy:
    return Copy(Path(shutil.copytree(MINIMAL, folder)))

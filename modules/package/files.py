"""The folder on disk: which files there are, and their text. Links are not followed, nothing outside it is read."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from modules.package.problems import Problems
from modules.package.yaml_text import folded

MAX_FILES = 2_000
MAX_DEPTH = 8
MAX_BYTES = 1_000_000
MAX_NAME = 120
# Characters that turn the writing direction: a name with one of them reads differently from what it is (C-11).
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile('[\x00-\x1f\x7f-\x9f\\\\:*?"<>|]')


class PackageFolder:
    """Lists the folder once. `text` and `content` give what a listed file holds, and remember that it was used."""

    def __init__(self, root: Path, problems: Problems) -> None:
        self.problems = problems
        self.root = root.resolve()
        self.files: dict[str, int] = {}
        self.used: set[str] = set()
        if not self.root.is_dir():
            problems.error(str(root), 0, "", "There is no such folder.", "Give the folder that holds package.yaml.")
            return
        for path, size in self._walk(self.root, "", 0):
            if len(self.files) >= MAX_FILES:
                problems.error("", 0, "", f"More than {MAX_FILES} files.", "Leave out what is not content.")
                break
            self.files[path] = size

    def _walk(self, folder: Path, prefix: str, depth: int) -> Iterator[tuple[str, int]]:
        if depth > MAX_DEPTH:
            self.problems.error(
                prefix,
                0,
                "",
                f"Folders inside each other more than {MAX_DEPTH} deep.",
                "Keep to the form of the guide.",
            )
            return
        names: dict[str, str] = {}
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                path = f"{prefix}{entry.name}"
                if entry.name.startswith(".") or not self._good_name(entry.name, path, names):
                    continue
                mode = entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(mode.st_mode):
                    yield from self._walk(folder / entry.name, f"{path}/", depth + 1)
                elif stat.S_ISREG(mode.st_mode):
                    yield path, mode.st_size
                else:
                    kind = "a link" if stat.S_ISLNK(mode.st_mode) else "no ordinary file"
                    self.problems.error(
                        path,
                        0,
                        "",
                        f"This is {kind}.",
                        "A package holds ordinary files and folders only: copy the content here.",
                    )

    def _good_name(self, name: str, path: str, names: dict[str, str]) -> bool:
        shown = path.encode("utf-8", "backslashreplace").decode()
        if (
            shown != path
            or _CONTROL.search(name)
            or TURNING.search(name)
            or len(name) > MAX_NAME
            or name.endswith((".", " "))
        ):
            what = "The file name holds a character that not every disk can keep, or it is too long."
            self.problems.error(_visible(shown), 0, "", what, "Use latin letters, digits, hyphens and points.")
            return False
        other = names.setdefault(folded(name), name)
        if other != name:
            self.problems.error(
                path,
                0,
                "",
                f"The name differs from “{other}” only by case or letter form.",
                "Rename one: some disks take them for the same.",
            )
            return False
        return True

    def folders(self, prefix: str) -> list[str]:
        """Names of the folders directly under `prefix` (which ends with a slash)."""
        return sorted(
            {
                path[len(prefix) :].split("/", 1)[0]
                for path in self.files
                if path.startswith(prefix) and "/" in path[len(prefix) :]
            }
        )

    def use_all(self, prefix: str) -> None:
        """Nobody is told that these lead nowhere: what would lead there could not be read."""
        self.used.update(path for path in self.files if path.startswith(prefix))

    def names(self, prefix: str) -> list[str]:
        """Names of the files directly under `prefix`."""
        return sorted(
            path[len(prefix) :] for path in self.files if path.startswith(prefix) and "/" not in path[len(prefix) :]
        )

    def text(self, path: str) -> str | None:
        """The file's text with LF line ends; None, and a problem, when it is not UTF-8 text."""
        content = self.content(path)
        if content is None:
            return None
        if content.startswith(b"\xef\xbb\xbf"):
            self.problems.error(
                path, 1, "", "The file begins with a byte order mark.", "Save it as “UTF-8 without BOM”."
            )
            return None
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            self.problems.error(path, line, "", "The file is not UTF-8 text.", "Save it with the encoding UTF-8.")
            return None
        if "\x00" in text:
            self.problems.error(
                path, text[: text.index("\x00")].count("\n") + 1, "", "The file holds a NUL character.", "Take it out."
            )
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def content(self, path: str, *, limit: int = MAX_BYTES) -> bytes | None:
        """The file's bytes; None, and a problem, when it is larger than `limit` bytes or gone."""
        self.used.add(path)
        if self.files[path] > limit:
            self.problems.error(path, 0, "", f"The file is larger than {limit // 1000} kB.", "Make it smaller.")
            return None
        try:
            handle = os.open(self.root / path, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError as error:
            self.problems.error(path, 0, "", f"The file cannot be read: {error.strerror}.", "Look at its permissions.")
            return None
        with os.fdopen(handle, "rb") as file:
            return file.read(limit + 1)[:limit]


def _visible(path: str) -> str:
    """A name that is refused is shown by code, so that it cannot mislead in the message either."""
    return re.sub(f"{TURNING.pattern}|[\x00-\x1f\x7f-\x9f]", lambda found: f"\\u{ord(found[0]):04x}", path)

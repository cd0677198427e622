"""What the readers of the parts share: the folder, the problems, the languages, and which keys are taken."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from modules.package.fields import Part
from modules.package.files import PackageFolder
from modules.package.problems import Problems
from modules.package.yaml_text import Fields, read_yaml

# What is wrong with a question of this kind and this body. It comes from above: the kinds live on a higher floor.
QuestionCheck = Callable[[str, Mapping[str, Any]], list[str]]


@dataclass(slots=True)
class Reading:
    folder: PackageFolder
    problems: Problems
    check_question: QuestionCheck
    languages: tuple[str, ...] = ()
    source: str = ""
    taken: dict[str, str] = field(default_factory=dict)
    # Sorts of things (module, lesson, quiz, term, fact) of which some could not be read: who refers to one is believed,
    # so that one mistake is not named again at each place that leads to it.
    unread: set[str] = field(default_factory=set)

    @property
    def translations(self) -> tuple[str, ...]:
        return tuple(language for language in self.languages if language != self.source)

    def form(self, path: str) -> Part | None:
        """The fields of a YAML file of the package; None, and a problem, when there is no such file or it is no map."""
        if path not in self.folder.files:
            self.problems.error(path, 0, "", "The file is missing.", "Add it, or correct the name that leads here.")
            return None
        text = self.folder.text(path)
        return None if text is None else self.form_of(text, path)

    def form_of(self, text: str, path: str, *, first_line: int = 1) -> Part | None:
        before = self.problems.errors_in[path]
        node = read_yaml(text, path, self.problems, first_line=first_line)
        if isinstance(node, Fields):
            return Part(node, path, self.problems)
        if self.problems.errors_in[path] == before:
            self.problems.error(
                path,
                first_line,
                "",
                "The file does not hold “field: value” lines.",
                "See docs/content-packages.md for its form.",
            )
        return None

    def reference(self, part: Part, name: str, sort: str, known: Collection[str], *, needed: bool = False) -> str:
        """The key of something elsewhere in the package."""
        if sort in self.unread:
            return part.text(name, needed=needed)
        return part.choice(name, known, needed=needed)

    def take(self, part: Part, key: str, what: str) -> None:
        """Keys of modules and of their parts are unique in the whole package: each is a name for ever."""
        place = f"{part.where}:{part.line_of('key')}"
        other = self.taken.setdefault(key, f"{what} in {place}") if key else ""
        if key and other != f"{what} in {place}":
            part.error(
                "key",
                f"The key “{key}” is already taken by the {other}.",
                "Choose another; a key names one thing for ever.",
            )

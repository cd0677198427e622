"""YAML read as text, with line numbers. PyYAML's loaders guess types, follow aliases, and drop equal keys (T7).

Built on the parser's events: it never recurses, so nested brackets end in a sentence and not in a RecursionError.
"""

import re
import time
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from modules.package.problems import Problems

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_NODES = 50_000
MAX_SECONDS = 5.0  # of work: a busy machine refuses no file
# Control characters, lone surrogates and non-characters: quoted YAML can smuggle them in as escapes.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Scalar:
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Items:
    values: tuple["Node", ...]
    line: int


@dataclass(frozen=True, slots=True)
class Fields:
    values: Mapping[str, "Node"]
    lines: Mapping[str, int]
    line: int


Node = Scalar | Items | Fields


class _Stop(Exception):
    """The rest of the file cannot be read."""


@dataclass(slots=True)
class _Open:
    """A list or map whose end has not come yet. `key` is the map's key that still waits for its value."""

    is_map: bool
    line: int
    items: list[Node] = field(default_factory=list)
    values: dict[str, Node] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    seen: dict[str, Scalar] = field(default_factory=dict)
    key: Scalar | None = None
    skip: bool = False

    def closed(self) -> Node:
        return Fields(self.values, self.lines, self.line) if self.is_map else Items(tuple(self.items), self.line)


def read_yaml(text: str, where: str, problems: Problems, *, first_line: int = 1) -> Node | None:
    """The text as scalars, items and fields; None, and a problem, when it cannot be read.

    `first_line` is the line of the file in which the text begins.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        problems.error(where, 0, "", "The file is larger than 1 MB.", "Split it or leave out what is not content.")
        return None
    if tab := next((n for n, line in enumerate(text.split("\n"), first_line) if "\t" in line), None):
        problems.error(where, tab, "", "There is a tab in this line.", "Use spaces.")
        return None
    builder = _Builder(where, problems, first_line)
    try:
        return builder.build(text)
    except _Stop:
        return None
    except yaml.MarkedYAMLError as error:
        problems.error(where, *_syntax_problem(error, first_line))
    except yaml.reader.ReaderError as error:
        line = first_line + text.count("\n", 0, int(error.position))
        problems.error(
            where, line, "", f"The character U+{_code(error.character):04X} cannot stand in YAML.", "Take it out."
        )
    return None


class _Builder:
    def __init__(self, where: str, problems: Problems, first_line: int) -> None:
        self.where, self.problems, self.first_line = where, problems, first_line
        self.stack: list[_Open] = []
        self.root: Node | None = None
        self.documents = self.nodes = 0

    def build(self, text: str) -> Node | None:
        for event in self._events(text):
            line = self._line(event)
            if isinstance(event, yaml.DocumentStartEvent):
                self._document(event, line)
            elif isinstance(event, yaml.AliasEvent):
                self._refuse(
                    line,
                    f"“*{event.anchor}” is an alias.",
                    "Write the value out here; aliases and anchors are not read.",
                )
                self._put(Scalar("", line))
            elif isinstance(event, yaml.ScalarEvent):
                self._no_extras(event, line)
                self._put(self._scalar(event.value, line))
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                self._no_extras(event, line)
                self._open(isinstance(event, yaml.MappingStartEvent), line)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self._put(self.stack.pop().closed())
        if self.root is None and not self.documents:
            self._refuse(0, "The file is empty.", "Write the fields that docs/content-packages.md names.")
        return self.root

    def _events(self, text: str) -> Iterator[yaml.Event]:
        end = time.thread_time() + MAX_SECONDS
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            self.nodes += 1
            if self.nodes > MAX_NODES or time.thread_time() > end:
                self._refuse(self._line(event), "The file is too long or too tangled to be read.", "Split it.")
                raise _Stop
            yield event

    def _line(self, event: yaml.Event) -> int:
        return (event.start_mark.line if event.start_mark else 0) + self.first_line

    def _refuse(self, line: int, what: str, hint: str, name: str = "") -> None:
        self.problems.error(self.where, line, name, what, hint)

    def _document(self, event: Any, line: int) -> None:
        self.documents += 1
        if event.version or event.tags:
            self._refuse(line, "Lines that begin with “%” are not read.", "Take them out.")
        if self.documents > 1:
            self._refuse(line, "A second document begins here.", "One file holds one document: take the “---” out.")
            raise _Stop

    def _no_extras(self, event: Any, line: int) -> None:
        if event.anchor:
            self._refuse(line, f"“&{event.anchor}” is an anchor.", "Take it out; anchors and aliases are not read.")
        if event.tag:
            self._refuse(line, f"“{event.tag}” is a tag.", "Take it out; every value is text.")

    def _scalar(self, text: str, line: int) -> Scalar:
        if bad := UNFIT.search(text):
            self._refuse(line, f"The text holds the character U+{ord(bad[0]):04X}.", "Take it out; it cannot be shown.")
            text = UNFIT.sub("", text)
        return Scalar(text, line)

    def _open(self, is_map: bool, line: int) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self._refuse(
                line, f"More than {MAX_DEPTH} lists and maps inside each other.", "No field needs more than a few."
            )
            raise _Stop
        top = self.stack[-1] if self.stack else None
        if top and top.is_map and top.key is None:
            self._refuse(line, "A list or map stands where a field name should be.", "A field name is a plain word.")
            raise _Stop
        self.stack.append(_Open(is_map, line))

    def _put(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if not top.is_map:
            top.items.append(node)
        elif top.key is None:
            top.key = node if isinstance(node, Scalar) else Scalar("", node.line)
            top.skip = not self._good_key(top, top.key)
        else:
            if not top.skip:
                top.values[top.key.text] = node
                top.lines[top.key.text] = top.key.line
            top.key = None

    def _good_key(self, top: _Open, key: Scalar) -> bool:
        if key.text == "<<":
            self._refuse(key.line, "“<<” is a merge key.", "Write the fields out here.")
            return False
        other = top.seen.setdefault(folded(key.text), key)
        if other.text != key.text:
            what = f"“{key.text}” differs from “{other.text}” (line {other.line}) only by case or letter form."
            self._refuse(key.line, what, "Keep one.", key.text)
            return False
        if other is not key:
            self._refuse(key.line, f"“{key.text}” stands twice: here and in line {other.line}.", "Keep one.", key.text)
            return False
        return True


def folded(text: str) -> str:
    """Equal for two names that a person or a disk may take for the same."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


_ADVICE = (
    ("mapping values", "If the text holds “: ”, put it in quotes."),
    ("unexpected end of stream", "A quotation mark is not closed."),
    ("cannot start any token", "Put the value in quotes."),
    ("unknown escape", "Inside double quotes write “\\\\” for a backslash, or use single quotes."),
    ("expected ',' or", "A bracket is not closed, or a comma is missing."),
    ("expected <block end>", "The line is not indented like its neighbours."),
    ("could not find expected ':'", "A colon is missing, or a quotation mark is not closed."),
)


def _syntax_problem(error: yaml.MarkedYAMLError, first_line: int) -> tuple[int, str, str, str]:
    """Line, field, reason and remedy. An unclosed quotation mark is reported where it opens."""
    problem = error.problem or "it cannot be read"
    mark = (
        error.context_mark
        if "end of stream" in problem and error.context_mark
        else error.problem_mark or error.context_mark
    )
    hint = next((hint for sign, hint in _ADVICE if sign in problem), "Compare with docs/content-packages.md.")
    return (first_line + mark.line if mark else 0), "", f"This is not YAML: {problem}.", hint


def _code(character: object) -> int:
    return ord(character) if isinstance(character, str) else int(str(character))

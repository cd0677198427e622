"""Finds the words of the interface in our sources, and brings the catalogues up to date with them. Needs no xgettext.

A message is (context, singular, plural); context and plural are empty for most.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

FOLDERS = ("lms", "modules", "quizzes", "api")
# Name of the function -> which of its arguments are (context, singular, plural).
SHAPES = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "_": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
STRING = r"""u?(?P<{name}>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(
    r"(?<![\w.])(?P<function>_|n?p?gettext)\(\s*"
    + STRING.format(name="first")
    + r"(?:\s*,\s*" + STRING.format(name="second") + r")?"
    + r"(?:\s*,\s*" + STRING.format(name="third") + r")?"
)  # fmt: skip


@dataclass(frozen=True, order=True)
class Message:
    context: str
    singular: str
    plural: str


def find_messages() -> dict[Message, set[str]]:
    """Every message of ours -> the files it stands in."""
    found: dict[Message, set[str]] = {}
    for file in _sources():
        reader = in_python if file.suffix == ".py" else in_template
        for message in reader(file.read_text(encoding="utf-8")):
            found.setdefault(message, set()).add(str(file.relative_to(settings.ROOT)))
    return found


def _sources() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from (f for f in sorted((settings.ROOT / folder).rglob("*.py")) if "migrations" not in f.parts)
    templates = settings.ROOT / "frontend_templates"
    yield from (f for f in sorted(templates.rglob("*")) if f.suffix in {".html", ".txt"} and "static" not in f.parts)


def in_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (shape := SHAPES.get(_called(node.func))):
            texts = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
            if all(place is None or (len(texts) > place and isinstance(texts[place], str)) for place in shape):
                yield Message(*("" if place is None else str(texts[place]) for place in shape))


def _called(function: ast.expr) -> str:
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def in_template(source: str) -> Iterator[Message]:
    """Django turns a template into calls in plain text, as for xgettext; they are read from there."""
    for match in CALL.finditer(templatize(source)):
        texts = [ast.literal_eval(text) if text else "" for text in match.group("first", "second", "third")]
        shape = SHAPES[match["function"]]
        yield Message(*("" if place is None else texts[place] for place in shape))


def catalogue_path(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def key_of(entry: polib.POEntry) -> Message:
    return Message(entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


@dataclass(frozen=True)
class Difference:
    """Between the sources and one catalogue. `untranslated` counts those marked fuzzy, too."""

    missing: list[Message]
    gone: list[Message]
    untranslated: list[Message]


def compare(language: str) -> Difference:
    catalogue = polib.pofile(str(catalogue_path(language)))  # type: ignore[no-untyped-call]
    wanted, entries = find_messages().keys(), {key_of(entry): entry for entry in catalogue if not entry.obsolete}
    return Difference(
        missing=sorted(wanted - entries.keys()),
        gone=sorted(entries.keys() - wanted),
        untranslated=sorted(key for key, entry in entries.items() if key in wanted and not entry.translated()),
    )


def update(language: str) -> Difference:
    """Add what is missing, drop what is gone, keep every translation. Returns how it stands afterwards."""
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()  # type: ignore[no-untyped-call]
    kept = {key_of(entry): entry for entry in old}
    new = polib.POFile(wrapwidth=110)  # type: ignore[no-untyped-call]
    new.metadata = old.metadata or _head(language)
    for message, files in sorted(find_messages().items(), key=lambda row: (sorted(row[1])[0], row[0])):
        entry = kept.get(message) or _empty(message)
        entry.occurrences, entry.obsolete = [(file, "") for file in sorted(files)], 0
        new.append(entry)  # type: ignore[no-untyped-call]
    new.save(str(path))  # type: ignore[no-untyped-call]
    return compare(language)


def _head(language: str) -> dict[str, str]:
    return {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }


def _empty(message: Message) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.singular, msgctxt=message.context or None)  # type: ignore[no-untyped-call]
    if message.plural:
        entry.msgid_plural, entry.msgstr_plural = message.plural, {0: "", 1: ""}
    if re.search(r"%\(\w+\)[sd]|%[sd]", message.singular + message.plural):
        entry.flags = ["python-format"]
    return entry

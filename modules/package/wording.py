"""Words of a source file and of its translations: <name>.yaml has words and logic, <name>.<language>.yaml words only.

For parts whose translation mirrors the source: a text as a text, a list as a list of the same length, and a list of
things with keys as a map by key.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from modules.package.fields import LONG, Part
from modules.package.problems import did_you_mean
from modules.package.reading import Reading
from modules.package.schema import Words

ONLY_WORDS = ("A translation holds words only.", "Take the field out; the source file decides.")


def source_names(reading: Reading, folder: str) -> list[str]:
    """Names of the source files in `folder`, without .yaml; those with a language before it are translations."""
    names = [name.removesuffix(".yaml") for name in reading.folder.names(folder) if name.endswith(".yaml")]
    return [name for name in names if "." not in name]


def read_every(reading: Reading, folder: str, sort: str, logic: Sequence[str]) -> "Iterator[tuple[int, Worded]]":
    """Each source file in `folder` with its place, in the order of their names."""
    for position, name in enumerate(source_names(reading, folder), 1):
        if worded := read_worded(reading, folder, name, sort, logic):
            yield position, worded


def read_worded(reading: Reading, folder: str, name: str, sort: str, logic: Sequence[str]) -> "Worded | None":
    """A source file with its translations; `sort` is what it holds (calculator). `logic`: fields of the source alone.

    None when the source cannot be read: the problem is named already, and who refers to it is believed.
    """
    form = reading.form(f"{folder}{name}.yaml")
    if form is None:
        reading.folder.use_all(f"{folder}{name}.")
        reading.unread.add(sort)
        return None
    translations = {}
    for language in reading.translations:
        path = f"{folder}{name}.{language}.yaml"
        if path not in reading.folder.files:
            what = f"The translation into “{language}” is missing."
            reading.problems.warning(
                path, 0, "", what, f"Add the file; until then the {sort} shows “{reading.source}”."
            )
        elif translated := reading.form(path):
            translations[language] = translated
    return Worded(form, translations, reading, logic)


@dataclass(slots=True)
class Worded:
    """A map of the source with the same map of each translation that has it. The getters say what is missing where."""

    part: Part
    translations: Mapping[str, Part]
    reading: Reading
    logic: Sequence[str]

    def __post_init__(self) -> None:
        for translated in self.translations.values():
            translated.refuse(self.logic, *ONLY_WORDS)

    def words(self, name: str, *, needed: bool = True, limit: int = LONG, under: str = "") -> Words:
        """{language: text} of one field. `under`: where the translations have it, if not under the same name."""
        text = self.part.text(name, needed=needed, limit=limit)
        if not text:
            return {}
        found = {self.reading.source: text}
        for language, translated in self.translations.items():
            if (under or name) in translated.node.values:
                found[language] = translated.text(under or name, limit=limit)
            else:
                self.missing(translated, under or name, language)
        return found

    def texts(self, name: str, *, needed: bool = True, limit: int = 400) -> list[Words]:
        """A list of texts: {language: text} for each. A translated list has as many."""
        texts = [text for text, _ in self.part.texts(name, needed=needed, limit=limit)]
        found: list[dict[str, str]] = [{self.reading.source: text} for text in texts]
        for language, translated in self.translations.items() if texts else ():
            if name not in translated.node.values:
                self.missing(translated, name, language)
                continue
            own = [text for text, _ in translated.texts(name, limit=limit, unique=False)]
            if len(own) != len(found):
                what = f"{len(own)} texts; the source has {len(found)}."
                translated.error(name, what, "Write as many, in the same order.")
            else:
                for words, text in zip(found, own, strict=True):
                    words[language] = text
        return list(found)

    def beside(self, part: Part) -> "Worded":
        """Another map of the source whose words stand here in the translations."""
        return Worded(part, self.translations, self.reading, self.logic)

    def things(
        self, name: str, *, needed: bool = True, key_of: Callable[[Part], str] = Part.key
    ) -> "list[tuple[str, Worded]]":
        """A list of maps with keys, each with its words in the translations, which are maps by these keys."""
        outer = self._of(name, self.translations) if name in self.part.node.values else {}
        found: dict[str, Worded] = {}
        for part in self.part.parts(name, needed=needed):
            key = key_of(part)
            if key and key in found:
                first = found[key].part.line_of("key")
                part.error(
                    "key", f"The key “{key}” stands twice here.", f"Choose another; the first is in line {first}."
                )
            found.setdefault(key, Worded(part, self._of(key, outer), self.reading, self.logic))
        for translated in outer.values():
            for key in translated.rest():
                translated.error(key, f"The source has no “{key}” here.", did_you_mean(key, found))
        return list(found.items())

    def finish(self) -> None:
        for part in (self.part, *self.translations.values()):
            part.finish()

    def _of(self, name: str, outer: Mapping[str, Part]) -> dict[str, Part]:
        """The maps of this name in `outer`. An empty name is a mistake that is told already."""
        found = {}
        for language, translated in outer.items() if name else ():
            if name not in translated.node.values:
                self.missing(translated, name, language)
            elif inside := translated.part(name):
                found[language] = inside
        return found

    def missing(self, translated: Part, name: str, language: str) -> None:
        """A warning at the field where it would stand; it counts as asked for."""
        translated.get(name, needed=False)
        hint = f"Add it; until then the page shows “{self.reading.source}”."
        translated.warning(name, f"“{name}” is not translated into “{language}”.", hint)

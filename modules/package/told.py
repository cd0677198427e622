"""A map of fields in the source file together with the maps that hold its words in other languages."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from modules.package.fields import LONG, Part
from modules.package.problems import did_you_mean
from modules.package.reading import Reading
from modules.package.schema import Words


@dataclass(frozen=True, slots=True)
class Told:
    """`words` holds, by language, the map in the translation that stands beside `part`; where it is missing, none."""

    part: Part
    words: Mapping[str, Part]
    source: str

    def text(self, name: str, *, limit: int = LONG) -> Words:
        """{language: text} of one field that must be there."""
        text = self.part.text(name, limit=limit)
        if not text:
            return {}
        found = {self.source: text}
        for language, words in self.words.items():
            if name in words.node.values:
                found[language] = words.text(name, limit=limit)
            else:
                words.warning(
                    name,
                    f"“{name}” is not translated into “{language}”.",
                    f"Add it; until then the page shows “{self.source}”.",
                )
        return found

    def under(self, name: str) -> dict[str, Part]:
        """The maps of words that stand under `name` in the translations."""
        return {language: inner for language, words in self.words.items() if (inner := words.part(name, needed=False))}

    def one(self, part: Part, key: str, outer: Mapping[str, Part]) -> "Told":
        """A part of this one that has a key of its own; its words stand under that key in `outer`."""
        found = {}
        for language in self.words if key else ():
            words = outer.get(language)
            if words is None or key not in words.node.values:
                place = words or self.words[language]
                place.problems.warning(
                    place.where,
                    place.line,
                    place.named(key),
                    f"“{key}” is not translated into “{language}”.",
                    f"Add it; until then the page shows “{self.source}”.",
                )
            elif inner := words.part(key):
                found[language] = inner
        return Told(part, found, self.source)

    def refuse(self, names: Iterable[str]) -> None:
        """What only the source file decides."""
        for words in self.words.values():
            words.refuse(names, "A translation holds words only.", "Take the field out; the source file decides.")

    def finish(self) -> None:
        for part in (self.part, *self.words.values()):
            part.finish()


def no_others(outer: Mapping[str, Part], keys: Collection[str], what: str) -> None:
    """Words in a translation under a key that the source does not have."""
    for language, words in outer.items():
        for key in words.rest():
            words.error(key, f"There is no {what} “{key}”.", f"{did_you_mean(key, keys)} (Words in “{language}”.)")


def told_file(reading: Reading, path: str, shown: str) -> Told | None:
    """`<path>.yaml` and its translations `<path>.<language>.yaml`; None when the source cannot be read."""
    form = reading.form(f"{path}.yaml")
    if form is None:
        reading.folder.use_all(f"{path}.")
        return None
    words = {}
    for language in reading.translations:
        file = f"{path}.{language}.yaml"
        if file not in reading.folder.files:
            what = f"The translation into “{language}” is missing."
            hint = f"Add the file; until then the {shown} shows “{reading.source}”."
            reading.problems.warning(file, 0, "", what, hint)
        elif translation := reading.form(file):
            words[language] = translation
    return Told(form, words, reading.source)

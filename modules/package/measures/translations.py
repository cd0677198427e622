"""Which translations have fallen behind: translations/<language>.yaml remembers what each one translated. Pure."""

from collections.abc import Iterator, Mapping

from modules.package.fields import Part
from modules.package.measures.prose import words
from modules.package.measures.segments import Segment, Texts, blocks, segments
from modules.package.problems import PackageProblem, Severity
from modules.package.reading import Reading
from modules.package.schema import Package

FOLDER = "translations/"
# So many words of three letters or more are the same in two languages only where nobody translated them.
SAME_WORDS = 3

# {file of the source: {address: "digest of the source, digest of the translation"}}
Stamps = Mapping[str, Mapping[str, str]]


def read_stamps(reading: Reading) -> Mapping[str, Stamps]:
    """The stamps of each translation by language; a language without a file has none."""
    found: dict[str, Stamps] = {}
    for language in reading.translations:
        path = f"{FOLDER}{language}.yaml"
        if path in reading.folder.files and (form := reading.form(path)):
            files = {name: form.part(name) for name in form.rest()}
            found[language] = {name: _of_file(part) for name, part in files.items() if part}
    return found


def _of_file(part: Part) -> dict[str, str]:
    return {address: part.text(address) for address in part.rest()}


def behind(package: Package, language: str, stamps: Stamps) -> Iterator[Segment]:
    """Segments whose source changed after they were translated, and whose translation did not."""
    for segment in segments(package, language):
        stamp = stamps.get(segment.file, {}).get(segment.address)
        if stamp and stamp != segment.stamp:
            (source, translation), (was, its) = segment.stamp.split(), stamp.split()[:2]
            if source != was and translation == its:
                yield segment


def stamped(package: Package, language: str, stamps: Stamps, *, confirmed: frozenset[str]) -> dict[str, dict[str, str]]:
    """The stamps as they are now. What is behind keeps its old one, unless its file is among the `confirmed`."""
    late = {(segment.file, segment.address) for segment in behind(package, language, stamps)}
    found: dict[str, dict[str, str]] = {}
    for segment in segments(package, language):
        is_late = (segment.file, segment.address) in late and segment.file not in confirmed
        stamp = stamps[segment.file][segment.address] if is_late else segment.stamp
        found.setdefault(segment.file, {})[segment.address] = stamp
    return found


def measure_translations(package: Package, stamps: Mapping[str, Stamps]) -> Iterator[PackageProblem]:
    for language in package.languages:
        if language != package.source_language:
            for segment in behind(package, language, stamps.get(language, {})):
                what = f"The words changed after they were translated into “{language}” ({segment.address})."
                hint = (
                    "Bring the translation up to date, then run stamp_translations (--still-right: it needs no change)."
                )
                yield PackageProblem(segment.file, segment.line, "", what, hint, Severity.WARNING)
            yield from _untranslated(package, language)
            yield from _out_of_step(package, language)


def _untranslated(package: Package, language: str) -> Iterator[PackageProblem]:
    for segment in segments(package, language):
        for source, own in zip(segment.source.split("\n"), segment.translation.split("\n"), strict=False):
            if source == own and sum(len(word) >= 3 for word in words(source)) >= SAME_WORDS:
                what = f"The words are the same in “{language}” ({segment.address}): “{source.strip()[:50]}”."
                yield PackageProblem(segment.file, segment.line, "", what, "Translate them.", Severity.WARNING)


def _out_of_step(package: Package, language: str) -> Iterator[PackageProblem]:
    """A paragraph more or less than the source: something was left out, or added in one language only."""
    every: list[Texts] = [lesson.texts for module in package.modules for lesson in module.lessons]
    every.extend(page.texts for page in package.guide)
    for texts in every:
        source, own = texts[package.source_language], texts.get(language)
        if own and (here := len(blocks(own.markdown))) != (there := len(blocks(source.markdown))):
            what = f"{here} paragraphs, tables and headings; {source.file} has {there}."
            yield PackageProblem(own.file, own.line, "text", what, "Translate block by block.", Severity.WARNING)

"""Writes translations/<language>.yaml: which words each translation translated. So a check can tell what is late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from modules.package.files import PackageFolder
from modules.package.measures.translations import FOLDER, Stamps, behind, read_stamps, stamped
from modules.package.problems import Problems
from modules.package.reading import Reading
from modules.package.schema import Package

HEAD = "# Written by stamp_translations: digest of the source words, digest of their translation.\n"


@dataclass(frozen=True, slots=True)
class Stamped:
    """What was written for one language: how many segments, and how many of them are late and keep their old stamp."""

    language: str
    segments: int
    late: int


def stamp_translations(path: Path, package: Package, *, still_right: Iterable[str] = ()) -> list[Stamped]:
    """Stamp every translation that is new or was changed; of files in `still_right` also what was not."""
    before = _stamps_of(path, package)
    confirmed = frozenset(still_right)
    done = []
    for language in package.languages:
        if language != package.source_language:
            old = before.get(language, {})
            stamps = stamped(package, language, old, confirmed=confirmed)
            _write(path / FOLDER / f"{language}.yaml", stamps)
            late = sum(segment.file not in confirmed for segment in behind(package, language, old))
            done.append(Stamped(language, sum(map(len, stamps.values())), late))
    return done


def late_files(path: Path, package: Package) -> frozenset[str]:
    """Source files with words that changed after they were translated, as check_package names them."""
    before = _stamps_of(path, package)
    languages = (language for language in package.languages if language != package.source_language)
    late = (segment for language in languages for segment in behind(package, language, before.get(language, {})))
    return frozenset(segment.file for segment in late)


def _stamps_of(path: Path, package: Package) -> Mapping[str, Stamps]:
    problems = Problems()
    reading = Reading(PackageFolder(path, problems), problems, lambda _kind, _body: [])
    reading.languages, reading.source = package.languages, package.source_language
    return read_stamps(reading)


def _write(target: Path, stamps: Mapping[str, Mapping[str, str]]) -> None:
    lines = [HEAD]
    for file, every in stamps.items():
        lines.append(f"{file}:\n")
        lines.extend(f"  {address}: {stamp}\n" for address, stamp in every.items())
    target.parent.mkdir(exist_ok=True)
    target.write_text("".join(lines), encoding="utf-8")

"""Compiles the words of the interface (.po to .mo), without msgfmt: a bare machine has none."""

import os
from pathlib import Path

from django.conf import settings


def stale_catalogues() -> list[Path]:
    """Catalogues whose compiled form is missing or older than its source."""
    sources = [source for folder in settings.LOCALE_PATHS for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))]
    return [source for source in sources if not _is_compiled(source)]


def _is_compiled(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns


def compile_catalogue(source: Path) -> int:
    """Write the .mo beside its .po and return how many entries it has. Two processes may do it at once."""
    import polib  # inside: not needed at a start where nothing changed

    catalogue = polib.pofile(str(source))  # type: ignore[no-untyped-call]
    spare = source.with_suffix(f".mo.{os.getpid()}")
    catalogue.save_as_mofile(str(spare))
    spare.chmod(0o644)
    spare.replace(source.with_suffix(".mo"))
    return len(catalogue.translated_entries())

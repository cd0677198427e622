"""What stands beside the content: labels of ESCO, and whether translations were reviewed."""

import re
from collections.abc import Mapping

from modules.package.fields import Part
from modules.package.problems import did_you_mean
from modules.package.reading import Reading
from modules.package.schema import EscoSource

ESCO_KINDS = ("knowledge", "skill", "transversal")
REVIEWS = ("awaiting", "done")
_URI = re.compile(r"http://data\.europa\.eu/esco/skill/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def read_esco(form: Part) -> tuple[EscoSource, ...]:
    """Labels are the official English ones, whatever the language of the package."""
    found: dict[str, EscoSource] = {}
    for part in form.parts("esco", needed=False):
        label, uri = part.text("label", limit=200), part.text("uri", limit=200)
        kind = part.choice("kind", ESCO_KINDS)
        part.finish()
        if uri and not _URI.fullmatch(uri):
            part.error(
                "uri",
                f"“{uri}” is not an address of ESCO.",
                "Copy it from the classification: http://data.europa.eu/esco/skill/ and a long number in five parts.",
            )
        elif uri in found:
            part.error("uri", "The address stands twice in this module.", f"It is that of “{found[uri].label}”.")
        found.setdefault(uri, EscoSource(label, uri, kind))
    return tuple(found.values())


def read_review(form: Part, reading: Reading) -> Mapping[str, str]:
    """{language: awaiting or done} of translations."""
    part = form.part("review", needed=False)
    if part is None:
        return {}
    found = {}
    for language in reading.translations:
        if state := part.choice(language, REVIEWS, needed=False):
            found[language] = state
    for language in part.rest():
        what = f"“{language}” is not a translation of this package."
        part.error(language, what, did_you_mean(language, reading.translations))
    return found

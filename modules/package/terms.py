"""glossary.yaml: terms with a definition and an example in every language."""

from lms.shared.keys import is_key
from modules.package.digest import digest_of
from modules.package.fields import Part
from modules.package.problems import did_you_mean
from modules.package.reading import Reading
from modules.package.schema import TermSource, TermText

FILE = "glossary.yaml"
PLAIN_WORDS = 30


def read_terms(reading: Reading, modules: list[str]) -> tuple[TermSource, ...]:
    """`modules` are the keys a term may belong to. No file, no terms."""
    if FILE not in reading.folder.files:
        return ()
    form = reading.form(FILE)
    if form is None:
        reading.unread.add("term")
        return ()
    found = []
    keys = form.rest()
    for key in keys:
        if not is_key(key):
            form.error(
                key,
                f"“{key}” is not a key.",
                "Lower case latin letters, digits and single hyphens, 2 to 60 characters.",
            )
        elif part := form.part(key):
            found.append(_term(part, key, form.line_of(key), reading, modules, keys))
    return tuple(found)


def _term(part: Part, key: str, line: int, reading: Reading, modules: list[str], keys: list[str]) -> TermSource:
    module = reading.reference(part, "module", "module", modules, needed=True)
    related = []
    for other, at in part.texts("related", needed=False):
        if other in keys and other != key:
            related.append(other)
        else:
            reading.problems.error(
                FILE,
                at,
                part.named("related"),
                f"There is no other term “{other}”.",
                did_you_mean(other, set(keys) - {key}),
            )
    texts = {}
    for language in reading.languages:
        if text := _text(part, language, reading.source, tuple(related)):
            texts[language] = text
    part.finish()
    return TermSource(key, module, texts, tuple(related), FILE, line)


def _text(part: Part, language: str, source: str, related: tuple[str, ...]) -> TermText | None:
    words = part.part(language, needed=language == source)
    if words is None:
        if language != source and language not in part.node.values:
            part.warning(
                language,
                f"The translation into “{language}” is missing.",
                f"Add “{language}:”; until then the page shows “{source}”.",
            )
        return None
    term, definition = words.text("term", limit=120), words.text("definition", limit=2_000)
    example = words.text("example", needed=False, limit=2_000)
    words.finish()
    if len(definition.split()) > PLAIN_WORDS:
        words.warning(
            "definition",
            f"The definition has {len(definition.split())} words.",
            f"Up to {PLAIN_WORDS} are easy to read.",
        )
    return TermText(term, definition, example, digest_of([term, definition, example, list(related)]))

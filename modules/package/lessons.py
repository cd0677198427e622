"""A lesson's folder: lesson.<language>.md, each fields between two lines “---” and then Markdown, and figures."""

from dataclasses import dataclass

from modules.package.fields import Part
from modules.package.pictures import MAX_BYTES, read_picture
from modules.package.reading import Reading
from modules.package.schema import AssetSource

FENCE = "---"
MAX_MARKDOWN = 256_000


@dataclass(frozen=True, slots=True)
class TextDraft:
    """A lesson in one language before its references are followed. `body_line` is where `markdown` begins."""

    language: str
    edition: int
    title: str
    summary: str
    objectives: tuple[str, ...]
    markdown: str
    file: str
    body_line: int


@dataclass(frozen=True, slots=True)
class LessonDraft:
    """`pictures` are all figures of the folder by file name."""

    key: str
    position: int
    edition: int
    minutes: int
    texts: dict[str, TextDraft]
    pictures: dict[str, AssetSource]
    folder: str


def read_lesson(reading: Reading, folder: str, position: int) -> LessonDraft | None:
    """None when the text in the source language cannot be read: without it there is no lesson."""
    source = read_markdown(reading, f"{folder}lesson.{reading.source}.md")
    if source is None:
        reading.folder.use_all(folder)
        reading.unread.add("lesson")
        return None
    form, body, body_line = source
    key = form.key(reserved=True)
    reading.take(form, key, "lesson")
    minutes = form.whole("minutes", low=1, high=600)
    draft = _text(form, reading.source, body, body_line)
    texts = {reading.source: draft}
    for language in reading.translations:
        if text := _translation(reading, folder, language, key, draft):
            texts[language] = text
    return LessonDraft(key, position, draft.edition, minutes, texts, _pictures(reading, folder), folder)


def _text(form: Part, language: str, body: str, body_line: int) -> TextDraft:
    edition = form.whole("edition", low=1, high=10_000)
    title, summary = form.text("title", limit=200), form.text("summary", limit=400)
    objectives = tuple(text for text, _ in form.texts("objectives"))
    form.finish()
    return TextDraft(language, edition, title, summary, objectives, body, form.where, body_line)


def _translation(reading: Reading, folder: str, language: str, key: str, source: TextDraft) -> TextDraft | None:
    path = f"{folder}lesson.{language}.md"
    if path not in reading.folder.files:
        reading.problems.warning(
            path,
            0,
            "",
            f"The translation into “{language}” is missing.",
            f"Add the file; until then the page shows “{reading.source}”.",
        )
        return None
    found = read_markdown(reading, path)
    if found is None:
        return None
    form, body, body_line = found
    if (own := form.key()) != key and own:
        form.error(
            "key", f"The source has the key “{key}”.", "A translation has the key of the lesson that it translates."
        )
    form.refuse(["minutes"], "“minutes” stands in the source only.", "Take it out here.")
    draft = _text(form, language, body, body_line)
    if draft.edition > source.edition:
        form.error(
            "edition",
            f"It translates edition {draft.edition}, but the source is at {source.edition}.",
            "Write the edition that this text translates.",
        )
    elif draft.edition < source.edition:
        form.warning(
            "edition",
            f"It translates edition {draft.edition}; the source is at {source.edition}.",
            "The page says so until the translation follows.",
        )
    if len(draft.objectives) != len(source.objectives):
        form.warning(
            "objectives",
            f"{len(draft.objectives)} objectives; the source has {len(source.objectives)}.",
            "Translate each.",
        )
    return draft


def read_markdown(reading: Reading, path: str) -> tuple[Part, str, int] | None:
    """The fields of a page, its Markdown and the line where that begins."""
    if path not in reading.folder.files:
        reading.problems.error(path, 0, "", "The file is missing.", "There is a text in the source language.")
        return None
    text = reading.folder.text(path)
    if text is None:
        return None
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines) if number and line.rstrip() == FENCE), 0)
    if lines[0].rstrip() != FENCE or not end:
        reading.problems.error(
            path,
            1,
            "",
            "The file does not begin with its fields between two lines “---”.",
            "Begin with “---”, then “key: …”.",
        )
        return None
    form = reading.form_of("\n".join(lines[1:end]), path, first_line=2)
    body = lines[end + 1 :]
    blank = next((number for number, line in enumerate(body) if line.strip()), len(body))
    markdown = "\n".join(body[blank:]).rstrip()
    if not markdown:
        reading.problems.error(
            path, end + 1, "", "There is no text after the fields.", "Write the text below the second “---”."
        )
    elif len(markdown.encode()) > MAX_MARKDOWN:
        reading.problems.error(path, end + 1, "", "The text is larger than 256 kB.", "Make two of it.")
        markdown = ""
    return (form, markdown, end + 2 + blank) if form else None


def _pictures(reading: Reading, folder: str) -> dict[str, AssetSource]:
    found = {}
    prefix = f"{folder}assets/"
    for name in reading.folder.names(prefix):
        content = reading.folder.content(prefix + name, limit=MAX_BYTES)
        if content is not None and (picture := read_picture(content, name, prefix + name, reading.problems)):
            found[name] = picture
    return found

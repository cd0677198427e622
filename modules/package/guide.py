"""The trainer guide: guide/<name>.<language>.md, fields between two lines “---” and then Markdown without figures."""

from dataclasses import dataclass

from modules.package.fields import Part
from modules.package.lessons import TextDraft, read_markdown
from modules.package.linking import Targets, link_page
from modules.package.problems import did_you_mean
from modules.package.reading import Reading
from modules.package.schema import GuidePageSource

FOLDER = "guide/"


@dataclass(frozen=True, slots=True)
class PageDraft:
    """A page whose references are not followed yet."""

    key: str
    position: int
    module: str | None
    texts: dict[str, TextDraft]
    file: str


def read_guide(reading: Reading, form: Part, modules: list[str]) -> tuple[PageDraft, ...]:
    """The pages that package.yaml lists, in that order. `modules` are the keys of those a page may guide through."""
    known = {name.removesuffix(f".{reading.source}.md") for name in reading.folder.names(FOLDER)}
    pages, guided = [], dict[str, str]()
    for position, (name, line) in enumerate(form.texts("guide", needed=False), 1):
        if f"{FOLDER}{name}.{reading.source}.md" not in reading.folder.files:
            what = f"There is no file “{FOLDER}{name}.{reading.source}.md”."
            hint = did_you_mean(name, [each for each in known if not each.endswith(".md")])
            reading.problems.error(form.where, line, "guide", what, hint)
        elif page := _page(reading, name, position, modules):
            pages.append(page)
            if page.module and (other := guided.setdefault(page.module, page.file)) != page.file:
                what = f"{other} already guides through the module “{page.module}”."
                reading.problems.error(page.file, 2, "module", what, "One page for each module.")
    return tuple(pages)


def _page(reading: Reading, name: str, position: int, modules: list[str]) -> PageDraft | None:
    path = f"{FOLDER}{name}.{reading.source}.md"
    found = read_markdown(reading, path)
    if found is None:
        reading.folder.use_all(f"{FOLDER}{name}.")
        return None
    form, body, line = found
    key = form.key(reserved=True)
    reading.take(form, key, "guide page")
    module = reading.reference(form, "module", "module", modules) or None
    texts = {reading.source: _text(form, reading.source, body, line)}
    for language in reading.translations:
        if text := _translation(reading, f"{FOLDER}{name}.{language}.md", language, key):
            texts[language] = text
    return PageDraft(key, position, module, texts, path)


def _translation(reading: Reading, path: str, language: str, key: str) -> TextDraft | None:
    if path not in reading.folder.files:
        hint = f"Add the file; until then the page shows “{reading.source}”."
        reading.problems.warning(path, 0, "", f"The translation into “{language}” is missing.", hint)
        return None
    found = read_markdown(reading, path)
    if found is None:
        return None
    form, body, line = found
    if (own := form.key()) != key and own:
        hint = "A translation has the key of the page that it translates."
        form.error("key", f"The source has the key “{key}”.", hint)
    form.refuse(["module"], "“module” stands in the source only.", "Take it out here.")
    return _text(form, language, body, line)


def _text(form: Part, language: str, body: str, body_line: int) -> TextDraft:
    title, summary = form.text("title", limit=200), form.text("summary", limit=400)
    form.finish()
    return TextDraft(language, 1, title, summary, (), body, form.where, body_line)


def link_guide(reading: Reading, pages: tuple[PageDraft, ...], targets: Targets) -> tuple[GuidePageSource, ...]:
    return tuple(
        GuidePageSource(
            page.key,
            page.position,
            page.module,
            {language: link_page(reading, text, targets) for language, text in page.texts.items()},
            page.file,
            2,
        )
        for page in pages
    )

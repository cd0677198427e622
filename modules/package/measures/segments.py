"""A package as pairs of texts: what is said in the source language, and what a translation says for it. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from modules.package.digest import content_of, digest_of
from modules.package.schema import GuideText, LessonText, ModuleSource, Package, PartSource, TermSource

Texts = Mapping[str, LessonText] | Mapping[str, GuideText]


@dataclass(frozen=True, slots=True)
class Segment:
    """One paragraph, question, scene, fact or term, by `file` and `address`. `line` is that of the source text."""

    file: str
    address: str
    line: int
    source: str
    translation: str

    @property
    def stamp(self) -> str:
        """Which words were translated, and into which: eight hex digits of each digest."""
        return f"{_short(self.source)} {_short(self.translation)}"


def _short(text: str) -> str:
    return digest_of(" ".join(text.split()))[:8]


def segments(package: Package, language: str) -> Iterator[Segment]:
    """All that is translated into `language`, in the order of the package. What has no translation is left out."""
    pair = (package.source_language, language)
    yield from _words("package.yaml", "package", 1, [package.title, package.summary, package.credits], pair)
    for module in package.modules:
        yield from _module(module, pair)
    for page in package.guide:
        yield from text_segments(page.texts, pair)
    for fact in package.facts:
        yield from _words(fact.file, fact.number, fact.line, fact.statement, pair)
    for term in package.terms:
        yield from _term(term, pair)


def _module(module: ModuleSource, pair: tuple[str, str]) -> Iterator[Segment]:
    words = [module.title, module.summary, module.outcomes]
    yield from _words(module.file, "module", module.line, words, pair)
    for lesson in module.lessons:
        yield from text_segments(lesson.texts, pair)
    for quiz in module.quizzes:
        yield from _words(quiz.file, "title", quiz.line, quiz.title, pair)
        for question in quiz.questions:
            yield from _words(question.file, question.key, question.line, question.body, pair)
    for part in (*module.calculators, *module.tasks):
        yield from _words(part.file, part.key, part.line, part.body, pair)
    for story in module.stories:
        yield from _story(story, pair)


def _story(story: PartSource, pair: tuple[str, str]) -> Iterator[Segment]:
    """Scene by scene."""
    head = {name: value for name, value in story.body.items() if name != "scenes"}
    yield from _words(story.file, "story", story.line, head, pair)
    for scene in story.body["scenes"]:
        yield from _words(story.file, scene["key"], story.line, scene, pair)


def text_segments(texts: Texts, pair: tuple[str, str]) -> Iterator[Segment]:
    """A text in Markdown: its fields, then block by block. Where the numbers of blocks differ, only the shared ones."""
    source, translation = (texts.get(language) for language in pair)
    if source is None or translation is None:
        return
    yield Segment(source.file, "fields", source.line, _fields(source), _fields(translation))
    there = blocks(translation.markdown)
    for number, (block, (_, own)) in enumerate(zip(blocks(source.markdown), there, strict=False), 1):
        yield Segment(source.file, f"p{number}", source.body_line + block[0] - 1, block[1], own)


def _fields(text: LessonText | GuideText) -> str:
    return "\n".join((text.title, text.summary, *(text.objectives if isinstance(text, LessonText) else ())))


def blocks(markdown: str) -> list[tuple[int, str]]:
    """What blank lines part: (line, text). A heading, a table, an item after a blank line are one each."""
    found: list[tuple[int, str]] = []
    lines: list[str] = []
    begins = 1
    for number, line in enumerate([*markdown.split("\n"), ""], 1):
        if line.strip():
            begins = begins if lines else number
            lines.append(line)
        elif lines:
            found.append((begins, "\n".join(lines)))
            lines = []
    return found


def _term(term: TermSource, pair: tuple[str, str]) -> Iterator[Segment]:
    source, translation = (term.texts.get(language) for language in pair)
    if source and translation:
        said = ["\n".join((text.term, text.definition, text.example)) for text in (source, translation)]
        yield Segment(term.file, term.key, term.line, *said)


def _words(file: str, address: str, line: int, value: Any, pair: tuple[str, str]) -> Iterator[Segment]:
    """All {language: words} inside `value` as one segment; none while nothing of it is translated."""
    found = list(_pairs(content_of(value), pair))
    if any(translation for _, translation in found):
        source, translation = ("\n".join(side) for side in zip(*found, strict=True))
        yield Segment(file, address, line, source, translation)


def _pairs(value: Any, pair: tuple[str, str]) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        if pair[0] in value and _is_text(value[pair[0]]):
            yield _joined(value[pair[0]]), _joined(value.get(pair[1], ""))
        else:
            for each in value.values():
                yield from _pairs(each, pair)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _pairs(each, pair)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(each, str) for each in value))


def _joined(value: str | Iterable[str]) -> str:
    return value if isinstance(value, str) else "\n".join(value)

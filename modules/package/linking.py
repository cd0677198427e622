"""Follows what a lesson refers to: figures, terms, facts, other lessons. A trial rendering overlooks nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from modules.markdown import FORM, MarkdownRefused, Picture, Rendered, Surroundings, Trouble, render
from modules.markdown.words import words_for
from modules.package.digest import digest_of
from modules.package.lessons import LessonDraft, TextDraft
from modules.package.reading import Reading
from modules.package.schema import AssetSource, GuideText, LessonSource, LessonText, Package, TermSource


@dataclass(frozen=True, slots=True)
class Targets:
    """What texts of the package may refer to: terms by key, {lesson key: module key}, numbers of facts."""

    source: str
    terms: Mapping[str, TermSource]
    lessons: Mapping[str, str]
    facts: frozenset[str]


def targets_of(package: Package) -> Targets:
    return Targets(
        package.source_language,
        {term.key: term for term in package.terms},
        {lesson.key: module.key for module in package.modules for lesson in module.lessons},
        frozenset(fact.number for fact in package.facts if fact.may_be_cited),
    )


def surroundings_of(language: str, pictures: Mapping[str, AssetSource], targets: Targets) -> Surroundings:
    """The same at the check and at the import. A term without a translation keeps its name in the source language."""
    return Surroundings(
        language=language,
        pictures={
            name: Picture(f"/assets/{asset.digest}/{asset.name}", asset.width, asset.height)
            for name, asset in pictures.items()
        },
        terms={
            key: term.texts[shown].term
            for key, term in targets.terms.items()
            if (shown := _shown(term, language, targets.source))
        },
        lessons=targets.lessons,
        facts=targets.facts,
        words=words_for(language),
    )


def _shown(term: TermSource, language: str, source: str) -> str:
    return next((name for name in (language, source) if name in term.texts), "")


def pictures_for(language: str, pictures: Mapping[str, AssetSource]) -> dict[str, AssetSource]:
    """By the name that texts use: `soil.bg.svg` stands in for `soil.svg` on the Bulgarian page."""
    found = dict(pictures)
    for name in pictures:
        if own := pictures.get(f"{name.removesuffix('.svg')}.{language}.svg"):
            found[name] = own
    return found


def link_lesson(reading: Reading, draft: LessonDraft, targets: Targets) -> LessonSource:
    shown: set[str] = set()
    texts = {language: _link(reading, text, draft, targets, shown) for language, text in draft.texts.items()}
    source = draft.texts[reading.source]
    for name in draft.pictures:
        if name not in shown:
            reading.problems.warning(
                f"{draft.folder}assets/{name}",
                0,
                "",
                "No text of the lesson shows this figure.",
                "Show it, or take the file away.",
            )
    return LessonSource(draft.key, draft.position, draft.edition, draft.minutes, texts, source.file, 2)


def _link(reading: Reading, text: TextDraft, draft: LessonDraft, targets: Targets, shown: set[str]) -> LessonText:
    pictures = pictures_for(text.language, draft.pictures)
    assets: dict[str, AssetSource] = {}
    rendered: Rendered | None = None
    try:
        rendered = render(text.markdown, _trusting(reading, text, surroundings_of(text.language, pictures, targets)))
    except MarkdownRefused as refused:
        _report(reading, text, refused.troubles)
        shown.update(draft.pictures)
    if rendered:
        _report(reading, text, rendered.troubles)
        shown.update(pictures[name].name for name in rendered.pictures)
        assets = {name: replace(pictures[name], name=name) for name in rendered.pictures}
        if text.language == reading.source and rendered.minutes > draft.minutes:
            what = (
                f"Reading {rendered.words} words takes about {rendered.minutes} minutes; {draft.minutes} are announced."
            )
            reading.problems.warning(text.file, 2, "minutes", what, "Raise the minutes or shorten the text.")
    # Of a package with errors nobody asks for the digest.
    digest = _digest(text, assets, rendered, targets) if rendered and not reading.unread else ""
    return LessonText(
        text.language, text.edition, text.title, text.summary, text.objectives, text.markdown,
        tuple(assets.values()), digest, text.file, 2, text.body_line,
    )  # fmt: skip


def link_page(reading: Reading, text: TextDraft, targets: Targets) -> GuideText:
    """A page of the trainer guide: as a lesson, without figures."""
    rendered: Rendered | None = None
    try:
        rendered = render(text.markdown, _trusting(reading, text, bare_surroundings_of(text.language, targets)))
        _report(reading, text, rendered.troubles)
    except MarkdownRefused as refused:
        _report(reading, text, refused.troubles)
    digest = _digest(text, {}, rendered, targets) if rendered and not reading.unread else ""
    return GuideText(
        text.language, text.title, text.summary, text.markdown, digest, text.file, 2, text.body_line
    )  # fmt: skip


def bare_surroundings_of(language: str, targets: Targets) -> Surroundings:
    """For a text that shows no figures."""
    return replace(surroundings_of(language, {}, targets), figures=False)


def _trusting(reading: Reading, text: TextDraft, around: Surroundings) -> Surroundings:
    """Where a file could not be read, what the text says is believed."""
    if "fact" in reading.unread:
        around = replace(around, facts=frozenset(re.findall(r"\[(F[0-9]{1,6})\]", text.markdown)))
    if "term" in reading.unread:
        around = replace(around, terms={key.strip(): key for key in re.findall(r"\[\[([^\[\]|\n]+)", text.markdown)})
    if "lesson" in reading.unread:
        around = replace(around, lessons={key: key for key in re.findall(r"lesson:([^\s)>]+)", text.markdown)})
    return around


def _digest(text: TextDraft, assets: Mapping[str, AssetSource], rendered: Rendered, targets: Targets) -> str:
    """All that a reader can notice, also what comes from elsewhere: pictures, names of terms, where links lead."""
    surroundings = surroundings_of(text.language, assets, targets)
    return digest_of(
        {
            "form": FORM,
            "text": [text.language, text.edition, text.title, text.summary, list(text.objectives), text.markdown],
            "assets": {name: asset.digest for name, asset in assets.items()},
            "terms": {key: surroundings.terms[key] for key in rendered.bare_terms},
            "links": {key: targets.lessons[key] for key in rendered.lessons},
        }
    )


def _report(reading: Reading, text: TextDraft, troubles: list[Trouble]) -> None:
    for trouble in troubles:
        say = reading.problems.error if trouble.is_error else reading.problems.warning
        say(text.file, text.body_line + trouble.line - 1, "text", trouble.what, trouble.hint)

"""A folder becomes a Package, or a list of everything that is wrong with it. Reads no database and writes nothing."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from modules.package.calculators import read_calculators
from modules.package.course import ModuleDraft, folders_named, read_module, read_quizzes
from modules.package.digest import content_of, digest_of
from modules.package.facts import read_facts
from modules.package.fields import Part, is_language
from modules.package.files import PackageFolder
from modules.package.frameworks import read_review
from modules.package.guide import link_guide, read_guide
from modules.package.linking import Targets, link_lesson
from modules.package.measures.everything import measure, read_limits
from modules.package.measures.translations import read_stamps
from modules.package.problems import PackageProblem, Problems, did_you_mean
from modules.package.reading import QuestionCheck, Reading
from modules.package.schema import FORMAT, FactSource, ModuleSource, Package
from modules.package.stories import read_stories
from modules.package.tasks import read_tasks
from modules.package.terms import read_terms

FILE = "package.yaml"
MAX_VERSION = 1_000_000


def _any_question(_kind: str, _body: Mapping[str, Any]) -> list[str]:
    return []


def read_package(
    path: Path, check_question: QuestionCheck = _any_question
) -> tuple[Package | None, list[PackageProblem]]:
    """The package and its warnings; or None, with at least one error among the problems."""
    problems = Problems()
    folder = PackageFolder(path, problems)
    package = None
    if folder.root.is_dir():
        package = _read(Reading(folder, problems, check_question))
    return (None if problems.has_errors else package), problems.listed()


def _read(reading: Reading) -> Package | None:
    form = reading.form(FILE)
    if form is None or not _known_format(form):
        return None
    if not _languages(form, reading):
        return None
    languages, source = reading.languages, reading.source
    version, key = form.whole("version", low=1, high=MAX_VERSION), form.key()
    title, summary = form.words("title", languages, source, limit=200), form.words("summary", languages, source)
    licence, credits = form.text("licence", limit=60), form.words("credits", languages, source)  # noqa: A001  the field's name
    limits = read_limits(form)
    folders = folders_named(reading, form, "modules", "modules/")
    drafts = [draft for place, name in enumerate(folders, 1) if (draft := read_module(reading, name, place))]
    review, pages = read_review(form, reading), read_guide(reading, form, [draft.key for draft in drafts])
    form.finish()
    facts = read_facts(reading)
    terms = read_terms(reading, [draft.key for draft in drafts])
    targets = Targets(source, {term.key: term for term in terms}, _lessons(drafts), _citable(facts))
    modules, guide = _link(reading, drafts, facts, targets), link_guide(reading, pages, targets)
    stamps = read_stamps(reading)
    _unused(reading)
    package = Package(
        FORMAT, version, key, title, summary, source, languages, licence, credits, review,
        modules, facts, terms, guide, "", limits,
    )  # fmt: skip
    if not reading.problems.has_errors:
        reading.problems.extend(measure(package, stamps))
    return replace(package, digest=digest_of(content_of(package)))


def _known_format(form: Part) -> bool:
    """A newer form may mean something else by the same words: nothing more is read (C-21)."""
    text = form.text("format")
    if text == str(FORMAT):
        return True
    if text:
        form.error(
            "format",
            f"The package has format {text}; this service reads format {FORMAT}.",
            "Update the service, or write the package in the older form.",
        )
    return False


def _languages(form: Part, reading: Reading) -> bool:
    source = form.text("source_language")
    tags = []
    for tag, line in form.texts("languages"):
        if is_language(tag):
            tags.append(tag)
        else:
            reading.problems.warning(
                FILE,
                line,
                "languages",
                f"“{tag}” is not a language tag.",
                "Write for example en, bg or de-AT. It is left out.",
            )
    if source and source not in tags:
        form.error("source_language", f"“{source}” is not among the languages.", did_you_mean(source, tags))
        return False
    reading.languages, reading.source = tuple(tags), source
    return bool(source)


def _lessons(drafts: list[ModuleDraft]) -> dict[str, str]:
    return {lesson.key: draft.key for draft in drafts for lesson in draft.lessons}


def _citable(facts: tuple[FactSource, ...]) -> frozenset[str]:
    return frozenset(fact.number for fact in facts if fact.may_be_cited)


def _link(
    reading: Reading, drafts: list[ModuleDraft], facts: tuple[FactSource, ...], targets: Targets
) -> tuple[ModuleSource, ...]:
    by_number = {fact.number: fact for fact in facts}
    known = list(targets.lessons)
    modules = []
    for draft in drafts:
        lessons = tuple(link_lesson(reading, lesson, targets) for lesson in draft.lessons)
        quizzes = read_quizzes(reading, draft, known, by_number)
        calculators = read_calculators(reading, draft.folder, known, by_number)
        tasks = read_tasks(reading, draft.folder, known, by_number)
        stories = read_stories(reading, draft.folder)
        modules.append(draft.with_parts(lessons, quizzes, calculators, tasks, stories))
    return tuple(modules)


def _unused(reading: Reading) -> None:
    """Files that nothing leads to: most often a wrong name, or a language that package.yaml does not list (C-05)."""
    for path in reading.folder.files:
        if path not in reading.folder.used:
            reading.problems.warning(
                path, 0, "", "Nothing in the package leads to this file.", "Correct its name, or take it away."
            )

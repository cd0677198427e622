"""A package checked as a whole: form, references, the logic of its questions. Needs no database."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lms.publishing.guessing import guessing_problems
from modules.package.problems import PackageProblem, Problems, Severity
from modules.package.reader import read_package
from modules.package.schema import Package, QuizSource
from quizzes.items import ITEM_TYPES

# Fewer questions than this say nothing about a habit of the author's.
ENOUGH = 4


def check_package(path: Path) -> tuple[Package | None, list[PackageProblem]]:
    """The package and its warnings; or None and everything that is wrong, at most 100 problems."""
    package, problems = read_package(path, _question_problems)
    if package is None:
        return None, problems
    collected = Problems()
    collected.extend(problems)
    for module in package.modules:
        for quiz in module.quizzes:
            collected.extend(_habits(quiz, package.source_language))
    collected.extend(guessing_problems(package))
    return None if collected.has_errors else package, collected.listed()


def _question_problems(kind: str, body: Mapping[str, Any]) -> list[str]:
    return ITEM_TYPES[kind].check(body)


def _habits(quiz: QuizSource, language: str) -> Iterator[PackageProblem]:
    """Where a learner could guess without reading: the right choice always in one place, or always the longest."""
    bodies = [question.body["choices"] for question in quiz.questions if question.kind == "single_choice"]
    if len(bodies) < ENOUGH:
        return
    places = [next(place for place, choice in enumerate(choices, 1) if choice["right"]) for choices in bodies]
    for place in sorted(set(places)):
        if (often := places.count(place)) * 2 > len(places):
            what = f"The right choice stands in place {place} in {often} of {len(places)} questions."
            yield _warning(quiz, what, "Move some; shuffling hides it on the page, but not in the file or on paper.")
    longest = sum(_is_longest(choices, language) for choices in bodies)
    if longest * 2 > len(bodies):
        what = f"The right choice is the longest in {longest} of {len(bodies)} questions."
        yield _warning(quiz, what, "Shorten it, or say more in a wrong one.")


def _is_longest(choices: list[dict[str, Any]], language: str) -> bool:
    right = max(len(choice["text"][language]) for choice in choices if choice["right"])
    return all(len(choice["text"][language]) < right for choice in choices if not choice["right"])


def _warning(quiz: QuizSource, what: str, hint: str) -> PackageProblem:
    return PackageProblem(quiz.file, quiz.line, "questions", what, hint, Severity.WARNING)

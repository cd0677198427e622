"""docs/content-packages.md: its examples together are a package that can be imported."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from lms.publishing.checking import check_package
from modules.package.schema import Package
from quizzes.items import ITEM_TYPES

GUIDE = settings.ROOT / "docs" / "content-packages.md"
MODULE = "modules/02-living-resources/"
LESSON = f"{MODULE}lessons/01-soil-is-alive/"
FILES = [
    "package.yaml",
    f"{MODULE}module.yaml",
    f"{LESSON}lesson.en.md",
    f"{LESSON}assets/soil-crumbs.svg",
    f"{MODULE}quizzes/living-resources-final.yaml",
    f"{MODULE}quizzes/living-resources-final.bg.yaml",
    f"{MODULE}calculators/nitrogen-budget.yaml",
    f"{MODULE}calculators/nitrogen-budget.bg.yaml",
    f"{MODULE}tasks/spade-test.yaml",
    "guide/01-why-green-skills.en.md",
    "facts.yaml",
    "glossary.yaml",
]


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """The blocks of the guide that name their language, in order, as the files that they are examples of."""
    blocks = re.findall(r"^```(?:yaml|markdown|xml)\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.M | re.S)
    assert len(blocks) == len(FILES)
    for name, block in zip(FILES, blocks, strict=True):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(block, encoding="utf-8")
    return tmp_path


def _checked(path: Path) -> Package:
    package, problems = check_package(path)
    assert package is not None, [str(problem) for problem in problems]
    return package


def test_the_examples_are_a_package_without_errors(examples: Path) -> None:
    _, problems = check_package(examples)
    assert [str(problem) for problem in problems if problem.is_error] == []
    # The guide shows no translated lesson or task, and one outcome of five.
    assert {(problem.where, problem.field) for problem in problems} == {
        (f"{LESSON}lesson.bg.md", ""),
        (f"{MODULE}module.yaml", "outcomes"),
        (f"{MODULE}tasks/spade-test.bg.yaml", ""),
        ("guide/01-why-green-skills.bg.md", ""),
    }


def test_every_kind_of_question_has_an_example(examples: Path) -> None:
    kinds = {question.kind for question in _checked(examples).modules[0].quizzes[0].questions}
    assert kinds == set(ITEM_TYPES)


def test_every_file_of_the_drawing_is_explained(examples: Path) -> None:
    drawing = re.search(r"^```\n(green-skills/.*?)^```", GUIDE.read_text(encoding="utf-8"), re.M | re.S)
    assert drawing is not None
    for name in FILES:
        assert name.rsplit("/", 1)[-1].replace(".bg", "") in drawing[1]

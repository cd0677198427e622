"""A digest changes with what a learner can notice in that text, and with nothing else (C-20)."""

from pathlib import Path

import pytest

from modules.package.reader import read_package
from modules.package.schema import Package
from tests.packages.copies import LESSON, MINIMAL, QUIZZES, WATER, Copy, copy_of_minimal

EN, BG = f"{LESSON}lesson.en.md", f"{LESSON}lesson.bg.md"
MODULE, FINAL = "modules/01-soil/module.yaml", f"{QUIZZES}soil-final.yaml"


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return copy_of_minimal(tmp_path / "package")


def _read(path: Path) -> Package:
    package, problems = read_package(path)
    assert package is not None, [str(problem) for problem in problems]
    return package


def _digests(package: Package) -> dict[str, str]:
    found = {module.key: module.digest for module in package.modules}
    for module in package.modules:
        found |= {quiz.key: quiz.digest for quiz in module.quizzes}
        for lesson in module.lessons:
            found |= {f"{lesson.key} {language}": text.digest for language, text in lesson.texts.items()}
    return found


SAME = {
    "line ends": lambda copy: [
        copy.write(str(file.relative_to(copy.path)), file.read_bytes().replace(b"\n", b"\r\n"))
        for file in copy.path.rglob("*.*")
        if file.suffix in {".yaml", ".md"}
    ],
    "order of keys": lambda copy: (
        copy.edit(EN, "title: Living soil\nedition: 1\n", "edition: 1\ntitle: Living soil\n"),
        copy.edit(FINAL, "{key: salt, text: Much salt,", "{text: Much salt, key: salt,"),
        copy.edit(MODULE, "title: {en: Soil, bg: Почва}", "title: {bg: Почва, en: Soil}"),
    ),
    "quotes": lambda copy: copy.edit(EN, "title: Living soil", 'title: "Living soil"'),
    "another folder": lambda copy: (
        copy.move(LESSON, "modules/01-soil/lessons/07-else"),
        copy.edit(MODULE, "01-living-soil", "07-else"),
    ),
    "another place": lambda copy: copy.edit(
        MODULE, "[01-living-soil, 02-water-in-soil]", "[02-water-in-soil, 01-living-soil]"
    ),
    "0.80 for 0.8": lambda copy: copy.edit(FINAL, "pass_mark: 0.8", "pass_mark: 0.80"),
    "another number of minutes": lambda copy: copy.edit(EN, "minutes: 5", "minutes: 6"),
    "blank lines at the end": lambda copy: copy.append(EN, "\n\n"),
}


@pytest.mark.parametrize("name", SAME)
def test_what_a_learner_cannot_notice_in_a_text_leaves_its_digest(name: str, copy: Copy) -> None:
    """C-20."""
    SAME[name](copy)
    assert _digests(_read(copy.path)) == _digests(_read(MINIMAL))


DIFFERENT = {
    "a comma": (lambda copy: copy.edit(EN, "poor condition", "poor, condition"), {"living-soil en"}),
    "the edition": (lambda copy: copy.edit(EN, "edition: 1", "edition: 2"), {"living-soil en"}),
    "an objective": (lambda copy: copy.edit(BG, "две услуги", "три услуги"), {"living-soil bg"}),
    "a picture": (lambda copy: copy.edit(f"{LESSON}assets/crumbs.svg", "42", "43"), {"living-soil en"}),
    "a translated picture": (lambda copy: copy.edit(f"{LESSON}assets/crumbs.bg.svg", "42", "43"), {"living-soil bg"}),
    "the name of a term that is shown": (
        lambda copy: copy.edit("glossary.yaml", "term: Humus", "term: Mould"),
        {"living-soil en"},
    ),
    "the name of a term that is not shown": (
        lambda copy: copy.edit("glossary.yaml", "Soil crumb", "Crumb of soil"),
        set(),
    ),
    "feedback": (lambda copy: copy.edit(FINAL, "Water runs", "The water runs"), {"soil-final"}),
    "feedback in a translation": (
        lambda copy: copy.edit(f"{QUIZZES}soil-final.bg.yaml", "Водата минава", "Дъждът минава"),
        {"soil-final"},
    ),
    "points": (lambda copy: copy.edit(FINAL, "points: 1", "points: 3"), {"soil-final"}),
    "the module's hours": (lambda copy: copy.edit(MODULE, "hours: 1.5", "hours: 2"), {"soil"}),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_what_a_learner_can_notice_changes_the_digest_of_that_text_alone(name: str, copy: Copy) -> None:
    change, changed = DIFFERENT[name]
    change(copy)
    before, after = _digests(_read(MINIMAL)), _digests(_read(copy.path))
    assert {key for key in before if before[key] != after[key]} == changed


def test_a_lesson_that_moves_to_another_module_changes_the_pages_that_link_to_it(copy: Copy) -> None:
    copy.move(WATER, "modules/02-water/lessons/01-water-in-soil")
    copy.edit(MODULE, ", 02-water-in-soil]", "]")
    copy.edit("package.yaml", "[01-soil]", "[01-soil, 02-water]")
    text = copy.read(MODULE).replace("key: soil\n", "key: water\n").replace("soil-final", "water-final")
    copy.write("modules/02-water/module.yaml", text.replace("01-living-soil", "01-water-in-soil"))
    for file in ("soil-final.yaml", "soil-final.bg.yaml"):
        copy.write(
            f"modules/02-water/quizzes/{file.replace('soil', 'water')}",
            copy.read(QUIZZES + file).replace("soil-final", "water-final"),
        )
    before, after = _digests(_read(MINIMAL)), _digests(_read(copy.path))
    assert {key for key in before if before[key] != after[key]} == {"living-soil en", "living-soil bg"}


def test_the_digest_of_the_package_changes_with_every_change(copy: Copy) -> None:
    """The API tells its clients by it that there is something new."""
    seen = {_read(copy.path).digest}
    for file, old, new in [
        ("package.yaml", "version: 1", "version: 2"),
        (MODULE, "[01-living-soil, 02-water-in-soil]", "[02-water-in-soil, 01-living-soil]"),
        (EN, "minutes: 5", "minutes: 6"),
        (FINAL, "purpose: final", "purpose: final\nlesson: living-soil"),
        ("facts.yaml", "status: V", "status: S"),
        ("glossary.yaml", "example: Dark soil", "example: A dark soil"),
        (f"{LESSON}assets/crumbs.svg", "42", "43"),
    ]:
        copy.edit(file, old, new)
        seen.add(_read(copy.path).digest)
    assert len(seen) == 8

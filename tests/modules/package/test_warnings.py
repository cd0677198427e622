"""What is said without refusing the package (C-05, C-15)."""

from pathlib import Path

import pytest

from modules.package.problems import PackageProblem
from modules.package.reader import read_package
from modules.package.schema import Package
from tests.packages.copies import LESSON, QUIZZES, WATER, Copy, copy_of_minimal

EN, BG = f"{LESSON}lesson.en.md", f"{LESSON}lesson.bg.md"
MODULE, FINAL = "modules/01-soil/module.yaml", f"{QUIZZES}soil-final.yaml"
RAIN, DIG = "modules/01-soil/calculators/rain-on-a-field.yaml", "modules/01-soil/tasks/dig-and-look.yaml"


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return copy_of_minimal(tmp_path / "package")


def _read(path: Path) -> Package:
    package, problems = read_package(path)
    assert package is not None, [str(problem) for problem in problems]
    return package


def _warnings(copy: Copy) -> list[PackageProblem]:
    package, problems = read_package(copy.path)
    assert package is not None, [str(problem) for problem in problems]
    return problems


WARNED = {
    "term": (
        lambda copy: copy.edit("glossary.yaml", copy.read("glossary.yaml").splitlines()[-1], ""),
        "glossary.yaml",
        "into “bg” is missing",
    ),
    "title of a quiz": (
        lambda copy: copy.edit(f"{QUIZZES}soil-check.bg.yaml", "title: Проверете се\n", ""),
        f"{QUIZZES}soil-check.bg.yaml",
        "“title” is not translated",
    ),
    "all questions": (
        lambda copy: copy.write(f"{QUIZZES}soil-check.bg.yaml", "title: Проверете се\n"),
        f"{QUIZZES}soil-check.bg.yaml",
        "“questions” is not translated",
    ),
    "question as a whole": (
        lambda copy: copy.write(f"{QUIZZES}soil-check.bg.yaml", "title: Проверете се\nquestions: {}\n"),
        f"{QUIZZES}soil-check.bg.yaml",
        "“who-lives” is not translated",
    ),
    "an objective": (
        lambda copy: copy.edit(EN, "  - Name two services", "  - Dig\n  - Name two services"),
        BG,
        "1 objectives; the source has 2",
    ),
    "lesson": (lambda copy: copy.remove(f"{WATER}lesson.bg.md"), f"{WATER}lesson.bg.md", "missing"),
    "quiz": (lambda copy: copy.remove(f"{QUIZZES}soil-final.bg.yaml"), f"{QUIZZES}soil-final.bg.yaml", "missing"),
    "words": (lambda copy: copy.edit(MODULE, "{en: Soil, bg: Почва}", "{en: Soil}"), MODULE, "into “bg” is missing"),
    "question": (
        lambda copy: copy.edit(f"{QUIZZES}soil-check.bg.yaml", "    explain: Червеите си проправят път.\n", ""),
        f"{QUIZZES}soil-check.bg.yaml",
        "“explain” is not translated",
    ),
    "choice": (
        lambda copy: copy.edit(f"{QUIZZES}soil-check.bg.yaml", ", stones: Камъните}", "}"),
        f"{QUIZZES}soil-check.bg.yaml",
        "choice “stones”",
    ),
    "a tag that is none": (
        lambda copy: copy.edit("package.yaml", "languages: [en, bg]", "languages: [en, bg, b_g]"),
        "package.yaml",
        "not a language tag",
    ),
    "words in a language that is not listed": (
        lambda copy: copy.edit(MODULE, "{en: Soil, bg: Почва}", "{en: Soil, bg: Почва, de: Boden}"),
        MODULE,
        "not among the languages",
    ),
}


@pytest.mark.parametrize("name", WARNED)
def test_a_missing_translation_is_a_warning(name: str, copy: Copy) -> None:
    """C-15."""
    change, file, says = WARNED[name]
    change(copy)
    assert [(problem.where, problem.is_error) for problem in _warnings(copy)] == [(file, False)]
    assert says in _warnings(copy)[0].what


def test_without_a_translation_the_package_has_the_other_languages(copy: Copy) -> None:
    """C-15."""
    copy.remove(BG)
    assert set(_read(copy.path).modules[0].lessons[0].texts) == {"en"}


def test_a_translation_behind_its_source_is_a_warning(copy: Copy) -> None:
    """C-15."""
    copy.edit(EN, "edition: 1", "edition: 2")
    (warning,) = _warnings(copy)
    assert (warning.where, warning.field) == (BG, "edition")
    assert _read(copy.path).modules[0].lessons[0].texts["bg"].edition == 1


@pytest.mark.parametrize(
    "file",
    ["notes.txt", f"{LESSON}lesson.de.md", f"{QUIZZES}soil-final.de.yaml", f"{LESSON}notes/a.md", "modules/a.yaml"],
)
def test_a_file_that_nothing_leads_to_is_a_warning(file: str, copy: Copy) -> None:
    """C-05."""
    copy.write(file, "something\n")
    assert [(problem.where, problem.is_error) for problem in _warnings(copy)] == [(file, False)]


def test_a_folder_that_is_not_listed_is_one_warning(copy: Copy) -> None:
    """C-05."""
    copy.edit(MODULE, ", 02-water-in-soil]", "]")
    copy.edit(EN, "[the next lesson](lesson:water-in-soil)", "on")
    copy.edit(BG, "[следващия урок](lesson:water-in-soil)", "нататък")
    copy.edit(FINAL, "    lesson: water-in-soil\n", "")
    # The lesson also was the only one to use a term.
    assert [problem.where for problem in _warnings(copy)] == ["glossary.yaml", WATER.rstrip("/")]


def test_a_figure_that_no_text_shows_is_a_warning(copy: Copy) -> None:
    """C-05."""
    copy.write(f"{LESSON}assets/roots.svg", copy.read(f"{LESSON}assets/crumbs.svg"))
    assert [problem.where for problem in _warnings(copy)] == [f"{LESSON}assets/roots.svg"]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('viewBox="0 0 640 300"', 'viewBox="0 0 320 150"', "svg.viewBox"),
        ("<svg ", '<svg width="640" ', "svg.width"),
        (' role="img"', "", "svg.role"),
        ("<title>A crumb</title>", "", "svg.title"),
        ("font:24px", "font:600 18px", "font-size"),
        ('<text x="32"', '<text font-size="12" x="32"', "font-size"),
    ],
)
def test_a_figure_that_a_phone_shows_badly_is_a_warning(old: str, new: str, field: str, copy: Copy) -> None:
    copy.edit(f"{LESSON}assets/crumbs.svg", old, new)
    assert [problem.field for problem in _warnings(copy)] == [field]


def test_a_figure_over_30_kb_is_a_warning(copy: Copy) -> None:
    copy.append(f"{LESSON}assets/crumbs.svg", f"<!-- {'a' * 31_000} -->")
    assert "31 kB" in _warnings(copy)[0].what


def test_html_in_a_lesson_is_a_warning(copy: Copy) -> None:
    """M-01: it is shown as text."""
    copy.edit(EN, "## Crumbs", "## <b>Crumbs</b>")
    (warning,) = _warnings(copy)
    assert (warning.line, "HTML" in warning.what) == (copy.line_of(EN, "<b>"), True)


def test_fewer_minutes_than_reading_takes_is_a_warning(copy: Copy) -> None:
    copy.append(EN, "\nword" * 900 + "\n")
    (problem,) = read_package(copy.path)[1][:1]
    assert problem.is_error  # nine hundred lines in one paragraph
    copy.edit(EN, "\nword" * 900, "\n\n" + "word " * 900)
    assert [problem.field for problem in _warnings(copy) if problem.where == EN] == ["minutes"]


def test_a_long_definition_is_a_warning(copy: Copy) -> None:
    copy.edit("glossary.yaml", "What is left of plants in the soil.", "word " * 31)
    assert [problem.field for problem in _warnings(copy)] == ["humus.en.definition"]


def test_a_text_that_turns_round_is_a_warning_where_it_may_be_meant(copy: Copy) -> None:
    """M-09: in a long text; in a title it is an error."""
    copy.edit(FINAL, "Much salt", "Much \u202esalt")
    assert [problem.field for problem in _warnings(copy)] == ["questions[1].choices[2].text"]


def test_a_package_needs_neither_facts_nor_glossary(copy: Copy) -> None:
    for file in ("facts.yaml", "glossary.yaml"):
        copy.remove(file)
    for file in copy.path.rglob("*.md"):
        text = file.read_text(encoding="utf-8").replace("[[humus]]", "humus").replace("[F1]", "").replace("[F3]", "")
        file.write_text(
            text.replace("[[soil-crumb|crumb]]", "crumb").replace("[[soil-crumb|Трохата]]", "Тя"), encoding="utf-8"
        )
    copy.edit(FINAL, "    facts: [F1]\n", "")
    copy.edit(RAIN, "facts: [F3]\n", "")
    copy.edit(DIG, "facts: [F1]\n", "")
    assert (_read(copy.path).facts, _read(copy.path).terms) == ((), ())


def test_a_figure_may_say_its_encoding(copy: Copy) -> None:
    copy.edit(f"{LESSON}assets/crumbs.svg", "<svg ", '<?xml version="1.0" encoding="UTF-8"?><svg ')
    assert _warnings(copy) == []


def test_hidden_files_are_passed_over(copy: Copy) -> None:
    copy.write(".DS_Store", b"\x00\xff")
    copy.write(".git/config", "x")
    assert _warnings(copy) == []

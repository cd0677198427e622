"""A package is read as docs/content-packages.md says."""

from decimal import Decimal
from pathlib import Path

import pytest

from modules.package.problems import SHOWN, PackageProblem, Problems
from modules.package.questions import KINDS
from modules.package.reader import read_package
from modules.package.schema import Package
from quizzes.items import ITEM_TYPES
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


def _warnings(copy: Copy) -> list[PackageProblem]:
    package, problems = read_package(copy.path)
    assert package is not None, [str(problem) for problem in problems]
    return problems


def test_the_smallest_package_has_no_problem() -> None:
    assert read_package(MINIMAL)[1] == []


def test_every_field_arrives_with_its_type() -> None:
    package = _read(MINIMAL)
    assert (package.format, package.version, package.key) == (1, 1, "small-farm")
    assert (package.languages, package.source_language) == (("en", "bg"), "en")
    (module,) = package.modules
    assert (module.hours, module.field_hours, module.sdgs, module.eqf) == (Decimal("1.5"), Decimal(2), (6, 15), 3)
    assert [lesson.key for lesson in module.lessons] == ["living-soil", "water-in-soil"]
    assert [quiz.key for quiz in module.quizzes] == ["soil-check", "soil-final"]
    final = module.quizzes[1]
    assert (final.pass_mark, final.attempts_allowed, final.shuffle, final.lesson) == (Decimal("0.8"), 0, True, None)
    assert [fact.number for fact in package.facts if fact.may_be_cited] == ["F1", "F3"]
    assert package.terms[0].texts["bg"].term == "Хумус"


def test_a_question_gathers_the_words_of_all_its_languages() -> None:
    questions = {question.key: question for question in _read(MINIMAL).modules[0].quizzes[1].questions}
    assert questions["cubic-metres"].body == {
        "stem": {"en": "It rains 5 mm on 2 ha. How much is that?", "bg": "Вали 5 mm на 2 ha. Колко е това?"},
        "answer": "100",
        "tolerance": "1",
        "unit": {"en": "m³", "bg": "m³"},
        "explain": {"en": "5 × 10 × 2 = 100 m³.", "bg": "5 × 10 × 2 = 100 m³."},
        "lesson": "water-in-soil",
        "competence": None,
        "facts": [],
    }
    assert questions["holds-water"].body["choices"][1] == {
        "key": "salt",
        "text": {"en": "Much salt", "bg": "Много сол"},
        "right": False,
        "feedback": {"en": "Salt breaks the crumbs.", "bg": "Солта разрушава трохите."},
    }


def test_every_kind_of_question_that_can_be_marked_can_be_written() -> None:
    assert set(KINDS) == set(ITEM_TYPES)


def test_the_text_of_a_lesson_knows_its_pictures_and_where_it_begins() -> None:
    lesson = _read(MINIMAL).modules[0].lessons[0]
    english, bulgarian = lesson.texts["en"], lesson.texts["bg"]
    assert (lesson.minutes, english.edition, english.body_line) == (5, 1, 10)
    assert english.markdown.startswith("Most soils")
    assert [(asset.name, asset.width, asset.height) for asset in english.assets] == [("crumbs.svg", 640, 300)]
    # The translated figure stands in under the name that the text uses.
    assert [asset.name for asset in bulgarian.assets] == ["crumbs.svg"]
    assert bulgarian.assets[0].content != english.assets[0].content


# --- Digests: what a learner can notice ------------------------------------------------------------------------------


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


# --- Warnings: imported all the same ---------------------------------------------------------------------------------


WARNED = {
    "term": (
        lambda copy: copy.edit("glossary.yaml", copy.read("glossary.yaml").splitlines()[-1], ""),
        "glossary.yaml",
        "into “bg” is missing",
    ),
    "title of a quiz": (
        lambda copy: copy.edit(f"{QUIZZES}soil-check.bg.yaml", "title: Проверете се\n", ""),
        f"{QUIZZES}soil-check.bg.yaml",
        "title is not translated",
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
    assert [problem.where for problem in _warnings(copy)] == [WATER.rstrip("/")]


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
    assert [problem.field for problem in _warnings(copy)] == ["minutes"]


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
    assert (_read(copy.path).facts, _read(copy.path).terms) == ((), ())


def test_a_figure_may_say_its_encoding(copy: Copy) -> None:
    copy.edit(f"{LESSON}assets/crumbs.svg", "<svg ", '<?xml version="1.0" encoding="UTF-8"?><svg ')
    assert _warnings(copy) == []


def test_hidden_files_are_passed_over(copy: Copy) -> None:
    copy.write(".DS_Store", b"\x00\xff")
    copy.write(".git/config", "x")
    assert _warnings(copy) == []


# --- All at once, and not more than can be read ----------------------------------------------------------------------


def test_all_mistakes_are_named_at_once(copy: Copy) -> None:
    copy.edit(EN, "title: Living soil", "tittle: Living soil")
    copy.edit(FINAL, "pass_mark: 0.8", "pass_mark: 80")
    copy.edit("facts.yaml", "status: V", "status: W")
    copy.edit(f"{LESSON}assets/crumbs.svg", "<rect ", "<script/><rect ")
    copy.edit("glossary.yaml", "related: [soil-crumb]", "related: [nothing]")
    named = {problem.where for problem in read_package(copy.path)[1] if problem.is_error}
    assert named >= {EN, FINAL, "facts.yaml", f"{LESSON}assets/crumbs.svg", "glossary.yaml"}


@pytest.mark.parametrize(
    ("file", "old"),
    [
        (MODULE, "hours: 1.5"),
        ("facts.yaml", "as_of: "),
        ("glossary.yaml", "module: soil"),
        (EN, "edition: 1"),
        (FINAL, "points: 1"),
    ],
)
def test_a_file_that_cannot_be_read_does_not_make_others_look_wrong(file: str, old: str, copy: Copy) -> None:
    copy.edit(file, old, "x: [")
    assert [problem.where for problem in read_package(copy.path)[1]] == [file]


def test_no_more_than_a_hundred_problems_are_shown_and_the_rest_counted(copy: Copy) -> None:
    copy.append("facts.yaml", "".join(f"X{number}: {{}}\n" for number in range(150)))
    problems = read_package(copy.path)[1]
    assert len(problems) == SHOWN
    assert problems[-1].what == "51 more problems."


def test_counting_goes_on_beyond_what_is_kept() -> None:
    problems = Problems()
    for line in range(5_000):
        problems.error("a", line, "", "x", "y")
    assert problems.listed()[-1].what == "4901 more problems."


def test_a_folder_that_is_not_there_is_said() -> None:
    package, problems = read_package(Path("nowhere"))
    assert package is None
    assert "no such folder" in problems[0].what


def test_a_file_instead_of_a_folder_is_said() -> None:
    assert "no such folder" in read_package(MINIMAL / "package.yaml")[1][0].what


def test_a_file_that_cannot_be_opened_is_said(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("modules.package.files.os.open", refuse)
    assert "Permission denied" in read_package(copy.path)[1][0].what


def test_a_folder_of_too_many_files_is_said(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("modules.package.files.MAX_FILES", 3)
    assert any("More than 3 files" in problem.what for problem in read_package(copy.path)[1])


def test_folders_too_deep_are_said(copy: Copy) -> None:
    copy.write("/".join("abcdefghijkl") + "/x.md", "x")
    assert any("deep" in problem.what for problem in read_package(copy.path)[1])

"""A package is read as docs/content-packages.md says."""

from decimal import Decimal
from pathlib import Path

import pytest

from modules.package.problems import SHOWN, Problems
from modules.package.questions import KINDS
from modules.package.reader import read_package
from modules.package.schema import Package
from quizzes.items import ITEM_TYPES
from tests.packages.broken.mistakes import CHECK_BG
from tests.packages.broken.question_kinds import add_kinds
from tests.packages.copies import LESSON, MINIMAL, QUIZZES, Copy, copy_of_minimal

EN, BG = f"{LESSON}lesson.en.md", f"{LESSON}lesson.bg.md"
MODULE, FINAL = "modules/01-soil/module.yaml", f"{QUIZZES}soil-final.yaml"


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return copy_of_minimal(tmp_path / "package")


def _read(path: Path) -> Package:
    package, problems = read_package(path)
    assert package is not None, [str(problem) for problem in problems]
    return package


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


def test_the_further_kinds_are_read_with_the_words_of_all_languages(copy: Copy) -> None:
    add_kinds(copy)
    quiz = _read(copy.path).modules[0].quizzes[0]
    bodies = {question.key: question.body for question in quiz.questions}
    assert bodies["a-statement"]["answer"] is True
    assert bodies["pairs"]["prompts"][0] == {
        "key": "worm",
        "text": {"en": "A worm", "bg": "Червей"},
        "match": "digs",
        "feedback": {"en": "It digs.", "bg": "Копае."},
    }
    assert bodies["steps"]["items"][0] == {"key": "dig", "text": {"en": "Dig", "bg": "Копай"}}
    assert bodies["a-word"]["answers"] == {"en": ["worms", "a worm"], "bg": ["червеи"]}
    assert bodies["holes"]["text"] == {"en": "Worms {act} the soil.", "bg": "Червеите {act} почвата."}
    assert bodies["holes"]["gaps"][0]["choices"][1] == {
        "key": "press",
        "text": {"en": "press", "bg": "тъпчат"},
        "right": False,
        "feedback": {"en": "Wheels press.", "bg": "Колелата тъпчат."},
    }
    for question in quiz.questions:
        assert ITEM_TYPES[question.kind].check(question.body) == []


def test_what_the_translation_leaves_out_is_missed(copy: Copy) -> None:
    """C-15"""
    add_kinds(copy)
    copy.edit(CHECK_BG, "rain: Дъжд", "")
    copy.edit(CHECK_BG, "answers: [червеи], ", "")
    fields = {problem.field for problem in read_package(copy.path)[1]}
    assert {"questions.pairs.prompts.rain", "questions.a-word.answers"} <= fields


def test_the_text_of_a_lesson_knows_its_pictures_and_where_it_begins() -> None:
    lesson = _read(MINIMAL).modules[0].lessons[0]
    english, bulgarian = lesson.texts["en"], lesson.texts["bg"]
    assert (lesson.minutes, english.edition, english.body_line) == (5, 1, 10)
    assert english.markdown.startswith("Most soils")
    assert [(asset.name, asset.width, asset.height) for asset in english.assets] == [("crumbs.svg", 640, 300)]
    # The translated figure stands in under the name that the text uses.
    assert [asset.name for asset in bulgarian.assets] == ["crumbs.svg"]
    assert bulgarian.assets[0].content != english.assets[0].content


# --- All at once, and not more than can be read ------------------------------------------------------------------


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

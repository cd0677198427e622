"""What a check says beyond form and references: the habits of whoever writes the questions."""

from pathlib import Path

import pytest

from lms.publishing.checking import check_package
from tests.packages.copies import MINIMAL, QUIZZES, Copy

CHECK, CHECK_BG = f"{QUIZZES}soil-check.yaml", f"{QUIZZES}soil-check.bg.yaml"


def _quiz(copy: Copy, right_places: list[int], *, right_text: str = "Right") -> list[str]:
    """Warnings for a practice quiz whose right choices stand in these places."""
    questions, words = "", ""
    for number, place in enumerate(right_places):
        texts = ["Aaaaaaaa one", "Bbbbbbbb two", "Cccccccc three"]
        choices = [
            f"      - {{key: c{at}, text: {right_text}, right: true}}"
            if at == place
            else f"      - {{key: c{at}, text: {texts[at - 1]}, feedback: No.}}"
            for at in (1, 2, 3)
        ]
        lines = "\n".join(choices)
        questions += (
            f"  - key: q{number}\n    kind: single_choice\n    stem: Which?\n    choices:\n{lines}\n    explain: So.\n"
        )
        feedback = ", ".join(f"c{at}: Не." for at in (1, 2, 3) if at != place)
        words += f"  q{number}:\n    stem: Кое?\n    choices: {{c1: Аа, c2: Бб, c3: Вв}}\n"
        words += f"    feedback: {{{feedback}}}\n    explain: Така.\n"
    head = "key: soil-check\ntitle: Check\npurpose: practice\npass_mark: 0.5\nquestions:\n"
    copy.write(CHECK, head + questions)
    copy.write(CHECK_BG, f"title: Проверка\nquestions:\n{words}")
    package, problems = check_package(copy.path)
    assert package is not None, [str(problem) for problem in problems]
    assert {problem.where for problem in problems} <= {CHECK}
    return [problem.what for problem in problems]


def test_the_smallest_package_has_no_problem() -> None:
    package, problems = check_package(MINIMAL)
    assert package is not None
    assert problems == []


@pytest.mark.parametrize(
    ("places", "warned"), [([1, 1, 1, 2], True), ([1, 1, 2, 2], False), ([1, 2, 3, 1], False), ([3, 3, 3], False)]
)
def test_the_right_choice_is_not_always_in_the_same_place(places: list[int], warned: bool, copy: Copy) -> None:
    assert any("stands in place" in what for what in _quiz(copy, places)) == warned


@pytest.mark.parametrize(("text", "warned"), [("A right one that goes on and on", True), ("Right", False)])
def test_the_right_choice_is_not_always_the_longest(text: str, warned: bool, copy: Copy) -> None:
    assert any("is the longest" in what for what in _quiz(copy, [1, 2, 3, 1], right_text=text)) == warned


def test_problems_of_form_and_of_logic_are_named_in_one_go(copy: Copy) -> None:
    copy.edit(CHECK, "feedback: Stones do not move.", "right: true")
    copy.edit(CHECK_BG, "    feedback: {stones: Камъните не се движат.}\n", "")
    copy.edit("facts.yaml", "status: V", "status: W")
    package, problems = check_package(copy.path)
    assert package is None
    assert {(problem.where, problem.field) for problem in problems if problem.is_error} == {
        (CHECK, "questions[1].choices"),
        ("facts.yaml", "F1.status"),
    }


def test_a_folder_that_is_not_there_is_a_problem() -> None:
    package, problems = check_package(Path("nowhere"))
    assert package is None
    assert len(problems) == 1

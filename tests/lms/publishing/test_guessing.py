"""No habit pays: neither a place, nor the longest or shortest text, nor always true."""

from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings

from lms.publishing.checking import check_package
from lms.publishing.guessing import Habit, guessing_problems, habits
from modules.package.schema import ModuleSource, Package, QuestionSource, QuizSource


def _package(questions: list[QuestionSource]) -> Package:
    quiz = QuizSource(
        "q",
        "practice",
        None,
        {"en": "Q"},
        Decimal("0.8"),
        0,
        shuffle=False,
        draw=0,
        questions=tuple(questions),
        digest="",
        file="q.yaml",
        line=1,
    )
    module = ModuleSource(
        "m", 1, {}, {}, (), Decimal(1), Decimal(0), (), (), None, (), (), (quiz,), (), (), (), "", "m.yaml", 1
    )
    return Package(1, 1, "p", {}, {}, "en", ("en",), "", {}, {}, (module,), (), (), (), "")


def _question(kind: str, body: dict[str, Any]) -> QuestionSource:
    return QuestionSource("k", kind, 1, body, "", "q.yaml", 1)


def _single(right: int, lengths: tuple[int, ...]) -> QuestionSource:
    choices = [{"text": {"en": "x" * length}, "right": place == right} for place, length in enumerate(lengths, 1)]
    return _question("single_choice", {"choices": choices})


def _names(questions: list[QuestionSource]) -> list[str]:
    return [habit.name for habit in habits(_package(questions)) if habit.pays]


def test_the_first_place_pays_when_it_is_right_too_often() -> None:
    often = [_single(1 if number % 2 else 2 + number % 3, (5, 5, 5, 5)) for number in range(60)]
    assert _names(often) == ["place 1 of the choices"]


def test_places_in_turn_pay_nothing() -> None:
    assert _names([_single(1 + number % 4, (5, 5, 5, 5)) for number in range(60)]) == []


@pytest.mark.parametrize(
    ("lengths", "name"), [((9, 5, 5), "the longest choice (en)"), ((2, 5, 5), "the shortest choice (en)")]
)
def test_length_pays_when_it_tells_the_right_one(lengths: tuple[int, ...], name: str) -> None:
    turned = [
        _single(1 + shift % 3, lengths[-(shift % 3) :] + lengths[: -(shift % 3)] if shift % 3 else lengths)
        for shift in range(48)
    ]
    assert _names(turned) == [name]


def test_always_true_pays_when_most_are_true() -> None:
    assert _names([_question("true_false", {"answer": number % 10 != 0}) for number in range(50)]) == [
        "“true” in true/false questions"
    ]


def test_a_few_questions_say_nothing() -> None:
    assert _names([_single(1, (5, 5, 5, 5))] * 20) == []


def test_a_habit_that_pays_is_an_error_with_its_numbers() -> None:
    problems = list(guessing_problems(_package([_single(1, (5, 5, 5, 5))] * 40)))
    assert [problem.is_error for problem in problems] == [True]
    assert "gets 40 of 40 right; chance gives 10" in problems[0].what


def test_chance_itself_does_not_pay() -> None:
    assert not Habit("x", 100, 25, 25, 4.3).pays
    assert not Habit("x", 100, 37, 25, 4.3).pays
    assert Habit("x", 100, 39, 25, 4.3).pays


def test_no_habit_pays_in_our_own_package() -> None:
    package, _ = check_package(settings.ROOT / "fixtures" / "green-skills")
    assert package is not None
    assert [habit for habit in habits(package) if habit.pays] == []

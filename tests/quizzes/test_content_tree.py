"""What programs are told about quizzes."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from quizzes.content_tree import QuizLine, quiz_lines
from tests.factories.modules import make_lesson, make_module
from tests.factories.quizzes import make_quiz

pytestmark = pytest.mark.django_db


def test_a06_a_line_has_no_place_for_questions() -> None:
    """A-06: whoever adds a field here must mean it."""
    assert {field.name for field in fields(QuizLine)} == {
        "key",
        "title",
        "language",
        "requested_language",
        "fallback",
        "purpose",
        "lesson",
        "question_count",
    }


def test_live_quizzes_of_the_module_are_told_in_one_query(
    django_assert_num_queries: Callable[[int], Any], now: Any
) -> None:
    module = make_module()
    lesson = make_lesson(module)
    make_quiz(module, "b-final", kinds=("numeric",))
    make_quiz(module, "a-practice", purpose="practice", lesson=lesson)
    make_quiz(module, "gone", purpose="practice", retired_at=now)
    make_quiz()
    with django_assert_num_queries(1):
        lines = quiz_lines(module.pk, ("bg",))
    assert [(line.key, line.purpose, line.lesson, line.question_count) for line in lines] == [
        ("a-practice", "practice", lesson.key, 3),
        ("b-final", "final", None, 1),
    ]
    assert lines[1].title == "Тест b-final"

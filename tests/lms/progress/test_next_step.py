"""The next step, as in docs/algorithms/next-step.md."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from lms.progress.next_step import LessonLine, QuizLine, Work, next_step
from lms.shared.languages import Said

WORDS = Said("Words", "en")
MONDAY = datetime(2027, 3, 15, 9, 0, tzinfo=UTC)
ATTEMPT = UUID(int=7)


def lesson(key: str, state: str = "new", **fields: Any) -> LessonLine:
    defaults: dict[str, Any] = {"number": 1, "title": WORDS, "summary": WORDS, "minutes": 12, "required": True}
    return LessonLine(key=key, state=state, **{**defaults, **fields})


def quiz(key: str = "final", **fields: Any) -> QuizLine:
    defaults: dict[str, Any] = {
        "title": WORDS,
        "is_final": True,
        "questions": 10,
        "pass_mark": Decimal("0.8"),
        "tries": 0,
        "tries_left": None,
        "best": None,
        "passed": False,
        "open_attempt": None,
    }
    return QuizLine(key=key, **{**defaults, **fields})


def work(number: int = 1, *lessons: LessonLine, quizzes: tuple[QuizLine, ...] = (), **fields: Any) -> Work:
    return Work(key=f"m{number}", number=number, title=WORDS, lessons=lessons, quizzes=quizzes, **fields)


IN_A_MODULE = [
    ("the first lesson that is not done", work(1, lesson("a", "done"), lesson("b")), "lesson", "b"),
    ("a lesson that was begun, in its order", work(1, lesson("a"), lesson("b", "started")), "lesson", "a"),
    ("not an optional lesson", work(1, lesson("a", required=False), lesson("b")), "lesson", "b"),
    ("not a lesson that was updated", work(1, lesson("a", "updated"), lesson("b")), "lesson", "b"),
    ("the final when all lessons are done", work(1, lesson("a", "done"), quizzes=(quiz(),)), "quiz", "final"),
    ("not the practice", work(1, quizzes=(quiz("practice", is_final=False), quiz())), "quiz", "final"),
    ("an attempt before all else", work(1, lesson("a"), quizzes=(quiz("p", open_attempt=ATTEMPT),)), "attempt", "p"),
    ("the last try", work(1, quizzes=(quiz(tries=2, tries_left=1),)), "quiz", "final"),
]


@pytest.mark.parametrize(
    ("module", "kind", "key"), [row[1:] for row in IN_A_MODULE], ids=[row[0] for row in IN_A_MODULE]
)
def test_in_a_module_the_step_is(module: Work, kind: str, key: str) -> None:
    step = next_step([module])
    target = step.lesson or step.quiz
    assert step.kind == kind
    assert target is not None
    assert target.key == key


def test_the_module_touched_last_comes_before_the_order_of_the_course() -> None:
    modules = [work(1, lesson("a")), work(2, lesson("b"), last_active_at=MONDAY)]
    assert next_step(modules).module == modules[1]


def test_without_activity_the_order_of_the_course_decides() -> None:
    modules = [work(2, lesson("b")), work(1, lesson("a"))]
    assert next_step(modules).module == modules[1]


def test_a_module_without_tries_left_is_passed_over() -> None:
    modules = [work(1, quizzes=(quiz(tries=3, tries_left=0),), last_active_at=MONDAY), work(2, lesson("b"))]
    assert next_step(modules).module == modules[1]


def test_a_completed_module_is_passed_over_even_with_a_new_lesson() -> None:
    modules = [work(1, lesson("new"), completed=True), work(2, lesson("b"))]
    assert next_step(modules).module == modules[1]


def test_a_module_that_is_not_open_is_passed_over() -> None:
    modules = [work(1, lesson("a"), is_open=False, opens_on=date(2027, 4, 1)), work(2, lesson("b"))]
    assert next_step(modules).module == modules[1]


def test_only_who_has_done_nothing_starts() -> None:
    assert next_step([work(1, lesson("a"))]).is_first
    assert not next_step([work(1, lesson("a"), last_active_at=MONDAY)]).is_first
    assert not next_step([work(1, completed=True), work(2, lesson("a"))]).is_first


def test_the_first_day_to_come_is_waited_for() -> None:
    days = [date(2027, 5, 1), date(2027, 4, 1)]
    modules = [work(n, lesson("a"), is_open=False, opens_on=day) for n, day in enumerate(days, start=1)]
    step = next_step([*modules, work(3, completed=True)])
    assert (step.kind, step.opens_on) == ("wait", date(2027, 4, 1))


def test_all_completed_is_finished() -> None:
    assert next_step([work(1, completed=True), work(2, completed=True)]).kind == "finished"


def test_no_tries_left_anywhere_is_stuck() -> None:
    assert next_step([work(1, quizzes=(quiz(tries=3, tries_left=0),))]).kind == "stuck"


def test_nothing_open_and_no_day_is_stuck() -> None:
    assert next_step([work(1, lesson("a"), is_open=False)]).kind == "stuck"


def test_no_module_is_nothing() -> None:
    assert next_step([]).kind == "nothing"

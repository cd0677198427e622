"""When a module is complete: docs/algorithms/completion.md as a table."""

from datetime import UTC, datetime

import pytest

from lms.progress.rules import Standing, is_complete, state

SEEN = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("total", "done", "has_final", "quiz_passed", "complete"),
    [
        (3, 3, True, True, True),
        (3, 2, True, True, False),
        (3, 3, True, False, False),
        (3, 0, True, False, False),
        (3, 3, False, False, True),
        (3, 2, False, False, False),
        (0, 0, True, True, True),
        (0, 0, True, False, False),
        (0, 0, False, False, False),
    ],
)
def test_all_required_lessons_and_the_final_quiz(
    total: int, done: int, has_final: bool, quiz_passed: bool, complete: bool
) -> None:
    standing = Standing(total=total, done=done, has_final=has_final, quiz_passed=quiz_passed)
    assert is_complete(standing) is complete


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (Standing(total=2, has_final=True), "not_started"),
        (Standing(total=2, has_final=True, last_active_at=SEEN), "started"),
        (Standing(total=2, has_final=True, done=2, last_active_at=SEEN), "started"),
        (Standing(total=2, has_final=True, done=2, quiz_passed=True, last_active_at=SEEN), "completed"),
        (Standing(total=3, has_final=True, done=2, completed=True, last_active_at=SEEN), "completed"),
    ],
)
def test_states(standing: Standing, expected: str) -> None:
    assert state(standing) == expected

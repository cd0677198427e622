"""Where a learner stands in a module once a quiz is finished."""

from dataclasses import dataclass

from lms.progress.models import ModuleProgress, ProgressState
from quizzes.models import Attempt


@dataclass(frozen=True, slots=True)
class ModuleStanding:
    """`lessons_open` are required lessons still to be done."""

    is_completed: bool
    lessons_open: int
    quiz_passed: bool


def module_standing(*, attempt: Attempt) -> ModuleStanding:
    """Of the attempt's learner in the attempt's module. One query."""
    row = ModuleProgress.objects.filter(learner=attempt.learner_id, module=attempt.quiz.module_id).first()
    if row is None:
        return ModuleStanding(is_completed=False, lessons_open=0, quiz_passed=False)
    return ModuleStanding(
        is_completed=row.state == ProgressState.COMPLETED,
        lessons_open=row.total - row.done,
        quiz_passed=row.quiz_passed,
    )

"""Pure: when a module is complete, and how far one learner is with it. As tables: docs/algorithms/completion.md."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

NOT_STARTED, STARTED, COMPLETED = "not_started", "started", "completed"


@dataclass(frozen=True, slots=True)
class Standing:
    """What one learner has of one module, counted from the facts. `done` and `total` are required live lessons."""

    total: int
    has_final: bool
    done: int = 0
    quiz_passed: bool = False
    completed: bool = False
    attempts: int = 0
    best_score: Decimal | None = None
    last_active_at: datetime | None = None


def is_complete(standing: Standing) -> bool:
    """All required live lessons done and the final quiz passed. A module that asks for nothing is never complete."""
    asks_for_something = standing.total > 0 or standing.has_final
    return asks_for_something and standing.done >= standing.total and (standing.quiz_passed or not standing.has_final)


def state(standing: Standing) -> str:
    """Once completed, always completed: a lesson that arrives later takes nothing back."""
    if standing.completed or is_complete(standing):
        return COMPLETED
    return STARTED if standing.last_active_at else NOT_STARTED

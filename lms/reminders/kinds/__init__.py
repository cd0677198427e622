"""One file per kind of reminder. Each says who is concerned today, and whether that still holds."""

from datetime import date
from typing import Protocol

from lms.reminders.because import Because
from lms.reminders.concern import Concern
from lms.reminders.kinds import due_soon, not_started
from lms.reminders.models import Reminder, ReminderRule


class ReminderKind(Protocol):
    """What each file offers. docs/how-to/add-a-reminder-kind.md"""

    KIND: str
    DEFAULT_DAYS: int

    def concerned(self, rule: ReminderRule, *, on: date, ahead: int = 0) -> list[Concern]: ...
    def still_holds(self, reminder: Reminder, *, on: date) -> Because | None: ...


KINDS: dict[str, ReminderKind] = {kind.KIND: kind for kind in (not_started, due_soon)}

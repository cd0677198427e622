"""The timetable of periodic tasks, as data. The timetable process sends them; workers carry them out.

Each entry may run twice without harm: what must happen once is a row with a constraint
(docs/algorithms/work-that-must-not-be-lost.md).
"""

from datetime import timedelta
from typing import Any

EVERY_MINUTE = timedelta(minutes=1)
NIGHTLY = timedelta(hours=24)

TIMETABLE: dict[str, dict[str, Any]] = {
    "tick": {"task": "lms.people.tasks.tick", "schedule": EVERY_MINUTE},
    "sweep-mail": {"task": "lms.people.tasks.sweep_mail", "schedule": EVERY_MINUTE},
    "sweep-reports": {"task": "lms.reports.tasks.sweep_reports", "schedule": EVERY_MINUTE},
    "expire-reports": {"task": "lms.reports.tasks.expire_reports", "schedule": timedelta(hours=1)},
    "plan-reminders": {"task": "lms.reminders.tasks.plan_reminders", "schedule": timedelta(minutes=5)},
    "sweep-reminders": {"task": "lms.reminders.tasks.sweep_reminders", "schedule": EVERY_MINUTE},
    "issue-credentials": {"task": "lms.credentials.tasks.issue_earned", "schedule": timedelta(minutes=15)},
    "forget-in-time": {"task": "lms.privacy.tasks.forget_in_time", "schedule": NIGHTLY},
    "check-progress": {"task": "lms.progress.tasks.check_progress", "schedule": NIGHTLY},
}

"""Some days before a module is due: to people who have not completed it."""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef

from lms.cohorts.models import CohortModule
from lms.progress.models import CompletionRecord
from lms.reminders.because import Because
from lms.reminders.concern import Concern, reachable
from lms.reminders.models import Kind, Reminder, ReminderRule

KIND = Kind.DUE_SOON
DEFAULT_DAYS = 3


def concerned(rule: ReminderRule, *, on: date, ahead: int = 0) -> list[Concern]:
    """One concern per learner and module due from `on` to `rule.days` later, unless the module opens later still.

    One statement. `ahead` looks that many days beyond `on`, for the preview; the planner asks for the day alone.
    """
    cohort, notice, until = rule.cohort, timedelta(days=rule.days), on + timedelta(days=ahead)
    pairs = (
        reachable(cohort)
        .filter(
            cohort__timetable__due_on__range=(on, until + notice),
            cohort__timetable__module__retired_at__isnull=True,
        )
        .annotate(
            module_id=F("cohort__timetable__module_id"),
            opens_on=F("cohort__timetable__opens_on"),
            due_on=F("cohort__timetable__due_on"),
        )
        .filter(
            ~Exists(
                CompletionRecord.objects.filter(learner_id=OuterRef("learner_id"), module_id=OuterRef("module_id"))
            ),
            ~Exists(
                Reminder.objects.filter(
                    enrolment=OuterRef("pk"), kind=KIND, module_id=OuterRef("module_id"), due_on=OuterRef("due_on")
                )
            ),
        )
    )
    concerns = [
        Concern(pk, module_id, due_on, max(due_on - notice, opens_on or on, cohort.starts_on, on))
        for pk, module_id, opens_on, due_on in pairs.values_list("pk", "module_id", "opens_on", "due_on")
    ]
    return [concern for concern in concerns if concern.send_on <= min(until, cohort.ends_on)]


def still_holds(reminder: Reminder, *, on: date) -> Because | None:
    """FINISHED, NOT_DUE (the timetable was changed) or TOO_LATE (the day has passed); None to go on (R-07)."""
    learner_id, cohort_id = reminder.enrolment.learner_id, reminder.enrolment.cohort_id
    if CompletionRecord.objects.filter(learner_id=learner_id, module=reminder.module).exists():
        return Because.FINISHED
    due = CohortModule.objects.filter(cohort_id=cohort_id, module=reminder.module, due_on=reminder.due_on)
    if not due.filter(module__retired_at__isnull=True).exists():
        return Because.NOT_DUE
    if on > reminder.due_on:
        return Because.TOO_LATE
    return None

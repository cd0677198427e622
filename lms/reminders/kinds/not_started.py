"""Once, some days after the start: to people who have not opened or finished anything yet."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lms.progress.models import CompletionRecord, LessonVisit
from lms.reminders.because import Because
from lms.reminders.concern import Concern, reachable
from lms.reminders.models import Kind, Reminder, ReminderRule
from lms.shared.clock import local_date, start_of_day
from modules.models import Programme

KIND = Kind.NOT_STARTED
DEFAULT_DAYS = 3


def concerned(rule: ReminderRule, *, on: date, ahead: int = 0) -> list[Concern]:
    """People without a visit, `rule.days` after the start, or after they joined if that was later. One statement.

    `ahead` looks that many days beyond `on`, for the preview; the planner asks for the day alone.
    """
    cohort, wait, until = rule.cohort, timedelta(days=rule.days), on + timedelta(days=ahead)
    if cohort.starts_on + wait > until:
        return []
    people = (
        reachable(cohort)
        .filter(joined_at__lt=start_of_day(until - wait + timedelta(days=1), cohort.timezone))
        .filter(~Exists(_visits(cohort.programme)), ~Exists(_completions(cohort.programme)))
        .filter(~Exists(Reminder.objects.filter(enrolment=OuterRef("pk"), kind=KIND)))
    )
    concerns = []
    for enrolment_id, joined_at in people.values_list("pk", "joined_at"):
        due_on = max(cohort.starts_on, local_date(joined_at, cohort.timezone)) + wait
        concerns.append(Concern(enrolment_id, None, due_on, max(due_on, on)))
    return [concern for concern in concerns if concern.send_on <= cohort.ends_on]


def still_holds(reminder: Reminder, *, on: date) -> Because | None:
    """Because.STARTED when the learner has opened or finished something meanwhile (R-07)."""
    learner_id, programme = reminder.enrolment.learner_id, reminder.enrolment.cohort.programme
    if _visits(programme, learner_id).exists() or _completions(programme, learner_id).exists():
        return Because.STARTED
    return None


def _visits(programme: Programme, learner_id: UUID | OuterRef = OuterRef("learner_id")) -> QuerySet[LessonVisit]:
    return LessonVisit.objects.filter(learner_id=learner_id, lesson__module__programme=programme)


def _completions(
    programme: Programme, learner_id: UUID | OuterRef = OuterRef("learner_id")
) -> QuerySet[CompletionRecord]:
    """Of lessons and quizzes: nobody completes a module without one of them."""
    return CompletionRecord.objects.filter(
        Q(lesson__module__programme=programme) | Q(quiz__module__programme=programme), learner_id=learner_id
    )

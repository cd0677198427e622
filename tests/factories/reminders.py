"""Reminders and what decides about them: rules, and modules with a due day."""

from datetime import UTC, date, datetime
from typing import Any

from lms.cohorts.models import Cohort, CohortModule, Enrolment
from lms.reminders.models import Kind, Reminder, ReminderRule
from modules.models import Module
from tests.factories.cohorts import make_cohort, make_enrolment
from tests.factories.modules import make_module

NOW = datetime(2027, 3, 15, 9, 0, tzinfo=UTC)


def make_rule(cohort: Cohort, kind: str = Kind.DUE_SOON, **fields: Any) -> ReminderRule:
    return ReminderRule.objects.update_or_create(cohort=cohort, kind=kind, defaults={"days": 3} | fields)[0]


def only_rule(cohort: Cohort, kind: str, days: int = 3) -> ReminderRule:
    """This kind is on, every other kind is off."""
    for other in Kind.values:
        make_rule(cohort, other, enabled=other == kind, days=days)
    return ReminderRule.objects.get(cohort=cohort, kind=kind)


def make_due(cohort: Cohort, due_on: date | None, *, module: Module | None = None, **fields: Any) -> CohortModule:
    """A module of the cohort with its due day."""
    module = module or make_module(cohort.programme)
    return CohortModule.objects.update_or_create(cohort=cohort, module=module, defaults={"due_on": due_on} | fields)[0]


def make_reminder(enrolment: Enrolment | None = None, **fields: Any) -> Reminder:
    """A planned due-soon reminder about a module due on 17 March 2027, in a cohort with its rules."""
    enrolment = enrolment or make_enrolment(make_cohort())
    for kind in Kind.values:
        ReminderRule.objects.get_or_create(cohort=enrolment.cohort, kind=kind, defaults={"days": 3})
    if fields.get("kind", Kind.DUE_SOON) == Kind.DUE_SOON and "module" not in fields:
        fields["module"] = make_due(enrolment.cohort, date(2027, 3, 17)).module
    defaults = {"kind": Kind.DUE_SOON, "due_on": date(2027, 3, 17), "planned_at": NOW, "next_try_at": NOW}
    return Reminder.objects.create(enrolment=enrolment, **(defaults | fields))

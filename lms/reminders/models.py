"""A message owed to a learner on a day: planned once by constraint, claimed, sent at most once (D4)."""

import uuid

from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from lms.cohorts.models import Cohort, Enrolment
from modules.models import Module


class Kind(models.TextChoices):
    NOT_STARTED = "not_started", _("not started yet")
    DUE_SOON = "due_soon", _("due soon")


class ReminderRule(models.Model):
    """Which reminders a cohort gets. `days`: after the start for not_started, before the due day for due_soon."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="reminder_rules")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    days = models.PositiveSmallIntegerField()
    enabled = models.BooleanField(default=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["cohort", "kind"], name="reminders_one_rule_per_kind")]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.kind}"


class ReminderState(models.TextChoices):
    PLANNED = "planned", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    SKIPPED = "skipped", _("held back")
    FAILED = "failed", _("failed")
    UNKNOWN = "unknown", _("unknown: it may have arrived")


class Reminder(models.Model):
    """One reminder to one learner for one local day. `because` is a code; its words stand in the templates."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    module = models.ForeignKey(Module, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(help_text="The local day it is about: the day planned, or the module's due day.")
    state = models.CharField(max_length=10, choices=ReminderState.choices, default=ReminderState.PLANNED)
    tries = models.PositiveSmallIntegerField(default=0)
    planned_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=60, blank=True)
    detail = models.CharField(max_length=250, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "next_try_at"])]
        constraints = [
            UniqueConstraint(fields=["enrolment", "kind", "module", "due_on"], name="reminders_one_per_module_and_day"),
            # NULLs are never equal, so the first constraint does not hold for rows without a module.
            UniqueConstraint(
                fields=["enrolment", "kind", "due_on"], condition=Q(module__isnull=True), name="reminders_one_per_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

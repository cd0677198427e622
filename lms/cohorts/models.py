"""Who studies what, when, with whom."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from modules.models import Module, Programme


class Cohort(models.Model):
    """A group that studies a programme on a timetable. Its day is the day in its own zone."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cohorts")
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    timezone = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    trainers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="trained_cohorts")

    class Meta:
        constraints = [CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="cohorts_start_before_end")]

    def __str__(self) -> str:
        return self.name


class CohortModule(models.Model):
    """When a module opens and is due for a cohort, as days in the cohort's zone."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="timetable")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="+")
    opens_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["module__position"]
        constraints = [
            UniqueConstraint(fields=["cohort", "module"], name="cohorts_one_line_per_module"),
            CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(due_on__isnull=True) | Q(opens_on__lte=F("due_on")),
                name="cohorts_opens_before_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.module_id}"


class EndedBecause(models.TextChoices):
    WITHDREW = "withdrew", _("left the cohort")
    REMOVED = "removed", _("removed by a trainer")
    ERASED = "erased", _("asked to be forgotten")


class Enrolment(models.Model):
    """A learner in a cohort. Leaving ends it; coming back opens the same one again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments")
    joined_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=10, choices=EndedBecause.choices, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["cohort", "learner"], name="cohorts_one_enrolment_per_learner"),
            CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="")
                | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
                name="cohorts_end_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Invitation(models.Model):
    """A link into a cohort for one address. Only the digest of its token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    enrolment = models.ForeignKey(Enrolment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["cohort", "email"],
                condition=Q(accepted_at__isnull=True, cancelled_at__isnull=True),
                name="cohorts_one_open_invitation",
            ),
            CheckConstraint(condition=Q(email=Lower(F("email"))), name="cohorts_invited_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return str(self.id)

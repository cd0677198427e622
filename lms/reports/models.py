"""A file made for a trainer: asked for as a row, built by a worker under a lease, downloaded through a check."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from lms.cohorts.models import Cohort


class ReportState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    BUILDING = "building", _("being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")
    EXPIRED = "expired", _("deleted after 30 days")


class Format(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"


class Report(models.Model):
    """`rows_done` of `rows_total` is honest progress. `file` is a name below REPORTS_DIR and set only when ready."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=30)
    format = models.CharField(max_length=4, choices=Format.choices)
    language = models.CharField(max_length=8)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="reports")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reports")
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    file = models.CharField(max_length=120, blank=True)
    size = models.PositiveIntegerField(default=0)
    requested_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["-requested_at"]
        indexes = [models.Index(fields=["state", "heartbeat_at"])]
        constraints = [
            # One running report per trainer, cohort, kind and format: a second click joins the first.
            UniqueConstraint(
                fields=["requested_by", "cohort", "kind", "format", "language"],
                condition=Q(state__in=["queued", "building"]),
                name="reports_one_running",
            ),
            CheckConstraint(
                condition=(Q(state="ready") & ~Q(file="")) | (~Q(state="ready") & Q(file="")),
                name="reports_file_only_when_ready",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

"""Awards for a completed programme. The facts of an award are frozen when it is issued."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from modules.models import Programme


class Achievement(models.Model):
    """What can be earned. Name and criteria are {language: text}."""

    programme = models.OneToOneField(Programme, on_delete=models.PROTECT, related_name="achievement")
    name = models.JSONField(default=dict)
    criteria = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"achievement of {self.programme_id}"


class Credential(models.Model):
    """One award. Its code has 128 random bits; whoever holds it may check what is printed (X-08)."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="credentials")
    achievement = models.ForeignKey(Achievement, on_delete=models.PROTECT, related_name="credentials")
    code = models.CharField(max_length=40, unique=True)
    issued_at = models.DateTimeField()
    facts = models.JSONField()
    is_public = models.BooleanField(
        default=True, help_text="Whether others see it by its code; its holder decides (P-06)."
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_because = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["learner", "achievement"],
                condition=Q(revoked_at__isnull=True),
                name="credentials_one_unrevoked",
            ),
            CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_because="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_because="")),
                name="credentials_revoked_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code

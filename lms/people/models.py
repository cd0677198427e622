"""Accounts, access tokens, the audit trail, and the mail that is owed to people."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    TRAINEE = "trainee", _("Trainee")
    TRAINER = "trainer", _("Trainer")
    OPERATOR = "operator", _("Operator")


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail, whatever the case it was typed in."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Called by allauth and tests; people of ours are made by lms.people.services.register."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person. The role says which front rooms open; which cohort is a trainer's stands on the cohort."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    display_name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.TRAINEE)
    language = models.CharField(_("language"), max_length=8, blank=True)
    timezone = models.CharField(_("time zone"), max_length=64, default="Europe/Sofia")
    wants_reminders = models.BooleanField(_("send me reminders"), default=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(email=Lower(F("email"))), name="people_email_is_lower_case"),
            CheckConstraint(condition=Q(role__in=Role.values), name="people_role_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.display_name or self.email.split("@")[0]

    @property
    def is_operator(self) -> bool:
        return self.role == Role.OPERATOR

    @property
    def is_trainer(self) -> bool:
        return self.role in {Role.TRAINER, Role.OPERATOR}

    @property
    def is_staff(self) -> bool:
        """Whether the admin lets them in."""
        return self.is_operator

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """In the admin the role decides, and nothing else: who stops being an operator stops at once."""
        return self.is_active and self.is_operator

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_operator


class AccessToken(models.Model):
    """What a program shows to the API. Only its digest is kept; the text is shown once, when it is issued (S-07)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="access_tokens")
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="people_token_expires_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"{self.prefix}…"


class AuditEvent(models.Model):
    """Who did what to which object. No foreign keys: nothing is kept from deletion by its own log."""

    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=160)
    verb = models.CharField(max_length=60)
    target_label = models.CharField(max_length=200)
    target_id = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["target_id", "-at"]), models.Index(fields=["-at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label} {self.verb} {self.target_label}"


class MailState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    UNKNOWN = "unknown", _("unknown: it may have arrived")


class OutgoingMail(models.Model):
    """One message owed to one address: written with its cause, carried out by a worker, at most once (D4)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    to = models.EmailField()
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=250, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "next_try_at"])]
        constraints = [
            CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="people_mail_sent_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"

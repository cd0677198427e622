"""Facts (visits, completions: only added) and one projection (ModuleProgress: what screens read)."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from modules.models import Lesson, LessonRevision, Module, Programme
from quizzes.models import Attempt, Quiz


class LessonVisit(models.Model):
    """When a learner first and last opened a lesson."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="visits")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="visits")
    revision = models.ForeignKey(LessonRevision, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [UniqueConstraint(fields=["learner", "lesson"], name="progress_one_visit_per_lesson")]
        indexes = [models.Index(fields=["learner", "-last_at"])]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.lesson_id}"


class CompletionRecord(models.Model):
    """A fact: finished this lesson, passed this quiz, completed this module or programme. Exactly one target."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="completions")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, null=True, blank=True, related_name="completions")
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, null=True, blank=True, related_name="completions")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, null=True, blank=True, related_name="completions")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="completions"
    )
    edition = models.PositiveSmallIntegerField(default=1)
    lesson_revision = models.ForeignKey(
        LessonRevision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    completed_at = models.DateTimeField()

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(lesson__isnull=False, quiz__isnull=True, module__isnull=True, programme__isnull=True)
                | Q(lesson__isnull=True, quiz__isnull=False, module__isnull=True, programme__isnull=True)
                | Q(lesson__isnull=True, quiz__isnull=True, module__isnull=False, programme__isnull=True)
                | Q(lesson__isnull=True, quiz__isnull=True, module__isnull=True, programme__isnull=False),
                name="progress_exactly_one_target",
            ),
            *(
                UniqueConstraint(
                    fields=["learner", target, "edition"],
                    condition=Q(**{f"{target}__isnull": False}),
                    name=f"progress_{target}_once_per_edition",
                )
                for target in ("lesson", "quiz", "module", "programme")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.completed_at:%Y-%m-%d}"


class ProgressState(models.TextChoices):
    NOT_STARTED = "not_started", _("not started")
    STARTED = "started", _("in progress")
    COMPLETED = "completed", _("completed")


class ModuleProgress(models.Model):
    """A projection: what one learner has of one module. Written by lms.progress alone, rebuilt by `rebuild_progress`.

    `done` and `total` count required live lessons; `best_score` is the best share at the final quiz, 0 to 1.
    """

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="module_progress")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="progress")
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    quiz_passed = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    best_score = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    state = models.CharField(max_length=12, choices=ProgressState.choices, default=ProgressState.NOT_STARTED)
    last_active_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["learner", "module"], name="progress_one_row_per_module"),
            CheckConstraint(condition=Q(done__lte=F("total")), name="progress_done_within_total"),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.module_id} {self.state}"

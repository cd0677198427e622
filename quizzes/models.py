"""Quizzes and what was answered. Texts are immutable revisions; an attempt pins one quiz revision."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from modules.models import Lesson, Module, Release


class Purpose(models.TextChoices):
    PRACTICE = "practice"
    FINAL = "final"


class Quiz(models.Model):
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="quizzes")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="quizzes", null=True, blank=True)
    key = models.CharField(max_length=60, unique=True)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "quizzes"
        constraints = [
            UniqueConstraint(
                fields=["module"],
                condition=Q(purpose="final", retired_at__isnull=True),
                name="quizzes_one_final_per_module",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class QuizRevision(models.Model):
    """One immutable form of a quiz: title {language: text}, which questions, which pass mark."""

    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="revisions")
    digest = models.CharField(max_length=64)
    title = models.JSONField(default=dict)
    pass_mark = models.DecimalField(max_digits=5, decimal_places=4)
    attempts_allowed = models.PositiveSmallIntegerField(default=0, help_text="0: as often as one likes")
    shuffle = models.BooleanField(default=False)
    draw = models.PositiveSmallIntegerField(default=0, help_text="How many questions an attempt gets; 0: all")
    is_live = models.BooleanField(default=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="quiz_revisions")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["quiz", "digest"], name="quizzes_one_revision_per_form"),
            UniqueConstraint(fields=["quiz"], condition=Q(is_live=True), name="quizzes_one_live_revision"),
            CheckConstraint(condition=Q(pass_mark__gte=0, pass_mark__lte=1), name="quizzes_pass_mark_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_id} {self.digest[:8]}"


class Question(models.Model):
    """A question's name for ever. Its kind never changes: an answer of one kind cannot be marked as another."""

    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="questions")
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)

    class Meta:
        constraints = [UniqueConstraint(fields=["quiz", "key"], name="quizzes_one_question_per_key")]

    def __str__(self) -> str:
        return self.key


class QuestionRevision(models.Model):
    """One immutable text of a question in all its languages. Its `body` is checked by quizzes/items/<kind>.py."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="revisions")
    digest = models.CharField(max_length=64)
    body = models.JSONField()

    class Meta:
        constraints = [UniqueConstraint(fields=["question", "digest"], name="quizzes_one_question_revision_per_text")]

    def __str__(self) -> str:
        return f"{self.question_id} {self.digest[:8]}"


class QuizItem(models.Model):
    """A question's place and points in one quiz revision."""

    quiz_revision = models.ForeignKey(QuizRevision, on_delete=models.PROTECT, related_name="items")
    question_revision = models.ForeignKey(QuestionRevision, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    points = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position"]
        constraints = [
            UniqueConstraint(fields=["quiz_revision", "position"], name="quizzes_one_item_per_position"),
            CheckConstraint(condition=Q(points__gte=1), name="quizzes_item_has_points"),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_revision_id}.{self.position}"


class AttemptState(models.TextChoices):
    OPEN = "open"
    SUBMITTED = "submitted"
    VOID = "void"


class Attempt(models.Model):
    """One learner's go at one quiz revision. `score` is a share of the points, 0 to 1."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts")
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    revision = models.ForeignKey(QuizRevision, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=AttemptState.choices, default=AttemptState.OPEN)
    language = models.CharField(max_length=8)
    drawn = models.JSONField(null=True, blank=True, help_text="Positions of the questions it got; null: all")
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    score = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["quiz", "state"])]
        constraints = [
            UniqueConstraint(fields=["learner", "quiz", "number"], name="quizzes_one_attempt_per_number"),
            UniqueConstraint(fields=["learner", "quiz"], condition=Q(state="open"), name="quizzes_one_open_attempt"),
            CheckConstraint(
                condition=Q(state="open", submitted_at__isnull=True, score__isnull=True, passed__isnull=True)
                | (Q(state="submitted") & Q(submitted_at__isnull=False, score__isnull=False, passed__isnull=False))
                | Q(state="void"),
                name="quizzes_state_matches_its_stamps",
            ),
            CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=1), name="quizzes_score_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Response(models.Model):
    """What was answered to one item, as last saved. `version` counts saves, so that two tabs notice (Q-05)."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="responses")
    item = models.ForeignKey(QuizItem, on_delete=models.PROTECT, related_name="responses")
    answer = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    score = models.DecimalField(
        max_digits=5, decimal_places=4, null=True, blank=True, help_text="Cached from the newest mark."
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["attempt", "item"], name="quizzes_one_response_per_item")]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.item_id}"


class LateAnswer(models.Model):
    """The newest answer to one item that came after the end of its attempt. It does not count; it is kept (Q-04)."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="late_answers")
    item = models.ForeignKey(QuizItem, on_delete=models.PROTECT, related_name="+")
    answer = models.JSONField()
    arrived_at = models.DateTimeField()

    class Meta:
        constraints = [UniqueConstraint(fields=["attempt", "item"], name="quizzes_one_late_answer_per_item")]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.item_id}"


class Mark(models.Model):
    """A score given to a response, 0 to 1. Only added, never changed; the newest counts."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="marks")
    score = models.DecimalField(max_digits=5, decimal_places=4)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=250, blank=True)
    question_revision = models.ForeignKey(QuestionRevision, on_delete=models.PROTECT, related_name="marks")

    class Meta:
        constraints = [CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="quizzes_mark_is_a_share")]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.score}"

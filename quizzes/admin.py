"""Quizzes and attempts for operators to look at. Content comes from files, answers from learners; all is read-only."""

from django.contrib import admin

from modules.admin import ReadOnlyAdmin
from quizzes.models import Attempt, LateAnswer, Mark, Question, QuestionRevision, Quiz, QuizRevision, Response


@admin.register(Quiz)
class QuizAdmin(ReadOnlyAdmin):
    list_display = ("key", "module", "purpose", "retired_at")
    list_filter = ("purpose", "module")
    list_select_related = ("module",)
    search_fields = ("key",)


@admin.register(QuizRevision)
class QuizRevisionAdmin(ReadOnlyAdmin):
    list_display = ("quiz", "pass_mark", "attempts_allowed", "shuffle", "draw", "is_live", "release")
    list_filter = ("is_live", "quiz__module")
    list_select_related = ("quiz", "release")
    search_fields = ("quiz__key", "digest")


@admin.register(Question)
class QuestionAdmin(ReadOnlyAdmin):
    list_display = ("key", "kind", "quiz")
    list_filter = ("kind", "quiz")
    list_select_related = ("quiz",)
    search_fields = ("key", "quiz__key")


@admin.register(QuestionRevision)
class QuestionRevisionAdmin(ReadOnlyAdmin):
    list_display = ("question", "digest")
    list_select_related = ("question",)
    search_fields = ("question__key", "question__quiz__key")


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin):
    list_display = ("id", "learner", "quiz", "number", "state", "score", "passed", "started_at", "submitted_at")
    list_filter = ("state", "passed", "quiz")
    list_select_related = ("learner", "quiz")
    search_fields = ("id", "learner__email", "quiz__key")
    date_hierarchy = "started_at"


@admin.register(Response)
class ResponseAdmin(ReadOnlyAdmin):
    list_display = ("attempt", "item", "answer", "version", "saved_at", "score")
    list_select_related = ("attempt", "item")
    search_fields = ("attempt__id",)


@admin.register(LateAnswer)
class LateAnswerAdmin(ReadOnlyAdmin):
    list_display = ("attempt", "item", "answer", "arrived_at")
    list_select_related = ("attempt", "item")
    search_fields = ("attempt__id",)


@admin.register(Mark)
class MarkAdmin(ReadOnlyAdmin):
    list_display = ("response", "score", "given_at", "given_by", "reason")
    list_select_related = ("response", "given_by")
    search_fields = ("response__attempt__id",)

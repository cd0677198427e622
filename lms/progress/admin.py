"""Facts and the projection for operators to look at. Facts are only added, by what learners do."""

from django.contrib import admin

from lms.progress.models import CompletionRecord, LessonVisit, ModuleProgress
from modules.admin import ReadOnlyAdmin


@admin.register(LessonVisit)
class LessonVisitAdmin(ReadOnlyAdmin):
    list_display = ("learner", "lesson", "first_at", "last_at")
    list_select_related = ("learner", "lesson")
    search_fields = ("learner__email", "lesson__key")


@admin.register(CompletionRecord)
class CompletionRecordAdmin(ReadOnlyAdmin):
    list_display = ("learner", "lesson", "quiz", "module", "programme", "edition", "completed_at")
    list_select_related = ("learner", "lesson", "quiz", "module", "programme")
    search_fields = ("learner__email", "lesson__key", "quiz__key", "module__key")


@admin.register(ModuleProgress)
class ModuleProgressAdmin(ReadOnlyAdmin):
    list_display = ("learner", "module", "state", "done", "total", "quiz_passed", "best_score", "last_active_at")
    list_filter = ("state", "module")
    list_select_related = ("learner", "module")
    search_fields = ("learner__email",)

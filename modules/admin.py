"""Content for operators to look at. It comes from files: all that can be changed is whether a programme is open."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from modules.models import (
    Asset,
    Calculator,
    Fact,
    FieldTask,
    GlossaryTerm,
    GuidePage,
    Lesson,
    LessonRevision,
    Module,
    Programme,
    Release,
    Story,
)

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin  # generic for the type checker alone


class ReadOnlyAdmin(ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Programme)
class ProgrammeAdmin(ModelAdmin):
    list_display = ("key", "source_language", "is_open")
    fields = ("key", "title", "summary", "languages", "source_language", "licence", "credits", "review", "is_open")
    readonly_fields = fields[:-1]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    list_display = ("programme", "version", "imported_at", "by_label")
    list_select_related = ("programme",)


@admin.register(Module)
class ModuleAdmin(ReadOnlyAdmin):
    list_display = ("key", "programme", "position", "hours", "retired_at")
    list_select_related = ("programme",)


@admin.register(Lesson)
class LessonAdmin(ReadOnlyAdmin):
    list_display = ("key", "module", "position", "edition", "minutes", "required", "retired_at")
    list_filter = ("module",)
    list_select_related = ("module",)
    search_fields = ("key",)


@admin.register(Calculator, FieldTask)
class ModulePartAdmin(ReadOnlyAdmin):
    list_display = ("key", "module", "lesson", "position", "retired_at")
    list_filter = ("module",)
    list_select_related = ("module", "lesson")
    search_fields = ("key",)


@admin.register(LessonRevision)
class LessonRevisionAdmin(ReadOnlyAdmin):
    list_display = ("title", "lesson", "language", "edition", "is_live", "words")
    list_filter = ("is_live", "language", "lesson__module")
    list_select_related = ("lesson",)
    search_fields = ("title", "lesson__key")
    exclude = ("assets",)


@admin.register(Story)
class StoryAdmin(ReadOnlyAdmin):
    list_display = ("key", "module", "position", "retired_at")
    list_filter = ("module",)
    list_select_related = ("module",)
    search_fields = ("key",)


@admin.register(GuidePage)
class GuidePageAdmin(ReadOnlyAdmin):
    list_display = ("title", "key", "language", "position", "module", "words", "retired_at")
    list_filter = ("language",)
    list_select_related = ("module",)
    search_fields = ("title", "key")


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(ReadOnlyAdmin):
    list_display = ("term", "key", "language", "module", "retired_at")
    list_filter = ("language", "module")
    list_select_related = ("module",)
    search_fields = ("term", "key")


@admin.register(Fact)
class FactAdmin(ReadOnlyAdmin):
    list_display = ("number", "value", "unit", "as_of", "status", "jurisdiction", "retired_at")
    list_filter = ("status", "jurisdiction")
    search_fields = ("number", "source")


@admin.register(Asset)
class AssetAdmin(ReadOnlyAdmin):
    list_display = ("name", "media_type", "size", "digest")
    exclude = ("content",)
    search_fields = ("name", "digest")

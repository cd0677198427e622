"""Cohorts for operators. What has a verb that keeps the trail (timetable, enrolments) is only shown here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from lms.cohorts.models import Cohort, CohortModule, Enrolment


class ReadOnly:
    """The verbs of lms.cohorts keep the trail; a form here would not."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False


class Timetable(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = CohortModule
    extra = 0


@admin.register(Cohort)
class CohortAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Name and days can be mended; the code is in addresses, the zone in days already lived."""

    list_display = ("name", "code", "starts_on", "ends_on", "timezone")
    search_fields = ("name", "code")
    readonly_fields = ("code", "programme", "timezone")
    filter_horizontal = ("trainers",)
    inlines = (Timetable,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # manage.py create_cohort checks what a form here would not

    def has_delete_permission(self, request: HttpRequest, obj: Cohort | None = None) -> bool:
        return False  # results hang on it


@admin.register(Enrolment)
class EnrolmentAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("learner", "cohort", "joined_at", "ended_at", "ended_because")
    list_filter = ("cohort",)
    search_fields = ("learner__email", "learner__display_name")
    list_select_related = ("learner", "cohort")

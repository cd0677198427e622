"""Reports for operators: what waits, what failed and why (R-06). Nothing can be changed here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from lms.reports.models import Report


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("kind", "format", "cohort", "state", "tries", "rows_done", "rows_total", "requested_at", "because")
    list_filter = ("state", "kind")
    list_select_related = ("cohort",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

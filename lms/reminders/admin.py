"""Reminders for operators to look at. Trainers change the rules on their own page."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from lms.reminders.models import Reminder

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin  # generic for the type checker alone


@admin.register(Reminder)
class ReminderAdmin(ModelAdmin):
    list_display = ("planned_at", "enrolment", "kind", "module", "due_on", "state", "tries", "sent_at", "because")
    list_filter = ("state", "kind", "because")
    list_select_related = ("enrolment", "module")
    search_fields = ("enrolment__learner__email", "enrolment__cohort__code")
    date_hierarchy = "planned_at"
    fields = (*list_display, "next_try_at", "heartbeat_at", "detail")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

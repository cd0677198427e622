"""People for operators: change an account; look at tokens, mail and the trail."""

import zoneinfo
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lms.people.models import AccessToken, AuditEvent, OutgoingMail, User
from lms.people.services import change_account
from lms.shared import clock

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin  # generic for the type checker alone

admin.site.unregister(Group)  # the role decides, groups are not used
admin.site.unregister(EmailAddress)  # an address changes with its account, by change_account


class LookOnlyAdmin(ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker alone
    language = forms.ChoiceField(choices=[("", "—"), *settings.LANGUAGES], required=False)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_timezone(self) -> str:
        name = str(self.cleaned_data["timezone"])
        if name not in zoneinfo.available_timezones():
            raise forms.ValidationError(_("There is no such time zone. Example: Europe/Sofia"))
        return name


@admin.register(User)
class UserAdmin(ModelAdmin):
    """People make their accounts themselves, or `create_person` does; `erase_person` forgets them in every table."""

    form = AccountForm
    list_display = ("email", "display_name", "role", "language", "is_active", "last_login")
    list_filter = ("role", "is_active", "language")
    search_fields = ("email", "display_name")
    ordering = ("email",)
    fields = (
        "email",
        "display_name",
        "role",
        "language",
        "timezone",
        "wants_reminders",
        "is_active",
        "is_demo",
        "date_joined",
        "last_login",
    )
    readonly_fields = ("is_demo", "date_joined", "last_login")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: AccountForm, change: bool) -> None:
        by = request.user if request.user.is_authenticated else None
        change_account(person=obj, changed=form.changed_data, by=by, now=clock.now())


@admin.register(AccessToken)
class AccessTokenAdmin(LookOnlyAdmin):
    list_display = ("prefix", "owner", "scopes", "created_at", "expires_at", "last_used_on", "revoked_at")
    list_select_related = ("owner",)
    search_fields = ("prefix", "owner__email")
    fields = list_display


@admin.register(AuditEvent)
class AuditEventAdmin(LookOnlyAdmin):
    list_display = ("at", "actor_label", "verb", "target_label")
    list_filter = ("verb",)
    search_fields = ("target_id", "target_label", "actor_label")
    date_hierarchy = "at"
    fields = ("at", "actor_label", "actor_id", "verb", "target_label", "target_id", "data")


@admin.register(OutgoingMail)
class OutgoingMailAdmin(LookOnlyAdmin):
    """Without the text: a letter may hold a link that opens an account."""

    list_display = ("queued_at", "to", "kind", "state", "tries", "sent_at", "because")
    list_filter = ("state", "kind")
    search_fields = ("to",)
    date_hierarchy = "queued_at"
    fields = (
        "kind",
        "to",
        "subject",
        "state",
        "tries",
        "queued_at",
        "next_try_at",
        "heartbeat_at",
        "sent_at",
        "because",
    )

"""Credentials for operators: take one back with a reason, or issue it anew after a change of name."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.credentials.models import Credential
from lms.credentials.refusals import AlreadyRevoked
from lms.credentials.services import reissue, revoke
from lms.people.models import User
from lms.shared import clock

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin  # generic for the type checker alone


@admin.register(Credential)
class CredentialAdmin(ModelAdmin):
    """Writing a reason and saving takes the credential back. Nothing else about it can be changed."""

    list_display = ("issued_at", "learner", "achievement", "is_public", "revoked_at", "revoked_because")
    list_select_related = ("learner", "achievement")
    search_fields = ("learner__email", "learner__display_name")
    fields = ("learner", "achievement", "issued_at", "is_public", "facts", "revoked_at", "revoked_because")
    readonly_fields = fields[:-1]
    actions = ("issue_again",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        stands = not isinstance(obj, Credential) or obj.revoked_at is None
        return stands and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Credential, form: "ModelForm[Credential]", change: bool) -> None:
        if obj.revoked_because.strip():
            revoke(code=obj.code, because=obj.revoked_because, by=_operator(request), now=clock.now())

    @admin.action(description=gettext_lazy("Issue again with the holder’s present name"))
    def issue_again(self, request: HttpRequest, chosen: "QuerySet[Credential]") -> None:
        issued = 0
        for credential in chosen:
            try:
                reissue(code=credential.code, by=_operator(request), now=clock.now())
            except AlreadyRevoked:
                continue
            issued += 1
        self.message_user(request, _("Issued again: %(count)d") % {"count": issued}, messages.SUCCESS)


def _operator(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None

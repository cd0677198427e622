"""What a token may do: its scopes, and never more than its owner may at this moment (A-10)."""

from typing import TYPE_CHECKING, Any, cast

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:
    from lms.people.models import AccessToken, User

CONTENT_READ = "content:read"


class HasScope(BasePermission):
    """Lets tokens in that have the scope which the view names."""

    code = "scope_missing"

    def has_permission(self, request: Request, view: Any) -> bool:
        token = cast("AccessToken | None", request.auth)
        return token is not None and view.scope in token.scopes


def may_read_closed(request: Request) -> bool:
    """Whether the token's owner may read programmes that are not open to everybody: trainers and operators may."""
    return cast("User", request.user).is_trainer

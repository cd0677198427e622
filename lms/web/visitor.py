"""Who asks: the signed-in person of a request, as a value with a type."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

if TYPE_CHECKING:
    from lms.people.models import User

LEAVE_NOTHING = '"cache", "storage"'  # Clear-Site-Data at the end of a session: phones are shared (P-09)


def signed_in(request: HttpRequest) -> "User":
    """The person. For views behind login_required; anywhere else an anonymous visitor gets 403."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user

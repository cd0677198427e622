"""What every page of the site needs: who reads it, in which language, and what may be kept of it where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, wraps
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language

from lms.shared.kept import Shelves
from modules.shelf import Shelf, shelf

if TYPE_CHECKING:
    from lms.people.models import User

P = ParamSpec("P")


def reader(request: HttpRequest) -> User | None:
    """The signed-in person, or None."""
    return request.user if request.user.is_authenticated else None


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def page(request: HttpRequest, template: str, context: Mapping[str, Any] | None = None) -> TemplateResponse:
    """A page. One that is made for a person stays out of every cache, the browser's included (P-09)."""
    response = TemplateResponse(request, template, dict(context or {}))
    response.headers["Cache-Control"] = "private, no-store" if request.user.is_authenticated else "no-cache"
    return response


# --- Pages that are the same for everybody who is not signed in ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Copy:
    body: bytes
    headers: Mapping[str, str]
    modified: int


_copies: Shelves[_Copy] = Shelves(most=400)


def same_for_strangers(
    view: Callable[Concatenate[HttpRequest, Shelf, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The view gets the state of the content. Its pages for strangers are made once after each change of the content.

    One query then, and "not modified" for who has the page. A copy is served only to requests that bring nothing of
    their own: no session, no message, no query.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        published = shelf()
        if not _brings_nothing(request):
            return view(request, published, *args, **kwargs)
        key = request.path, language(), published
        copy = _copies.find(key)
        if copy is None:
            response = view(request, published, *args, **kwargs)
            if not isinstance(response, TemplateResponse):
                return response
            copy = _copies.keep(key, _copy(response.render().content, published))
        return _answer(request, copy)

    return wrapper


def _brings_nothing(request: HttpRequest) -> bool:
    own = {settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys()
    return request.method in {"GET", "HEAD"} and not own and not request.META.get("QUERY_STRING")


def _copy(body: bytes, published: Shelf) -> _Copy:
    modified = max(published.changed_at, made_at()).timestamp()
    headers = {
        "ETag": f'"{sha256(body).hexdigest()[:32]}"',
        "Last-Modified": http_date(modified),
        "Cache-Control": "no-cache",
    }
    return _Copy(body, headers, int(modified))


def _answer(request: HttpRequest, copy: _Copy) -> HttpResponse:
    answer = get_conditional_response(request, etag=copy.headers["ETag"], last_modified=copy.modified)
    answer = answer or HttpResponse(copy.body)
    for name, value in copy.headers.items():
        answer.headers[name] = value
    patch_vary_headers(answer, ["Cookie"])
    return answer


@cache
def made_at() -> datetime:
    """When the newest template, sheet, script or catalogue of this installation was written."""
    places = (settings.ROOT / "frontend_templates", settings.ROOT / "lms" / "locale")
    files = (path for place in places for path in place.rglob("*") if path.is_file())
    return datetime.fromtimestamp(max((path.stat().st_mtime for path in files), default=0), UTC)

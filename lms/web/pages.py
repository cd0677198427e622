"""What every page of the site needs: who reads it, in which language, and whether a browser may keep it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language

if TYPE_CHECKING:
    from lms.people.models import User


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


@cache
def made_at() -> datetime:
    """When the newest template, sheet, script or catalogue of this installation was written."""
    places = (settings.ROOT / "frontend_templates", settings.ROOT / "lms" / "locale")
    files = (path for place in places for path in place.rglob("*") if path.is_file())
    return datetime.fromtimestamp(max((path.stat().st_mtime for path in files), default=0), UTC)


def unchanged(
    request: HttpRequest, *, text: str, changed_at: datetime
) -> tuple[HttpResponse | None, Mapping[str, str]]:
    """For readers who are not signed in: "not modified", if so, and the headers that make it possible next time.

    `text` names what is shown, `changed_at` when content last changed; a new release of the service counts as a change.
    """
    newest = max(changed_at, made_at())
    mark = sha256(f"{text} {changed_at.isoformat()} {made_at().isoformat()} {language()}".encode()).hexdigest()[:32]
    headers = {"ETag": f'"{mark}"', "Last-Modified": http_date(newest.timestamp())}
    answer = get_conditional_response(request, etag=headers["ETag"], last_modified=int(newest.timestamp()))
    if answer is not None:
        for name, value in {**headers, "Vary": "Cookie", "Cache-Control": "no-cache"}.items():
            answer.headers[name] = value
    return answer, headers

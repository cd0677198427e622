"""Around each request: headers that every answer carries, the language of the page, the person, and what went wrong."""

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from lms.shared.refusals import Refusal
from lms.web import errors

Handler = Callable[[HttpRequest], HttpResponse]
NOT_NEEDED = (
    "accelerometer browsing-topics camera display-capture geolocation gyroscope magnetometer microphone midi payment "
    "screen-wake-lock usb xr-spatial-tracking"
)
PERMISSIONS = ", ".join(f"{feature}=()" for feature in NOT_NEEDED.split())


def headers_middleware(get_response: Handler) -> Handler:
    """The outermost: what Django's own middleware adds to most answers is on all of them, errors too (S-15)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        headers = response.headers
        headers["Permissions-Policy"] = PERMISSIONS
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        headers.setdefault("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY)
        headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        if response.status_code >= 400:
            headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def errors_middleware(get_response: Handler) -> Handler:
    """Any view may raise a Refusal. A database that is locked or away is 503, never 500 (R-10, R-13).

    Errors outside views, while a session is read for example, end in lms.web.errors.server_error, which knows the same.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return errors.refusal_page(request, exception)
        return errors.unavailable(request, exception) if errors.is_unavailable(exception) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]  # how Django finds the hook
    return middleware


def language_middleware(get_response: Handler) -> Handler:
    """The address decides the language of a page; for addresses without one: cookie, browser, English."""

    def middleware(request: HttpRequest) -> HttpResponse:
        in_address = translation.get_language_from_path(request.path_info)
        language = in_address or translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or language)
        if not in_address:
            patch_vary_headers(response, ["Accept-Language"])
        return response

    return middleware


def person_middleware(get_response: Handler) -> Handler:
    """A signed-in person's zone, their language where the address has none, and no copy of their pages left behind."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return get_response(request)
        if request.user.language and not translation.get_language_from_path(request.path_info):
            translation.activate(request.user.language)  # language_middleware puts the thread's language back
        with timezone.override(_zone(request.user.timezone)):
            response = get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers["Cache-Control"] = "private, no-store"  # shared phones (P-09)
        return response

    return middleware


def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):  # a name that the zone database has dropped
        return zoneinfo.ZoneInfo(settings.TIME_ZONE)

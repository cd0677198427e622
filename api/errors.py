"""From an exception to a problem document (RFC 9457). The words stand in api/problems.py."""

import logging
import sqlite3
import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from api.authentication import REALM
from api.problems import PROBLEMS
from lms.shared.refusals import Refusal

log = logging.getLogger(__name__)
PROBLEM_JSON = "application/problem+json"
BUSY_SECONDS = 5

_CODES: tuple[tuple[type[Exception], str], ...] = (
    (exceptions.NotAuthenticated, "not_authenticated"),
    (exceptions.AuthenticationFailed, "token_not_valid"),
    (exceptions.PermissionDenied, "scope_missing"),
    (exceptions.NotFound, "not_here"),
    (exceptions.MethodNotAllowed, "method_not_allowed"),
    (exceptions.NotAcceptable, "not_acceptable"),
    (exceptions.Throttled, "too_many_requests"),
    (exceptions.APIException, "bad_request"),
    (Http404, "not_here"),
    (DjangoPermissionDenied, "not_allowed"),
    (SuspiciousOperation, "bad_request"),
)

_LIKE = {400: "bad_request", 403: "not_allowed", 404: "not_here"}  # a refusal without words of its own


class BadParameters(Exception):
    """Query parameters are wrong. `reasons` maps each name to what is wrong with it."""

    code: ClassVar[str] = "bad_parameters"

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__(self.code)
        self.reasons = reasons


def problem(error: Exception, context: Mapping[str, Any]) -> Response:
    """The answer to an exception: every one has an answer. What nobody expected is logged under an id that it names."""
    code = _code(error)
    request = context["request"]
    request.accepted_renderer, request.accepted_media_type = JSONRenderer(), JSONRenderer.media_type
    instance = request.path
    if code == "server_error":
        instance = f"urn:uuid:{uuid.uuid4()}"
        log.error("%s while answering an API request", instance, exc_info=error)
    elif code == "busy":
        log.warning("the database is busy or away: %s", error)
    members: dict[str, Any] = {"instance": instance}
    if isinstance(error, BadParameters):
        members["invalid-params"] = [{"name": name, "reason": reason} for name, reason in error.reasons.items()]
    return document(code, headers=_headers(error, code, context.get("view")), **members)


def document(code: str, *, headers: Mapping[str, str] | None = None, **members: Any) -> Response:
    known = PROBLEMS[code]
    body = {"type": known.type, "title": known.title, "status": known.status, "detail": known.detail, **members}
    response = Response(body, status=known.status, headers=headers, content_type=PROBLEM_JSON)
    response["Cache-Control"] = "no-store"
    response["Content-Language"] = "en"
    return response


def _code(error: Exception) -> str:
    if isinstance(error, BadParameters):
        return error.code
    if isinstance(error, Refusal):
        return error.code if error.code in PROBLEMS else _LIKE.get(error.status, "refused")
    if _is_unavailable(error):
        return "busy"
    return next((code for kind, code in _CODES if isinstance(error, kind)), "server_error")


def _is_unavailable(error: Exception) -> bool:
    """Whether the database is locked, full or away, and not asked something that is our own mistake (R-10, R-13)."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return getattr(error.__cause__, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR


def _headers(error: Exception, code: str, view: Any) -> dict[str, str]:
    headers: dict[str, str] = {}
    if PROBLEMS[code].status == 401:
        headers["WWW-Authenticate"] = getattr(error, "challenge", REALM)
    if code == "scope_missing":
        headers["WWW-Authenticate"] = f'{REALM}, error="insufficient_scope", scope="{getattr(view, "scope", "")}"'
    if isinstance(error, exceptions.Throttled):
        headers["Retry-After"] = str(getattr(error, "wait", None) or 1)
    if code == "busy":
        headers["Retry-After"] = str(BUSY_SECONDS)
    return headers

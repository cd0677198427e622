"""What people see when something does not work: what happened, what is safe, a way on (U-10).

A domain refusal becomes a page or a problem document here, in one place; its words stand in errors/_refusals.html.
The pages for 400, 500 and 503 need neither the database nor the person, because those may be what is broken.
"""

import logging
import secrets
import sys
from http import HTTPStatus
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _

from lms.shared.plain_text import render_plain
from lms.shared.refusals import Refusal

log = logging.getLogger(__name__)
RETRY_AFTER_SECONDS = 5
OUR_OWN_MISTAKES = ("no such table", "no such column", "syntax error")


def words_for(refusal: Refusal) -> str:
    """What a refusal says to people, in the language of the page: plain text, for messages and documents too."""
    context = {"code": refusal.code, "details": refusal.details}
    return " ".join(render_plain("errors/_refusals.html", context).split())


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A verb said no. Written down with who asked for which page, so that probing shows (A-01)."""
    view = request.resolver_match.view_name if request.resolver_match else ""
    log.info("refused %s to %s at %s", refusal.code, getattr(request.user, "pk", None), view)
    if _wants_json(request):
        return problem(refusal.status, refusal.code, words_for(refusal))
    context = {"words": words_for(refusal), "status": refusal.status, "code": refusal.code}
    return TemplateResponse(request, "errors/refusal.html", context, status=refusal.status).render()


def problem(status: int, code: str, detail: str) -> HttpResponse:
    """An RFC 9457 problem document, for scripts of ours and programs of others."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "code": code, "detail": detail}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _plain(request, 400, "bad_request", exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _wants_json(request):
        return problem(403, "not_allowed", _("You may not do this."))
    return TemplateResponse(request, "errors/403.html", status=403).render()


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _wants_json(request):
        return problem(404, "not_here", _("There is no such thing here."))
    return TemplateResponse(request, "errors/404.html", status=404).render()


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its secret: open too long, signed in elsewhere meanwhile, or sent by another site (S-11)."""
    log.info("form refused at %s: %s", request.path, reason)
    if _wants_json(request):
        return problem(403, "form_expired", _("This page was open too long. Load it again."))
    return HttpResponse(_render("csrf", {"back": request.path}), status=403)


def too_many(request: HttpRequest) -> HttpResponse:
    """A limit was reached: for this address on the network, or for this account (S-01)."""
    if _wants_json(request):
        return problem(429, "too_many", _("Too many tries. Wait a few minutes."))
    return TemplateResponse(request, "errors/429.html", status=429).render()


def server_error(request: HttpRequest) -> HttpResponse:
    """Django asks for this page while it handles the exception, so the cause can be looked at."""
    error = sys.exc_info()[1]
    if error is not None and is_unavailable(error):
        return unavailable(request, error)
    return _plain(request, 500, "server_error", error)


def is_unavailable(error: BaseException) -> bool:
    """Whether the database is locked, away or full, and not asked for something that is our own mistake."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return not any(sign in str(error) for sign in OUR_OWN_MISTAKES)


def unavailable(request: HttpRequest, error: BaseException) -> HttpResponse:
    """503: nothing was changed, try again soon (R-10, R-13)."""
    response = _plain(request, 503, "busy", error)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _plain(request: HttpRequest, status: int, code: str, error: BaseException | None) -> HttpResponse:
    """A page that depends on nothing. The id on it is the id in the log."""
    error_id = secrets.token_hex(4)
    log.error("error %s: %s at %s: %s", error_id, status, request.path, type(error).__name__)
    language = translation.get_language_from_path(request.path_info) or translation.get_language() or "en"
    with translation.override(language):
        if _wants_json(request):
            detail = _("Try again in a few seconds.") if status == HTTPStatus.SERVICE_UNAVAILABLE else ""
            return problem(status, code, detail)
        return HttpResponse(_render(str(status), {"error_id": error_id, "back": request.path}), status=status)


def _render(name: str, context: dict[str, Any]) -> str:
    """Without the request, so that no context processor can fail; without the look, if even that is broken."""
    try:
        return render_to_string(f"errors/{name}.html", context)
    except Exception:
        log.exception("the page for %s cannot be shown", name)
        words = f"<h1>Something went wrong ({name})</h1><p>{context.get('error_id', '')}</p>"
        return f"<!doctype html><html lang='en'><title>{name}</title>{words}</html>"


def _wants_json(request: HttpRequest) -> bool:
    """Programs and our own scripts get a document, browsers a page."""
    if request.path.startswith("/api/"):
        return True
    accepts = request.headers.get("Accept", "")
    return "json" in accepts and "text/html" not in accepts

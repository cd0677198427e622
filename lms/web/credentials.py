"""A credential's page: what is printed on it, by its code; and the same as an open badge."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.credentials.badge import Badge, open_badge
from lms.credentials.selectors import Award, verify
from lms.credentials.services import show_credential
from lms.shared import clock
from lms.shared.addresses import site_url
from lms.shared.refusals import NotHere
from lms.web.errors import problem
from lms.web.pages import language, page, reader
from lms.web.visitor import signed_in

MISSES_ALLOWED, MISSES_SECONDS = 20, 600


@require_safe
def credential(request: HttpRequest, code: str) -> HttpResponse:
    """Open to whoever holds the code. After too many wrong ones this address is not answered for a while (X-08)."""
    if _guesses(request) >= MISSES_ALLOWED:
        return _too_many(request)
    award = _verify(request, code)
    return page(request, "public/credential.html", {"award": award, "address": _address(award)})


@never_cache
@require_safe
def credential_badge(request: HttpRequest, code: str) -> HttpResponse:
    """The unsigned Open Badges 3.0 document; 410 once it was taken back, so that no program takes it for valid."""
    if _guesses(request) >= MISSES_ALLOWED:
        return _wait(problem(429, "too_many", gettext("Too many wrong codes. Wait a few minutes.")))
    award = _verify(request, code)
    if award.state != "valid" and award.revoked_at is not None:
        gone = {"id": _address(award), "state": award.state, "revoked": award.revoked_at.isoformat(timespec="seconds")}
        return JsonResponse(gone, status=410)
    return JsonResponse(open_badge(_badge(award)), content_type="application/ld+json")


@login_required
@require_POST
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The holder shows or hides the page; at once (P-06)."""
    public = request.POST.get("public") == "yes"
    show_credential(learner=signed_in(request), code=code, public=public, now=clock.now())
    return redirect("public:credential", code)


def _verify(request: HttpRequest, code: str) -> Award:
    try:
        return verify(code, language=language(), viewer=reader(request))
    except NotHere:
        _count_guess(request)
        raise


def _address(award: Award) -> str:
    return site_url("public:credential", award.code, language=language())


def _badge(award: Award) -> Badge:
    return Badge(
        url=_address(award),
        holder=award.name,
        programme_key=award.programme_key,
        programme=award.programme,
        release=award.release,
        criteria=award.criteria,
        modules=tuple((module.title, module.completed_on) for module in award.modules),
        hours=number_format(award.hours.normalize(), use_l10n=True),
        issued_at=award.issued_at,
        issuer_name=gettext("Green Skills"),
        issuer_url=settings.BASE_URL,
        language=language(),
    )


# --- Guessing codes ---------------------------------------------------------------------------------------------------
# A code has 128 random bits; this only keeps a guesser from costing others their time. Without a cache nobody counts.


def _key(request: HttpRequest) -> str:
    return f"credential-guesses:{get_adapter().get_client_ip(request)}"


def _guesses(request: HttpRequest) -> int:
    return int(cache.get(_key(request), 0))


def _count_guess(request: HttpRequest) -> None:
    if not cache.add(_key(request), 1, MISSES_SECONDS):
        try:
            cache.incr(_key(request))
        except ValueError:  # it ran out between the two calls
            cache.add(_key(request), 1, MISSES_SECONDS)


def _too_many(request: HttpRequest) -> HttpResponse:
    context = {"minutes": MISSES_SECONDS // 60}
    return _wait(TemplateResponse(request, "public/too_many_codes.html", context, status=429))


def _wait(response: HttpResponse) -> HttpResponse:
    response.headers["Retry-After"] = str(MISSES_SECONDS)
    return response

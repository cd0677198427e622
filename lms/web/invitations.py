"""The link of an invitation: what it is an invitation to, and the way in for people with and without an account."""

from urllib.parse import urlsplit

from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.cohorts.invitations import accept_invitation, invitation_page, invited_address
from lms.shared import clock
from lms.shared.refusals import Refusal
from lms.web.visitor import signed_in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_page(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, POST joins. A closed invitation is a refusal with words of its own."""
    person = request.user if request.user.is_authenticated else None
    if request.method == "POST" and person:
        accept_invitation(token=token, learner=person, now=clock.now())
        return redirect(request.path)
    page = invitation_page(token=token, visitor=person, language=translation.get_language() or "en", now=clock.now())
    return TemplateResponse(request, "account/join.html", {"invitation": page})


def invited_to(request: HttpRequest) -> str:
    """Whom the open invitation was sent to that this visitor came by, else empty."""
    token = _token(request)
    return invited_address(token=token, now=clock.now()) if token else ""


def join_if_invited(request: HttpRequest) -> None:
    """Join right after signing in. A closed invitation spoils no sign-in: its own page comes next and says why."""
    token = _token(request)
    if not token:
        return
    try:
        enrolment = accept_invitation(token=token, learner=signed_in(request), now=clock.now())
    except Refusal:
        return
    messages.success(request, _("You are in the cohort %(cohort)s.") % {"cohort": enrolment.cohort.name})


def _token(request: HttpRequest) -> str:
    """The token, when `next` is the link of an invitation. It is never kept in the session: phones are shared."""
    path = urlsplit(get_next_redirect_url(request) or "").path
    with translation.override(translation.get_language_from_path(path) or translation.get_language()):
        try:
            match = resolve(path)
        except Resolver404:
            return ""
    return str(match.kwargs["token"]) if match.view_name == "account:join" else ""

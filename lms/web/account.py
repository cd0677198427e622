"""Accounts: sign in and up, passwords, profile. What allauth does well it does; addresses, forms and words are ours."""

import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from allauth.account import views as allauth_views
from allauth.account.internal.flows.signup import complete_signup
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from lms.people import services
from lms.people.refusals import PasswordTooWeak, WrongPassword
from lms.people.requests import mail_after_commit
from lms.shared import clock
from lms.web import invitations
from lms.web.forms import OwnPasswordForm, ProfileForm, SignUpForm
from lms.web.onward import is_ours
from lms.web.visitor import LEAVE_NOTHING, signed_in

if TYPE_CHECKING:
    from lms.people.models import User


SIGNED_UP_AS = "signed_up_as"


class SignInView(allauth_views.LoginView):
    """Somebody who came by an invitation is in the cohort as soon as they are in."""

    template_name = "account/sign_in.html"

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "login": self.request.session.get(SIGNED_UP_AS, "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), SIGNED_UP_AS: self.request.session.get(SIGNED_UP_AS)}

    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if self.request.user.is_authenticated:
            self.request.session.pop(SIGNED_UP_AS, None)
            invitations.join_if_invited(self.request)
        return response


class SignUpView(allauth_views.SignupView):
    """Answers the same whether the address has an account or not; the mail tells (S-02).

    Only who holds an invitation to this very address goes straight in: the link came out of that mailbox.
    """

    template_name = "account/sign_up.html"
    form_class = SignUpForm  # type: ignore[assignment]  # ours makes nothing by itself, sign_up does

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "email": invitations.invited_to(self.request)}

    def form_valid(self, form: Form) -> HttpResponse:
        typed, language = form.cleaned_data, translation.get_language() or "en"
        try:
            invited_to = invitations.invited_to(self.request)
            done = services.sign_up(**typed, language=language, proven=invited_to, now=clock.now())
        except PasswordTooWeak as refusal:
            form.add_error("password", refusal.details["reasons"])
            return cast(HttpResponse, self.form_invalid(form))
        if done.mail:
            mail_after_commit(done.mail)
        if done.person and done.person.email == invited_to:
            response: HttpResponse = complete_signup(self.request, user=done.person)
            invitations.join_if_invited(self.request)
            return response
        self.request.session[SIGNED_UP_AS] = typed["email"].lower()
        onward = get_next_redirect_url(self.request)
        query = f"?{urlencode({'next': onward})}" if onward else ""
        return HttpResponseRedirect(reverse("account_login") + query)


class AskForResetView(allauth_views.PasswordResetView):
    """Takes as long for an address that nobody has, so that the clock does not tell (S-02)."""

    template_name = "account/reset.html"
    LEAST_SECONDS = 0.05  # several times what the longer of the two ways takes

    def form_valid(self, form: Form) -> HttpResponse:
        begun = time.monotonic()
        response: HttpResponse = super().form_valid(form)
        if response.status_code != HTTPStatus.TOO_MANY_REQUESTS:
            time.sleep(max(0.0, self.LEAST_SECONDS - (time.monotonic() - begun)))
        return response


class SignOutView(allauth_views.LogoutView):
    """GET asks, POST does it."""

    template_name = "account/sign_out.html"

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post(*args, **kwargs)
        response.headers["Clear-Site-Data"] = LEAVE_NOTHING
        return response


@require_GET
@login_required
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """Everybody's own front room, in their own language."""
    rooms = {"trainer": "train:home", "operator": "admin:index"}
    person = signed_in(request)
    with translation.override(person.language or translation.get_language()):
        return redirect(rooms.get(person.role, "public:home"))


@require_GET
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language of this address in a cookie and go on to the page in it. Changes nothing but the cookie.

    Without a form, so that it works in every browser and needs no token; a link on another site sets no cookie (S-11).
    """
    onward = request.GET.get("next", "")
    if not is_ours(onward):
        onward = reverse("public:home")
    response = HttpResponseRedirect(onward)
    if request.headers.get("Sec-Fetch-Site") != "cross-site":
        remember_language(response, translation.get_language() or "en")
    return response


def remember_language(response: HttpResponse, code: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    form = ProfileForm(request.POST or None, initial=_profile_of(person))
    if not form.is_valid():
        forms = {"form": form, "sessions_form": OwnPasswordForm(prefix="sessions")}
        return TemplateResponse(request, "account/profile.html", forms)
    services.change_profile(person=person, now=clock.now(), **form.cleaned_data)
    code = form.cleaned_data["language"]
    with translation.override(code):
        messages.success(request, _("Saved."))
        response = redirect("account:profile")
    remember_language(response, code)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@sensitive_post_parameters()
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here. Whoever loads the page again after a wrong password gets the profile."""
    person, form = signed_in(request), OwnPasswordForm(request.POST, prefix="sessions")
    if request.method != "POST":
        return redirect("account:profile")
    if form.is_valid():
        try:
            services.end_other_sessions(person=person, password=form.cleaned_data["password"], now=clock.now())
        except WrongPassword:
            form.add_error("password", _("This is not your password."))
        else:
            update_session_auth_hash(request, person)
            messages.success(request, _("You are signed out on all other devices."))
            return redirect("account:profile")
    forms = {"form": ProfileForm(initial=_profile_of(person)), "sessions_form": form}
    return TemplateResponse(request, "account/profile.html", forms)


def _profile_of(person: "User") -> dict[str, Any]:
    return {
        "name": person.display_name,
        "language": person.language or translation.get_language(),
        "timezone": person.timezone,
        "wants_reminders": person.wants_reminders,
    }

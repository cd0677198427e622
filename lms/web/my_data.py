"""My data: what is kept about me, the file with all of it, and the end of my account."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from lms.people.refusals import WrongPassword
from lms.people.services import check_own_password
from lms.privacy.selectors import kept_about
from lms.privacy.services import erase_person, export_person
from lms.shared import clock
from lms.web.forms import OwnPasswordForm
from lms.web.visitor import LEAVE_NOTHING, signed_in


@require_safe
@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    return _page(request, OwnPasswordForm())


@require_safe
@login_required
def my_data_file(request: HttpRequest) -> HttpResponse:
    """One JSON file, made while you wait."""
    data = export_person(person=signed_in(request), now=clock.now())
    response = JsonResponse(data, json_dumps_params={"indent": 1, "ensure_ascii": False})
    response.headers["Content-Disposition"] = 'attachment; filename="green-skills-my-data.json"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@sensitive_post_parameters()
def erase(request: HttpRequest) -> HttpResponse:
    """Delete my account, after asking for the password. GET shows what would happen."""
    person, form = signed_in(request), OwnPasswordForm(request.POST or None)
    if not form.is_valid():
        return _page(request, form)
    try:
        check_own_password(person=person, password=form.cleaned_data["password"])
    except WrongPassword:
        form.add_error("password", _("This is not your password. Nothing was deleted."))
        return _page(request, form)
    erase_person(person=person, by=person, now=clock.now())
    logout(request)
    messages.success(request, _("Your account is deleted. Thank you for learning with us."))
    response = redirect("public:home")
    response.headers["Clear-Site-Data"] = LEAVE_NOTHING
    return response


def _page(request: HttpRequest, form: OwnPasswordForm) -> HttpResponse:
    context = {"kept": kept_about(signed_in(request)), "form": form}
    return TemplateResponse(request, "account/my_data.html", context)

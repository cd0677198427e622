"""The trainer's page of reminders: which are on, what was sent, held back or failed and why, what comes next."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lms.cohorts.access import access_cohort
from lms.reminders.selectors import ReminderPage, reminder_page
from lms.reminders.services import LEAST_DAYS, MOST_DAYS, Choice, set_rules
from lms.shared import clock
from lms.web.pages import language, page
from lms.web.visitor import signed_in


class RuleForm(forms.Form):
    """One kind of reminder: on or off, and its days. The prefix is the kind."""

    enabled = forms.BooleanField(required=False, label=gettext_lazy("Send this reminder"))
    days = forms.IntegerField(min_value=LEAST_DAYS, max_value=MOST_DAYS, label=gettext_lazy("Days"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest, code: str) -> HttpResponse:
    now = clock.now()
    cohort = access_cohort(request.user, code)
    asked = reminder_page(
        cohort,
        language=language(),
        state=request.GET.get("state", ""),
        page=_number(request.GET.get("page", "")),
        now=now,
    )
    forms_by_kind = _forms(request, asked)
    if request.method == "POST" and all(form.is_valid() for form in forms_by_kind.values()):
        choices = {kind: Choice(**form.cleaned_data) for kind, form in forms_by_kind.items()}
        set_rules(cohort=cohort, choices=choices, by=signed_in(request), now=now)
        messages.success(request, _("Saved. It counts from the next reminder on."))
        return redirect("train:reminders", code)
    context = {"cohort": cohort, "page": asked, "rules": forms_by_kind.items()}
    return page(request, "train/reminders.html", context)


def _forms(request: HttpRequest, asked: ReminderPage) -> dict[str, RuleForm]:
    data = request.POST if request.method == "POST" else None
    return {
        rule.kind: RuleForm(data, prefix=rule.kind, initial={"enabled": rule.enabled, "days": rule.days})
        for rule in asked.rules
    }


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1

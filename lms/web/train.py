"""The trainer's pages: my cohorts, one cohort, one trainee, the timetable."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.cohorts.access import access_cohort, access_enrolment
from lms.cohorts.enrolling import enrol, withdraw
from lms.cohorts.refusals import WrongTimetable
from lms.cohorts.selectors import timetable, trainers_of
from lms.cohorts.services import reschedule
from lms.reports.home import home_cards
from lms.reports.selectors import group_page
from lms.reports.trainee import trainee_page
from lms.shared import clock
from lms.shared.refusals import NotHere
from lms.web.pages import language, page
from lms.web.train_forms import DaysForm, LeavingForm, days_forms, say_problems, view_of
from lms.web.visitor import signed_in

if TYPE_CHECKING:
    from lms.cohorts.models import Cohort


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    if not person.is_trainer:
        raise NotHere
    return page(request, "train/home.html", {"cards": home_cards(person, now=clock.now())})


@require_safe
@login_required
def cohort(request: HttpRequest, code: str) -> HttpResponse:
    cohort = access_cohort(request.user, code)
    view = view_of(request.GET)
    return page(request, "train/cohort.html", {"group": group_page(cohort, view, language=language(), now=clock.now())})


@require_safe
@login_required
def learner(request: HttpRequest, code: str, learner_id: UUID) -> HttpResponse:
    cohort = access_cohort(request.user, code)
    enrolment = access_enrolment(request.user, cohort, learner_id)
    shown = trainee_page(enrolment, language=language(), now=clock.now())
    return page(request, "train/learner.html", {"cohort": cohort, "page": shown, "leaving": LeavingForm()})


@require_POST
@login_required
def end_enrolment(request: HttpRequest, code: str, learner_id: UUID) -> HttpResponse:
    """The button stands behind a fold with the reason to choose; afterwards the page offers the way back."""
    cohort = access_cohort(request.user, code)
    enrolment = access_enrolment(request.user, cohort, learner_id)
    form = LeavingForm(request.POST)
    if form.is_valid():
        withdraw(enrolment=enrolment, because=form.cleaned_data["because"], by=signed_in(request), now=clock.now())
        messages.success(request, _("Out of the cohort. Everything they did is kept."))
    else:
        messages.error(request, _("Choose why. Nothing was changed."))
    return redirect("train:learner", code, learner_id)


@require_POST
@login_required
def enrol_again(request: HttpRequest, code: str, learner_id: UUID) -> HttpResponse:
    cohort = access_cohort(request.user, code)
    enrolment = access_enrolment(request.user, cohort, learner_id)
    enrol(cohort=cohort, learner=enrolment.learner, by=signed_in(request), now=clock.now())
    messages.success(request, _("Back in the cohort, with everything as it was."))
    return redirect("train:learner", code, learner_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cohort_timetable(request: HttpRequest, code: str) -> HttpResponse:
    cohort = access_cohort(request.user, code)
    lines = timetable(cohort, language())
    forms = days_forms(lines, request.POST if request.method == "POST" else None)
    if request.method == "POST" and _save(request, cohort, forms):
        return redirect("train:timetable", code)
    context = {"cohort": cohort, "lines": list(zip(lines, forms.values(), strict=True))}
    return page(request, "train/timetable.html", context | {"trainers": trainers_of(cohort)})


def _save(request: HttpRequest, cohort: "Cohort", forms: dict[str, DaysForm]) -> bool:
    """Every field is read before anything is said: all errors at once, beside their fields."""
    if [form for form in forms.values() if not form.is_valid()]:
        return False
    days = {key: form.days() for key, form in forms.items()}
    try:
        changed = reschedule(cohort=cohort, days=days, by=signed_in(request), now=clock.now())
    except WrongTimetable as refusal:
        say_problems(forms, refusal.details["problems"])
        return False
    messages.success(request, _("Saved.") if changed else _("Nothing was different."))
    return True

"""How people come into a cohort: invitations one by one, and a list as a file."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from lms.cohorts.access import access_cohort, access_invitation
from lms.cohorts.invitations import cancel_invitation, invite
from lms.cohorts.roster import RosterDone, import_roster, plan_roster
from lms.cohorts.roster_file import Roster, read_roster
from lms.cohorts.selectors import invitations
from lms.people.requests import owed_mail_after_commit
from lms.shared import clock
from lms.shared.refusals import Refusal
from lms.web.errors import words_for
from lms.web.pages import page
from lms.web.train_forms import InviteForm, RosterForm
from lms.web.visitor import signed_in

if TYPE_CHECKING:
    from lms.cohorts.models import Cohort


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cohort_invitations(request: HttpRequest, code: str) -> HttpResponse:
    cohort = access_cohort(request.user, code)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _invite_all(request, cohort, form.cleaned_data["emails"])
        return redirect("train:invitations", code)
    context = {"cohort": cohort, "form": form, "roster": RosterForm(), "lines": invitations(cohort, clock.now())}
    return page(request, "train/invitations.html", context)


def _invite_all(request: HttpRequest, cohort: "Cohort", emails: Sequence[str]) -> None:
    """Each by itself: one address that is in already does not stop the others."""
    sent = 0
    for email in emails:
        try:
            invite(cohort=cohort, email=email, by=signed_in(request), now=clock.now())
            sent += 1
        except Refusal as refusal:
            messages.warning(request, f"{email}: {words_for(refusal)}")
    if sent:
        owed_mail_after_commit()
        said = ngettext("%(n)d invitation is on its way.", "%(n)d invitations are on their way.", sent)
        messages.success(request, said % {"n": sent})


@require_POST
@login_required
def invite_again(request: HttpRequest, code: str, invitation_id: UUID) -> HttpResponse:
    """A new link; the one sent before opens nothing any more."""
    cohort = access_cohort(request.user, code)
    invitation = access_invitation(request.user, cohort, invitation_id)
    _invite_all(request, cohort, [invitation.email])
    return redirect("train:invitations", code)


@require_POST
@login_required
def cancel(request: HttpRequest, code: str, invitation_id: UUID) -> HttpResponse:
    cohort = access_cohort(request.user, code)
    invitation = access_invitation(request.user, cohort, invitation_id)
    cancel_invitation(invitation=invitation, by=signed_in(request), now=clock.now())
    messages.success(request, _("Taken back. The link opens nothing any more."))
    return redirect("train:invitations", code)


@require_POST
@login_required
def roster(request: HttpRequest, code: str) -> HttpResponse:
    """First what the list would do, then, with the same list and `confirm`, it is done. Nothing is kept in between."""
    cohort = access_cohort(request.user, code)
    form = RosterForm(request.POST, request.FILES)
    if not form.is_valid():
        lines = invitations(cohort, clock.now())
        context = {"cohort": cohort, "form": InviteForm(), "roster": form, "lines": lines}
        return page(request, "train/invitations.html", context)
    content = form.content()
    read = read_roster(content, languages=dict(settings.LANGUAGES))
    if read.people and "confirm" in request.POST:
        return _import(request, cohort, read)
    context = {"cohort": cohort, "roster": read}
    if read.people:
        text = content.decode("utf-8-sig")
        context |= {"plan": plan_roster(cohort, read.people, by=signed_in(request)), "text": text}
    return page(request, "train/roster.html", context)


def _import(request: HttpRequest, cohort: "Cohort", read: Roster) -> HttpResponse:
    done = import_roster(cohort=cohort, people=read.people, by=signed_in(request), now=clock.now())
    owed_mail_after_commit()
    messages.success(request, _said(done))
    return redirect("train:invitations", cohort.code)


def _said(done: RosterDone) -> str:
    counts = [
        (done.enrolled, ngettext("%(n)d is in the cohort now.", "%(n)d are in the cohort now.", done.enrolled)),
        (done.invited, ngettext("%(n)d got an invitation.", "%(n)d got an invitation.", done.invited)),
        (done.already_in, ngettext("%(n)d was in already.", "%(n)d were in already.", done.already_in)),
    ]
    return " ".join(words % {"n": n} for n, words in counts if n)

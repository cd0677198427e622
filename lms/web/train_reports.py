"""Reports of a cohort: ask for one, watch it being made, fetch the file."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.cohorts.access import access_cohort
from lms.reports.access import access_report
from lms.reports.download import file_name, open_file
from lms.reports.files import CONTENT_TYPES
from lms.reports.list import my_reports
from lms.reports.requests import request_report
from lms.shared import clock
from lms.web.pages import language, page
from lms.web.train_forms import ReportForm
from lms.web.visitor import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reports(request: HttpRequest, code: str) -> HttpResponse:
    """The list alone for the script that watches it, the page for people."""
    cohort, person = access_cohort(request.user, code), signed_in(request)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        wanted = {**form.cleaned_data, "language": language()}
        _report, is_new = request_report(by=person, cohort=cohort, now=clock.now(), **wanted)
        if not is_new:
            messages.info(request, _("This report is being made already. You will find it below."))
        return redirect("train:reports", code)
    context = {"cohort": cohort, "form": form, "reports": my_reports(person, cohort)}
    return page(request, "train/_reports.html" if request.htmx else "train/reports.html", context)  # type: ignore[attr-defined]


@require_safe
@login_required
def report_file(request: HttpRequest, code: str, report_id: UUID) -> HttpResponseBase:
    """The rights are asked at this very moment, whatever was allowed when the report was asked for (A-08, A-12)."""
    report = access_report(request.user, code, report_id)
    response = FileResponse(open_file(report), as_attachment=True, filename=file_name(report))
    response.headers["Content-Type"] = CONTENT_TYPES[report.format]
    response.headers["Cache-Control"] = "private, no-store"
    return response

"""The way out of reminders: a page with one button; mail programs that unsubscribe by themselves use its address."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lms.reminders.selectors import whose_stop_link
from lms.reminders.services import stop_reminders
from lms.shared import clock
from lms.web.pages import page


@csrf_exempt  # the signed link is the right to do it, and mail programs have no cookie (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, signed: str) -> HttpResponse:
    """GET only asks: scanners of mail open every link (X-04). Signing in is not needed."""
    stopping = request.method == "POST"
    person = stop_reminders(signed=signed, now=clock.now()) if stopping else whose_stop_link(signed)
    return page(request, "public/stop_reminders.html", {"stopped": not person.wants_reminders})

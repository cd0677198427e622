"""Pages that are open to everybody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from lms.progress.selectors import learner_home
from lms.shared.clock import now
from lms.web.pages import language, page, reader
from modules.selectors import programme_outlines


def choose_language(request: HttpRequest) -> HttpResponse:
    """Signed-in choice, cookie, browser, English."""
    chosen = getattr(request.user, "language", "") or translation.get_language_from_request(request)
    with translation.override(chosen):
        response = HttpResponseRedirect(reverse("public:home"))
    response.headers["Vary"] = "Accept-Language, Cookie"
    response.headers["Cache-Control"] = "no-cache"
    return response


def home(request: HttpRequest) -> HttpResponse:
    if learner := reader(request):
        mine = learner_home(learner=learner, language=language(), now=now())
        return page(request, "learn/home.html", {"home": mine})
    return page(request, "public/home.html", {"programmes": programme_outlines(language())})


def about(request: HttpRequest) -> HttpResponse:
    return page(request, "public/about.html", {"programmes": programme_outlines(language())})


def privacy(request: HttpRequest) -> HttpResponse:
    return page(request, "public/privacy.html", {"report_days": settings.REPORT_KEPT_DAYS})

"""Pages that are open to everybody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from lms.progress.course import course
from lms.progress.selectors import learner_home
from lms.shared.clock import now
from lms.web.pages import language, page, reader, same_for_strangers
from modules.shelf import Shelf


def choose_language(request: HttpRequest) -> HttpResponse:
    """Signed-in choice, cookie, browser, English."""
    chosen = getattr(request.user, "language", "") or translation.get_language_from_request(request)
    with translation.override(chosen):
        response = HttpResponseRedirect(reverse("public:home"))
    response.headers["Vary"] = "Accept-Language, Cookie"
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
@same_for_strangers
def home(request: HttpRequest, published: Shelf) -> HttpResponse:
    if learner := reader(request):
        mine = learner_home(learner=learner, language=language(), now=now(), shelf=published)
        return page(request, "learn/home.html", {"home": mine})
    return page(request, "public/home.html", {"programmes": course(language(), published).outlines})


@require_safe
@same_for_strangers
def about(request: HttpRequest, published: Shelf) -> HttpResponse:
    return page(request, "public/about.html", {"programmes": course(language(), published).outlines})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return page(request, "public/privacy.html", {"report_days": settings.REPORT_KEPT_DAYS})

"""Pages that are open to everybody."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation

from modules.selectors import programme_outlines


def choose_language(request: HttpRequest) -> HttpResponse:
    """Signed-in choice, cookie, browser, English."""
    chosen = getattr(request.user, "language", "") or translation.get_language_from_request(request)
    with translation.override(chosen):
        response = HttpResponseRedirect(reverse("public:home"))
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


def home(request: HttpRequest) -> HttpResponse:
    programmes = programme_outlines(translation.get_language() or "en")
    return TemplateResponse(request, "public/home.html", {"programmes": programmes})


def about(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "public/about.html")


def privacy(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "public/privacy.html")

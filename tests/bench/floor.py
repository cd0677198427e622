"""What Django itself does on this machine: a bare view, and one that reads session and user and renders a template."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

LINES = [f"Line {number} of a page that is about as long as a lesson." for number in range(40)]
TEMPLATE = """<!doctype html><html lang="en"><title>{{ user.display_name }}</title><body><h1>{{ user.email }}</h1>
{% for line in lines %}<p class="{% cycle 'odd' 'even' %}">{{ line }}</p>{% endfor %}</body></html>"""


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>Bare</title>")


def signed_in(request: HttpRequest) -> HttpResponse:
    """Two queries, one template: the least that a page for somebody does."""
    template = engines["django"].from_string(TEMPLATE) if not _cache else _cache[0]
    _cache[:] = [template]
    assert request.user.is_authenticated
    return HttpResponse(template.render({"user": request.user, "lines": LINES}))


_cache: list[object] = []
urlpatterns = [path("bare", bare), path("signed-in", signed_in)]

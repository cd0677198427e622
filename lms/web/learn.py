"""Pages for learning: a module, a lesson, terms, search, and what is mine."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from lms.progress.selectors import module_page, study_page
from modules.selectors import glossary_terms


def _language() -> str:
    return get_language() or "en"


def module(request: HttpRequest, module: str) -> HttpResponse:
    learner = request.user if request.user.is_authenticated else None
    page = module_page(learner=learner, module_key=module, language=_language())
    return TemplateResponse(request, "learn/module.html", {"module": page})


def lesson(request: HttpRequest, module: str, lesson: str) -> HttpResponse:
    learner = request.user if request.user.is_authenticated else None
    page = study_page(learner=learner, lesson_key=lesson, language=_language())
    if page.module.key != module:
        return redirect("learn:lesson", page.module.key, lesson, permanent=True)
    return TemplateResponse(request, "learn/lesson.html", {"page": page})


def glossary(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "learn/glossary.html", {"terms": glossary_terms(_language())})


def search(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "learn/search.html", {"query": request.GET.get("q", "")})


@login_required
def me(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "learn/me.html")

"""Pages for learning: a module, a lesson, terms, search, and what is mine."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from lms.cohorts.guide import guides_of
from lms.credentials.selectors import my_credentials
from lms.progress.course import course
from lms.progress.selectors import StudyPage, module_page, my_page, study_page
from lms.progress.services import VISIT_PAUSE, complete_lesson, open_lesson
from lms.shared.clock import now
from lms.web.pages import language, page, reader, same_for_strangers
from lms.web.visitor import signed_in
from modules.review import any_awaits_review
from modules.search import search as find
from modules.selectors import glossary_letters
from modules.shelf import Shelf, shelf

RESULTS_A_PAGE = 20


@require_safe
@same_for_strangers
def module(request: HttpRequest, published: Shelf, module: str) -> HttpResponse:
    shown = module_page(learner=reader(request), module_key=module, language=language(), now=now(), shelf=published)
    return page(request, "learn/module.html", {"page": shown})


@require_safe
@same_for_strangers
def lesson(request: HttpRequest, published: Shelf, module: str, lesson: str) -> HttpResponse:
    learner, present = reader(request), now()
    shown = study_page(learner=learner, lesson_key=lesson, language=language(), now=present, shelf=published)
    if shown.text.module.key != module:
        return redirect("learn:lesson", shown.text.module.key, lesson, permanent=True)
    if learner and (shown.visited_at is None or present - shown.visited_at >= VISIT_PAUSE):
        open_lesson(learner=learner, revision=shown.text.revision, now=present)
    context = {
        "page": shown,
        "unfinished": learner is not None and shown.lesson.state != "done",
        "done_on": localdate(shown.done_at) if shown.done_at else None,
        "site": settings.BASE_URL,
    }
    return page(request, "learn/lesson.html", context)


def complete(request: HttpRequest, module: str, lesson: str) -> HttpResponse:
    """Done, and on to what comes next. Whoever comes here without a form, or signed out, is led back to the lesson."""
    here = reverse("learn:lesson", args=[module, lesson])
    learner = reader(request)
    if request.method != "POST":
        return redirect(here)
    if learner is None:
        return redirect_to_login(here)
    shown = study_page(learner=learner, lesson_key=lesson, language=language(), now=now(), shelf=shelf())
    complete_lesson(learner=learner, revision=shown.text.revision, now=now())
    return redirect(_after(shown))


def _after(shown: StudyPage) -> str:
    """The next lesson, else one that was left out, else the quiz, else the module."""
    left_out = (line for line in shown.lessons if line.state in {"new", "started"} and line is not shown.lesson)
    following, text = shown.following or next(left_out, None), shown.text
    if following:
        return reverse("learn:lesson", args=[text.module.key, following.key])
    return reverse("quizzes:quiz", args=[text.quiz]) if text.quiz else reverse("learn:module", args=[text.module.key])


@require_safe
@same_for_strangers
def glossary(request: HttpRequest, published: Shelf) -> HttpResponse:
    awaits = any_awaits_review(course(language(), published).modules, language())
    context = {"letters": glossary_letters(language(), published), "awaits": awaits}
    return page(request, "learn/glossary.html", context)


@require_safe
@same_for_strangers
def search(request: HttpRequest, published: Shelf) -> HttpResponse:
    person = reader(request)
    guides = guides_of(person) if person else {}
    results = find(request.GET.get("q", ""), language(), published, guides)
    hits = Paginator(results.hits, RESULTS_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request, "learn/search.html", {"results": results, "hits": hits, "query": urlencode({"q": results.query})}
    )


@require_safe
@login_required
def me(request: HttpRequest) -> HttpResponse:
    mine = my_page(learner=signed_in(request), language=language(), now=now(), shelf=shelf())
    awards = my_credentials(signed_in(request), language())
    return page(request, "learn/me.html", {"mine": mine, "awards": awards})

"""The trainer guide, as one finds it on the way to a cohort: contents, a page, and all of it for paper."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lms.cohorts.access import access_cohort
from lms.cohorts.guide import modules_first
from lms.shared import clock
from lms.shared.refusals import NotHere
from lms.web.pages import language, page
from modules.guide import guide, guide_text, whole_guide
from modules.review import awaits_review
from modules.shelf import shelf


@require_safe
@login_required
def contents(request: HttpRequest, code: str) -> HttpResponse:
    cohort = access_cohort(request.user, code)
    pages = guide(cohort.programme_id, language(), shelf())
    through = modules_first(cohort, pages, now=clock.now())
    awaits = awaits_review(cohort.programme.review, language())
    context = {"cohort": cohort, "pages": pages, "through": through, "awaits": awaits}
    return page(request, "train/guide.html", context)


@require_safe
@login_required
def guide_page(request: HttpRequest, code: str, key: str) -> HttpResponse:
    cohort = access_cohort(request.user, code)
    published = shelf()
    text = guide_text(cohort.programme_id, key, language(), published)
    if text is None:
        raise NotHere
    pages = guide(cohort.programme_id, language(), published)
    awaits = awaits_review(cohort.programme.review, text.line.title.language)
    context = {"cohort": cohort, "page": text, "pages": pages, "awaits": awaits}
    return page(request, "train/guide_page.html", context)


@require_safe
@login_required
def guide_print(request: HttpRequest, code: str) -> HttpResponse:
    cohort = access_cohort(request.user, code)
    chapters = whole_guide(cohort.programme_id, language(), shelf())
    awaits = awaits_review(cohort.programme.review, language())
    context = {"cohort": cohort, "chapters": chapters, "awaits": awaits}
    return page(request, "train/guide_print.html", context)

"""Pages for the farm: calculators and field tasks."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lms.progress.farm import calculator_page, task_page, tool_list
from lms.shared.clock import now
from lms.web.calculating import reckon
from lms.web.pages import language, page, reader, same_for_strangers
from modules.shelf import Shelf


@require_safe
@same_for_strangers
def calculators(request: HttpRequest, published: Shelf) -> HttpResponse:
    modules = tool_list(kind="calculator", learner=reader(request), language=language(), now=now(), shelf=published)
    return page(request, "farm/calculators.html", {"modules": modules})


@require_safe
@same_for_strangers
def calculator(request: HttpRequest, published: Shelf, calculator: str) -> HttpResponse:
    """The form; with numbers in the address also what they come to."""
    shown = calculator_page(learner=reader(request), key=calculator, language=language(), now=now(), shelf=published)
    return page(request, "farm/calculator.html", {"page": shown, "reckoning": reckon(shown, request.GET)})


@require_safe
@same_for_strangers
def tasks(request: HttpRequest, published: Shelf) -> HttpResponse:
    modules = tool_list(kind="task", learner=reader(request), language=language(), now=now(), shelf=published)
    return page(request, "farm/tasks.html", {"modules": modules})


@require_safe
@same_for_strangers
def task(request: HttpRequest, published: Shelf, task: str) -> HttpResponse:
    """The sheet of the trainee."""
    shown = task_page(learner=reader(request), key=task, language=language(), now=now(), shelf=published)
    return page(request, "farm/task.html", {"page": shown, "address": f"{settings.BASE_URL}{request.path}"})


@require_safe
@same_for_strangers
def observe(request: HttpRequest, published: Shelf, task: str) -> HttpResponse:
    """The sheet of the trainer who observes."""
    shown = task_page(learner=reader(request), key=task, language=language(), now=now(), shelf=published)
    return page(request, "farm/observe.html", {"page": shown, "address": f"{settings.BASE_URL}{request.path}"})

"""Pages of a quiz: what it is, one's attempt, its result. All works with plain forms; attempt.js saves in between."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.progress.after_quiz import module_standing
from lms.progress.availability import Refused, may_open
from lms.progress.services import start_quiz, submit_quiz
from lms.shared.clock import now
from lms.shared.refusals import NotHere
from lms.web import answer_forms
from lms.web.errors import problem
from lms.web.pages import language, page, reader
from quizzes.access import access_attempt, access_quiz
from quizzes.answers import AttemptFinished, MalformedAnswer, StaleAnswer
from quizzes.late import late_answers
from quizzes.selectors import AttemptPage, attempt_page, quiz_page, result_page
from quizzes.services import save_answers, save_response


@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, quiz: str) -> HttpResponse:
    """What the quiz is. A POST starts an attempt, or goes on with the open one."""
    learner = reader(request)
    if request.method == "POST":
        if learner is None:
            return redirect_to_login(request.path)
        started = start_quiz(learner=learner, quiz_key=quiz, language=language(), now=now())
        return redirect("quizzes:attempt", started.pk)
    found = access_quiz(quiz)
    shown = quiz_page(quiz=found, learner=learner, language=language())
    if shown is None:
        raise NotHere
    answer = may_open(learner=learner, module=found.module, now=now())
    refused = answer if isinstance(answer, Refused) else None
    return page(request, "quizzes/quiz.html", {"page": shown, "refused": refused})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """All questions with what is saved. A POST saves the form; pressed with "finish" it goes on to the end."""
    mine = access_attempt(request.user, attempt_id)
    if request.method != "POST":
        if mine.submitted_at:
            return redirect("quizzes:result", attempt_id)
        shown = attempt_page(attempt=mine, language=language())
        return page(request, "quizzes/attempt.html", {"page": shown, "questions": answer_forms.as_saved(shown)})
    typed = answer_forms.read(request.POST)
    is_finish = request.POST.get("act") == "finish"
    try:
        if is_finish and typed.is_whole and not mine.submitted_at:
            submit_quiz(attempt=mine, answers=typed.answers, versions=typed.versions, now=now())
            return redirect("quizzes:result", attempt_id)
    except (StaleAnswer, MalformedAnswer):
        pass  # saving what can be saved finds the same again, and shows it
    except AttemptFinished as refusal:
        return _is_over(request, attempt_id, refusal)
    return _save_form(request, mine, typed, is_finish=is_finish)


def _save_form(request: HttpRequest, mine: Any, typed: answer_forms.Typed, *, is_finish: bool) -> HttpResponse:
    try:
        saved = save_answers(attempt=mine, answers=typed.answers, versions=typed.versions, now=now())
    except AttemptFinished as refusal:
        return _is_over(request, mine.pk, refusal)
    shown = attempt_page(attempt=mine, language=language())
    if saved.stale or saved.malformed:
        questions = answer_forms.as_typed(shown, typed, saved)
        response = page(request, "quizzes/attempt.html", {"page": shown, "questions": questions, "has_problems": True})
        response.status_code = 409 if saved.stale else 422
        return response
    if is_finish:
        return redirect("quizzes:finish", mine.pk)
    words = _("Saved. You have answered %(answered)d of %(all)d questions.")
    messages.success(request, words % {"answered": shown.answered, "all": len(shown.questions)})
    return redirect("quizzes:attempt", mine.pk)


def _is_over(request: HttpRequest, attempt_id: UUID, refusal: AttemptFinished) -> HttpResponse:
    """On to the result. Answers that came too late are not silently dropped (Q-04)."""
    if refusal.details.get("late"):
        messages.warning(request, _("This attempt was finished before. What you changed afterwards does not count."))
    return redirect("quizzes:result", attempt_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Which questions are open still; a POST finishes with what is saved. Pressing twice is the same as once (Q-06)."""
    mine = access_attempt(request.user, attempt_id)
    if request.method == "POST":
        submit_quiz(attempt=mine, answers={}, now=now())
        return redirect("quizzes:result", attempt_id)
    if mine.submitted_at:
        return redirect("quizzes:result", attempt_id)
    return page(request, "quizzes/finish.html", {"page": attempt_page(attempt=mine, language=language())})


@login_required
@require_safe
def result(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    mine = access_attempt(request.user, attempt_id)
    shown = result_page(attempt=mine, language=language())
    if shown is None:
        return redirect("quizzes:attempt", attempt_id)
    late = late_answers(mine)
    said_late = answer_forms.late_in_words(attempt_page(attempt=mine, language=language()), late) if late else []
    context = {"page": shown, "standing": module_standing(attempt=mine), "late": said_late}
    return page(request, "quizzes/result.html", context)


@require_POST
def save(request: HttpRequest, attempt_id: UUID, position: int) -> HttpResponse:
    """One answer from attempt.js, as JSON. Only the acknowledgement that names the question means saved (Q-19)."""
    learner = reader(request)
    if learner is None:
        return problem(401, "signed_out", _("You are signed out."))
    mine = access_attempt(learner, attempt_id)
    sent = answer_forms.read_json(request.body)
    if sent is None:
        return problem(400, "bad_request", _("This is not an answer."))
    try:
        kept = save_response(attempt=mine, position=position, answer=sent.answer, version=sent.version, now=now())
    except AttemptFinished:
        over = {"code": "attempt_finished", "result": reverse("quizzes:result", args=[attempt_id])}
        return _no_store(JsonResponse(over, status=409))
    except StaleAnswer as refusal:
        return _no_store(JsonResponse(_both(attempt_page(attempt=mine, language=language()), refusal), status=409))
    note = answer_forms.note(kept.kind, kept.answer.get("text", ""))
    return _no_store(JsonResponse({"position": position, "version": kept.version, "note": note}))


def _both(shown: AttemptPage, refusal: StaleAnswer) -> dict[str, Any]:
    """What stands in the way: raw for the script to compare, and in words."""
    card = next(card for card in shown.questions if card.position == refusal.details["position"])
    words = answer_forms.in_words(card, refusal.details["answer"])
    return {"code": refusal.code, **refusal.details, "words": words}


def _no_store(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    return response

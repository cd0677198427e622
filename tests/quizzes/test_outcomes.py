"""Closing an attempt: marked once, against what it began with."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lms.people.models import User
from quizzes.answers import AttemptFinished, MalformedAnswer, StaleAnswer
from quizzes.late import late_answers
from quizzes.models import Attempt, Mark, Question, Quiz, QuizRevision, Response
from quizzes.outcomes import Outcome, submit_attempt
from quizzes.services import save_response
from tests.factories.quizzes import make_attempt, make_quiz, make_quiz_revision, right_answers, single_choice_body

pytestmark = pytest.mark.django_db


def submit(attempt: Attempt, now: datetime, answers: Any = None, versions: Any = None) -> Outcome:
    return submit_attempt(attempt=attempt, answers=answers or {}, versions=versions, now=now)


def test_saved_answers_are_marked_and_open_ones_earn_nothing(ana: User, quiz: Quiz, now: datetime) -> None:
    answers = {1: {"choice": "organic"}, 2: {"choices": ["puddles"]}}
    outcome = submit(make_attempt(ana, quiz, now=now, answers=answers), now)
    attempt = Attempt.objects.get()
    assert outcome == Outcome(attempt, is_new=True)
    assert (attempt.state, attempt.submitted_at, attempt.score, attempt.passed) == (
        "submitted",
        now,
        Decimal("0.5"),
        False,
    )
    assert dict(Response.objects.values_list("item__position", "score")) == {1: Decimal(1), 2: Decimal("0.5")}
    assert list(Mark.objects.order_by("response__item__position").values_list("score", "given_at", "given_by")) == [
        (Decimal(1), now, None),
        (Decimal("0.5"), now, None),
    ]


def test_answers_still_in_the_form_are_saved_and_count(ana: User, quiz: Quiz, now: datetime) -> None:
    attempt = make_attempt(ana, quiz, now=now, answers={1: {"choice": "salt"}})
    later = now + timedelta(minutes=5)
    outcome = submit(attempt, later, right_answers(quiz))
    assert (outcome.attempt.score, outcome.attempt.passed) == (1, True)
    assert dict(attempt.responses.values_list("item__position", "version")) == {1: 2, 2: 1, 3: 1}
    assert set(attempt.responses.values_list("saved_at", flat=True)) == {later}


def test_untouched_answers_keep_the_time_of_their_save(ana: User, quiz: Quiz, now: datetime) -> None:
    attempt = make_attempt(ana, quiz, now=now, answers=right_answers(quiz))
    submit(attempt, now + timedelta(minutes=5), {1: right_answers(quiz)[1]})
    assert set(attempt.responses.values_list("saved_at", "version")) == {(now, 1)}


def test_submitting_twice_gives_the_same_result_and_one_set_of_marks(ana: User, quiz: Quiz, now: datetime) -> None:
    """Q-06, one after the other; tests/concurrency has fifty at once."""
    attempt = make_attempt(ana, quiz, now=now, answers=right_answers(quiz))
    first = submit(attempt, now)
    again = submit(attempt, now + timedelta(hours=1), {1: {"choice": "salt"}})
    assert again == Outcome(first.attempt, is_new=False)
    assert (again.attempt.score, again.attempt.submitted_at) == (1, now)
    assert Mark.objects.count() == 3
    assert Response.objects.get(item__position=1).answer == {"choice": "organic"}
    assert late_answers(attempt) == {1: {"choice": "salt"}}


def test_a_new_revision_does_not_touch_an_open_attempt(ana: User, boris: User, now: datetime) -> None:
    """Q-14: text, order, key and pass mark change, a question goes: the open attempt ends as it began."""
    quiz = make_quiz(kinds=["single_choice"] * 2, pass_mark="0.5")
    attempt = make_attempt(ana, quiz, now=now, answers={1: {"choice": "organic"}, 2: {"choice": "salt"}})
    first = Question.objects.get(quiz=quiz, key="question-1")
    make_quiz_revision(quiz, [(first, single_choice_body("Other?", right="salt"))], pass_mark="1")

    finished = submit(attempt, now).attempt
    fresh = submit(make_attempt(boris, quiz, now=now, answers={1: {"choice": "organic"}}), now).attempt
    assert (finished.score, finished.passed) == (Decimal("0.5"), True)
    assert (fresh.score, fresh.passed) == (0, False)
    assert finished.revision != fresh.revision


def test_an_old_mark_names_the_text_that_it_was_given_for(ana: User, quiz: Quiz, now: datetime) -> None:
    """Q-14"""
    submit(make_attempt(ana, quiz, now=now, answers={1: {"choice": "organic"}}), now)
    pinned = QuizRevision.objects.get().items.get(position=1).question_revision
    assert Mark.objects.get().question_revision == pinned


def test_an_answer_taken_back_is_an_open_question(ana: User, quiz: Quiz, now: datetime) -> None:
    attempt = make_attempt(ana, quiz, now=now, answers=right_answers(quiz))
    save_response(attempt=attempt, position=2, answer=None, version=1, now=now)
    submit(attempt, now, {3: None}, {3: 1})
    assert list(attempt.responses.values_list("item__position", flat=True)) == [1]
    assert Attempt.objects.get().score == Decimal("0.3333")


def test_with_versions_a_replaced_answer_stops_the_end(ana: User, quiz: Quiz, now: datetime) -> None:
    """Q-05"""
    attempt = make_attempt(ana, quiz, now=now, answers={1: {"choice": "organic"}})
    with pytest.raises(StaleAnswer):
        submit(attempt, now, {1: {"choice": "salt"}, 3: {"text": "60"}}, {1: 0})
    assert Attempt.objects.get().state == "open"
    assert Response.objects.count() == 1


@pytest.mark.parametrize("answers", [{1: {"choice": "loam"}}, {4: {"text": "1"}}])
def test_a_malformed_answer_stops_the_end(ana: User, quiz: Quiz, answers: Any, now: datetime) -> None:
    attempt = make_attempt(ana, quiz, now=now)
    with pytest.raises(MalformedAnswer):
        submit(attempt, now, answers)
    assert Attempt.objects.get().state == "open"


def test_a_void_attempt_cannot_be_finished(ana: User, quiz: Quiz, now: datetime) -> None:
    with pytest.raises(AttemptFinished):
        submit(make_attempt(ana, quiz, now=now, state="void"), now)


def test_open_questions_alone_make_a_score_of_nothing(ana: User, quiz: Quiz, now: datetime) -> None:
    outcome = submit(make_attempt(ana, quiz, now=now), now, {1: None, 2: None, 3: None}, {})
    assert (outcome.attempt.score, outcome.attempt.passed) == (0, False)
    assert not Response.objects.exists()

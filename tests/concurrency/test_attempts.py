"""Many requests at once on one attempt: one attempt, one set of marks, and what was saved is what counts."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from lms.people.models import User
from lms.progress.models import CompletionRecord, ModuleProgress
from lms.progress.services import complete_lesson, recount, start_quiz, submit_quiz
from quizzes.answers import AttemptFinished, StaleAnswer
from quizzes.models import Attempt, Mark, Quiz, Response
from quizzes.services import Kept, NoAttemptsLeft, save_response, start_attempt
from tests.concurrency.racing import race
from tests.factories.modules import live_revision, make_lesson, make_module
from tests.factories.quizzes import make_attempt, make_quiz, right_answers

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ana(transactional_db: None) -> User:
    return User.objects.create_user(email="ana@example.org")


@pytest.fixture
def quiz(transactional_db: None) -> Quiz:
    return make_quiz(make_module(lessons=1), kinds=["single_choice"] * 5)


def raised(results: list[Any], *expected: type[Exception]) -> list[Any]:
    """The exceptions among the results; any that is not expected ends the test."""
    errors = [result for result in results if isinstance(result, Exception)]
    for error in errors:
        if not isinstance(error, expected):
            raise error
    return errors


def test_twenty_starts_at_once_make_one_attempt(ana: User, quiz: Quiz, now: datetime) -> None:
    """Q-03"""

    def start() -> Any:
        return start_quiz(learner=ana, quiz_key=quiz.key, language="en", now=now).pk

    results = race([start] * 20)
    assert raised(results) == []
    assert len(set(results)) == 1
    assert Attempt.objects.count() == 1


def test_starting_and_finishing_at_once_never_exceeds_the_allowed_number(ana: User, now: datetime) -> None:
    """Q-03: who counted the attempts too early looks again."""
    quiz = make_quiz(kinds=["numeric"], attempts_allowed=3)

    def go() -> None:
        for _ in range(4):
            attempt = start_attempt(learner=ana, quiz_key=quiz.key, language="en", now=now)
            submit_quiz(attempt=attempt, answers={}, now=now)

    results = race([go] * 20)
    raised(results, NoAttemptsLeft)
    assert sorted(Attempt.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_fifty_submits_at_once_finish_once(ana: User, quiz: Quiz, now: datetime) -> None:
    """Q-06: the same result for all, one set of marks, one completion."""
    attempt = make_attempt(ana, quiz, now=now, answers=right_answers(quiz))

    def submit(second: int) -> Callable[[], Any]:
        def act() -> Any:
            done = submit_quiz(attempt=attempt, answers={}, now=now + timedelta(seconds=second))
            return done.pk, done.score, done.passed, done.submitted_at

        return act

    results = race([submit(second) for second in range(50)])
    assert raised(results) == []
    assert len(set(results)) == 1
    assert Mark.objects.count() == 5
    assert CompletionRecord.objects.filter(quiz=quiz).count() == 1


def test_saving_and_finishing_at_once_leave_what_was_saved_before_the_end(ana: User, quiz: Quiz, now: datetime) -> None:
    """Q-04: fifty races in one. Who was told "saved" is in the marks; who came late was told so."""
    attempt = make_attempt(ana, quiz, now=now)

    def save(number: int) -> Callable[[], Any]:
        position, choice = number % 5 + 1, ("organic", "salt", "sand")[number % 3]
        return lambda: save_response(
            attempt=attempt, position=position, answer={"choice": choice}, version=None, now=now
        )

    acts = [
        save(number) if number % 5 else lambda: submit_quiz(attempt=attempt, answers={}, now=now)
        for number in range(50)
    ]
    results = race(acts)
    raised(results, AttemptFinished, StaleAnswer)

    kept = {number % 5 + 1: result.answer for number, result in enumerate(results) if isinstance(result, Kept)}
    stored = {response.item.position: response for response in Response.objects.select_related("item")}
    assert {position: response.answer for position, response in stored.items()} == kept
    assert all(response.score is not None for response in stored.values())
    assert Mark.objects.count() == len(stored)
    right = sum(response.answer == {"choice": "organic"} for response in stored.values())
    assert Attempt.objects.get().score == Decimal(right) / 5


@pytest.mark.parametrize("round_", range(5))
def test_two_pages_saving_different_answers_at_once_never_overwrite_each_other(
    ana: User, quiz: Quiz, now: datetime, round_: int
) -> None:
    """Q-05: one is saved, the others hear of it."""
    attempt = make_attempt(ana, quiz, now=now)
    results = race(
        [
            lambda choice=choice: save_response(
                attempt=attempt, position=1, answer={"choice": choice}, version=None, now=now
            )
            for choice in ("organic", "salt", "sand", "plough")
        ]
    )
    stale = raised(results, StaleAnswer)
    assert len(stale) == 3
    stored = Response.objects.get()
    assert {refusal.details["answer"]["choice"] for refusal in stale} == {stored.answer["choice"]}
    assert stored.version == 1


def test_the_same_answer_sent_twenty_times_at_once_is_stored_once(ana: User, quiz: Quiz, now: datetime) -> None:
    """Q-01"""
    attempt = make_attempt(ana, quiz, now=now)
    results = race(
        [lambda: save_response(attempt=attempt, position=2, answer={"choice": "salt"}, version=None, now=now)] * 20
    )
    assert raised(results) == []
    assert {result.version for result in results} == {Response.objects.get().version} == {1}


def test_lessons_and_quiz_finished_at_once_are_all_counted(ana: User, now: datetime) -> None:
    """Q-25: each act counts the others' facts; the module and the programme are completed once."""
    module = make_module(lessons=6)
    quiz = make_quiz(module, kinds=["single_choice"])
    attempt = make_attempt(ana, quiz, now=now, answers=right_answers(quiz))
    revisions = [live_revision(lesson) for lesson in module.lessons.all()]
    acts: list[Callable[[], Any]] = [
        lambda revision=revision: complete_lesson(learner=ana, revision=revision, now=now) for revision in revisions
    ]
    acts += [lambda: submit_quiz(attempt=attempt, answers={}, now=now)] * 2
    assert raised(race(acts * 2)) == []
    row = ModuleProgress.objects.get()
    assert (row.done, row.total, row.quiz_passed, row.state) == (6, 6, True, "completed")
    assert CompletionRecord.objects.filter(module=module).count() == 1
    assert CompletionRecord.objects.filter(programme=module.programme).count() == 1


@pytest.mark.parametrize("second", ["lesson", "quiz"])
def test_an_act_waits_for_the_one_that_is_not_over_yet(ana: User, now: datetime, second: str) -> None:
    """Q-25: two phones. Without the wait the second act would count without the first, and write that down."""
    module = make_module(lessons=2)
    one, other = (live_revision(lesson) for lesson in module.lessons.all())
    attempt = make_attempt(ana, make_quiz(module, kinds=["numeric"]), now=now, answers={1: {"text": "60"}})
    begun = threading.Event()

    def first() -> None:
        with transaction.atomic():
            complete_lesson(learner=ana, revision=one, now=now)
            begun.set()
            time.sleep(0.3)

    def then() -> None:
        begun.wait(10)
        if second == "lesson":
            complete_lesson(learner=ana, revision=other, now=now)
        else:
            submit_quiz(attempt=attempt, answers={}, now=now)

    assert raised(race([first, then])) == []
    row = ModuleProgress.objects.get()
    assert (row.done, row.quiz_passed) == ((2, False) if second == "lesson" else (1, True))


def test_counting_everybody_while_people_learn_misses_nobody(now: datetime) -> None:
    """An import recounts while lessons are being finished: afterwards every row says what the facts say."""
    module = make_module(lessons=2)
    people = [User.objects.create_user(email=f"learner{number}@example.org") for number in range(12)]
    first, second = (live_revision(lesson) for lesson in module.lessons.all())
    for learner in people:
        complete_lesson(learner=learner, revision=first, now=now)
    make_lesson(module)
    acts: list[Callable[[], Any]] = [
        lambda learner=learner: complete_lesson(learner=learner, revision=second, now=now) for learner in people
    ]
    acts += [lambda: recount(programme=module.programme, now=now)] * 3
    assert raised(race(acts)) == []
    assert set(ModuleProgress.objects.values_list("done", "total", "state")) == {(2, 3, "started")}

"""Starting attempts and saving answers."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.people.models import User
from lms.shared.refusals import NotHere
from quizzes.answers import AttemptFinished, MalformedAnswer, StaleAnswer
from quizzes.late import late_answers
from quizzes.models import Attempt, Quiz, Response
from quizzes.services import Kept, NoAttemptsLeft, QuizRetired, save_answers, save_response, start_attempt
from tests.factories.quizzes import RIGHT, WRONG, live_revision, make_attempt, make_quiz, make_quiz_revision

pytestmark = pytest.mark.django_db


def start(learner: User, quiz: Quiz, now: datetime) -> Attempt:
    return start_attempt(learner=learner, quiz_key=quiz.key, language="bg", now=now)


# --- Starting -------------------------------------------------------------------------------------------------------


def test_starting_pins_the_live_revision(ana: User, quiz: Quiz, now: datetime) -> None:
    attempt = start(ana, quiz, now)
    assert (attempt.revision, attempt.number, attempt.language) == (live_revision(quiz), 1, "bg")
    assert (attempt.state, attempt.started_at) == ("open", now)


def test_starting_again_gives_the_same_attempt(ana: User, quiz: Quiz, now: datetime) -> None:
    """Q-03, one after the other; tests/concurrency has twenty at once."""
    assert start(ana, quiz, now) == start(ana, quiz, now + timedelta(days=1))
    assert Attempt.objects.count() == 1


def test_an_open_attempt_survives_a_new_revision_and_the_next_gets_it(ana: User, quiz: Quiz, now: datetime) -> None:
    """Q-14"""
    old = start(ana, quiz, now)
    new = make_quiz_revision(quiz, [])
    assert start(ana, quiz, now).revision == old.revision
    Attempt.objects.update(state="void")
    assert start(ana, quiz, now).revision == new


def test_everybody_has_attempts_of_their_own(ana: User, boris: User, quiz: Quiz, now: datetime) -> None:
    assert start(ana, quiz, now) != start(boris, quiz, now)


def test_numbers_go_on_after_finished_and_void_attempts(ana: User, quiz: Quiz, now: datetime) -> None:
    for number in (1, 2):
        make_attempt(ana, quiz, now=now, number=number, state="void")
    assert start(ana, quiz, now).number == 3


def finished(learner: User, quiz: Quiz, now: datetime) -> Attempt:
    return make_attempt(learner, quiz, now=now, state="submitted", submitted_at=now, score=0, passed=False)


def test_no_attempt_beyond_the_allowed_number(ana: User, now: datetime) -> None:
    quiz = make_quiz(attempts_allowed=2)
    finished(ana, quiz, now)
    start(ana, quiz, now)
    Attempt.objects.filter(state="open").update(state="submitted", submitted_at=now, score=0, passed=False)
    with pytest.raises(NoAttemptsLeft) as refusal:
        start(ana, quiz, now)
    assert refusal.value.details == {"allowed": 2}


def test_a_void_attempt_is_given_back(ana: User, now: datetime) -> None:
    quiz = make_quiz(attempts_allowed=1)
    make_attempt(ana, quiz, now=now, state="void")
    assert start(ana, quiz, now).number == 2


def test_a_retired_quiz_starts_no_attempt_but_keeps_the_open_one(
    ana: User, boris: User, quiz: Quiz, now: datetime
) -> None:
    """Q-14"""
    attempt = start(ana, quiz, now)
    Quiz.objects.update(retired_at=now)
    assert start(ana, quiz, now) == attempt
    with pytest.raises(QuizRetired):
        start(boris, quiz, now)


def test_an_unknown_quiz_and_one_without_a_live_form_are_not_here(ana: User, quiz: Quiz, now: datetime) -> None:
    quiz.revisions.update(is_live=False)
    with pytest.raises(NotHere):
        start(ana, quiz, now)
    with pytest.raises(NotHere):
        start_attempt(learner=ana, quiz_key="no-such-quiz", language="en", now=now)


# --- Saving one answer ----------------------------------------------------------------------------------------------


def save(attempt: Attempt, position: int, answer: Any, version: int | None, now: datetime) -> Kept:
    return save_response(attempt=attempt, position=position, answer=answer, version=version, now=now)


@pytest.fixture
def attempt(ana: User, quiz: Quiz, now: datetime) -> Attempt:
    return make_attempt(ana, quiz, now=now)


def stored(attempt: Attempt) -> dict[int, tuple[Any, int]]:
    rows = attempt.responses.values_list("item__position", "answer", "version")
    return {position: (answer, version) for position, answer, version in rows}


def test_an_answer_is_stored_and_versions_count_the_saves(attempt: Attempt, now: datetime) -> None:
    first = save(attempt, 1, {"choice": "salt"}, None, now)
    second = save(attempt, 1, {"choice": "organic"}, first.version, now)
    assert (first.version, second.version) == (1, 2)
    assert stored(attempt) == {1: ({"choice": "organic"}, 2)}


def test_sending_the_same_again_changes_nothing(attempt: Attempt, now: datetime) -> None:
    """Q-01: the answer was stored, the word of it was lost, the phone sends again."""
    first = save(attempt, 3, {"text": "60,5"}, None, now)
    later = now + timedelta(hours=1)
    again = [save(attempt, 3, {"text": "60,5"}, version, later) for version in (None, 0, 1, 7)]
    assert {kept.version for kept in again} == {first.version} == {1}
    assert [response.saved_at for response in Response.objects.all()] == [now]


def test_an_answer_typed_over_one_that_another_page_saved_is_refused_with_both(attempt: Attempt, now: datetime) -> None:
    """Q-05"""
    save(attempt, 1, {"choice": "salt"}, None, now)
    for version in (None, 0, 2):
        with pytest.raises(StaleAnswer) as refusal:
            save(attempt, 1, {"choice": "sand"}, version, now)
        assert refusal.value.details == {"position": 1, "answer": {"choice": "salt"}, "version": 1}
    assert stored(attempt) == {1: ({"choice": "salt"}, 1)}


def test_the_refused_answer_can_be_chosen_knowingly(attempt: Attempt, now: datetime) -> None:
    """Q-05"""
    save(attempt, 1, {"choice": "salt"}, None, now)
    save(attempt, 1, {"choice": "sand"}, 1, now)
    assert stored(attempt) == {1: ({"choice": "sand"}, 2)}


def test_taking_an_answer_back_is_a_save_too(attempt: Attempt, now: datetime) -> None:
    """Q-05: the version goes on, so an older page still notices."""
    save(attempt, 2, {"choices": ["puddles"]}, None, now)
    taken_back = save(attempt, 2, None, 1, now)
    assert (taken_back.answer, taken_back.version) == ({}, 2)
    with pytest.raises(StaleAnswer):
        save(attempt, 2, {"choices": ["roots"]}, 1, now)
    assert save(attempt, 2, None, 1, now).version == 2


@pytest.mark.parametrize("state", ["submitted", "void"])
def test_nothing_is_saved_after_the_end(attempt: Attempt, state: str, now: datetime) -> None:
    """Q-04: the caller may still hold the attempt as it was."""
    save(attempt, 1, {"choice": "salt"}, None, now)
    Attempt.objects.update(state=state, submitted_at=now, score=0, passed=False)
    with pytest.raises(AttemptFinished):
        save(attempt, 1, {"choice": "organic"}, 1, now)
    assert stored(attempt) == {1: ({"choice": "salt"}, 1)}
    assert late_answers(attempt) == {1: {"choice": "organic"}}


def test_of_late_answers_the_newest_is_kept_and_none_that_counted_anyway(attempt: Attempt, now: datetime) -> None:
    """Q-04"""
    save(attempt, 1, {"choice": "salt"}, None, now)
    Attempt.objects.update(state="submitted", submitted_at=now, score=0, passed=False)
    said = [{1: {"choice": "salt"}, 2: None}, {1: {"choice": "organic"}, 9: {"choice": "salt"}}, {1: None}]
    late = []
    for answers in [*said, {3: {"text": "6" * 99}}]:
        with pytest.raises(AttemptFinished) as refusal:
            save_answers(attempt=attempt, answers=answers, versions={}, now=now)
        late.append(refusal.value.details["late"])
    assert late == [0, 1, 1, 0]
    assert late_answers(attempt) == {1: {}}
    assert stored(attempt) == {1: ({"choice": "salt"}, 1)}


@pytest.mark.parametrize(
    ("position", "answer"),
    [(1, {"choice": "loam"}), (1, {"text": "60"}), (2, {"choices": []}), (3, {"text": "6" * 61}), (4, {"text": "1"})],
)
def test_what_is_no_answer_to_the_question_is_refused(
    attempt: Attempt, position: int, answer: Any, now: datetime
) -> None:
    with pytest.raises(MalformedAnswer) as refusal:
        save(attempt, position, answer, None, now)
    assert refusal.value.details == {"position": position}
    assert not Response.objects.exists()


def test_an_erased_attempt_is_not_here(attempt: Attempt, now: datetime) -> None:
    Attempt.objects.all().delete()
    with pytest.raises(NotHere):
        save(attempt, 1, {"choice": "salt"}, None, now)


# --- Saving a whole form --------------------------------------------------------------------------------------------


def test_a_form_is_saved_and_what_cannot_be_is_named(attempt: Attempt, now: datetime) -> None:
    """Q-05, Q-20: one answer that another page replaced and one that is no answer keep no other out."""
    save(attempt, 1, {"choice": "salt"}, None, now)
    answers = {1: {"choice": "sand"}, 2: {"choices": ["loam"]}, 3: {"text": "60"}, 9: {"text": "60"}}
    saved = save_answers(attempt=attempt, answers=answers, versions={1: 0}, now=now)
    assert (saved.versions, set(saved.stale), saved.malformed) == ({3: 1}, {1}, {2})
    assert stored(attempt) == {1: ({"choice": "salt"}, 1), 3: ({"text": "60"}, 1)}


def test_a_form_leaves_open_questions_open_and_takes_answers_back(attempt: Attempt, now: datetime) -> None:
    save(attempt, 2, {"choices": ["roots"]}, None, now)
    saved = save_answers(attempt=attempt, answers={1: None, 2: None, 3: None}, versions={2: 1}, now=now)
    assert saved.versions == {2: 2}
    assert stored(attempt) == {2: ({}, 2)}


def test_a_form_that_says_nothing_new_changes_nothing(attempt: Attempt, now: datetime) -> None:
    """Q-01"""
    answers = {1: RIGHT["single_choice"], 2: RIGHT["multiple_choice"]}
    save_answers(attempt=attempt, answers=answers, versions={}, now=now)
    before = list(Response.objects.values())
    saved = save_answers(attempt=attempt, answers=answers, versions={}, now=now + timedelta(days=1))
    assert saved.versions == {1: 1, 2: 1}
    assert list(Response.objects.values()) == before


def test_a_form_after_the_end_is_refused(attempt: Attempt, now: datetime) -> None:
    """Q-04"""
    Attempt.objects.update(state="submitted", submitted_at=now, score=0, passed=False)
    with pytest.raises(AttemptFinished):
        save_answers(attempt=attempt, answers={1: WRONG["single_choice"]}, versions={}, now=now)


# --- Queries --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("questions", [8, 20])
def test_few_queries_whatever_the_number_of_questions(ana: User, questions: int, now: datetime) -> None:
    quiz = make_quiz(kinds=["single_choice"] * questions)
    with CaptureQueriesContext(
        connection,
    ) as starting:
        attempt = start(ana, quiz, now)
    with CaptureQueriesContext(connection) as saving:
        save(attempt, questions, RIGHT["single_choice"], None, now)
    answers = dict.fromkeys(range(1, questions + 1), RIGHT["single_choice"])
    with CaptureQueriesContext(connection) as saving_all:
        save_answers(attempt=attempt, answers=answers, versions={questions: 1}, now=now)
    assert len(starting) <= 6
    assert len(saving) <= 6
    assert len(saving_all) <= 6

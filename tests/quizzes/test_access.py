"""Only one's own attempts are there."""

import uuid
from datetime import datetime

import pytest

from lms.people.models import User
from lms.shared.refusals import NotHere
from quizzes.access import access_attempt, access_quiz
from quizzes.models import Quiz
from tests.factories.quizzes import make_attempt

pytestmark = pytest.mark.django_db


def test_ones_own_attempt_is_there(ana: User, quiz: Quiz, now: datetime) -> None:
    attempt = make_attempt(ana, quiz, now=now)
    assert access_attempt(ana, attempt.pk) == attempt


def test_somebody_elses_attempt_is_not_here_and_leaves_a_line(
    ana: User, boris: User, quiz: Quiz, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    """A-01"""
    attempt = make_attempt(ana, quiz, now=now)
    with pytest.raises(NotHere):
        access_attempt(boris, attempt.pk)
    assert str(attempt.pk) in caplog.text
    assert str(boris.pk) in caplog.text


def test_not_even_operators_have_other_peoples_attempts_here(ana: User, boris: User, quiz: Quiz, now: datetime) -> None:
    """A-01"""
    boris.role = "operator"
    with pytest.raises(NotHere):
        access_attempt(boris, make_attempt(ana, quiz, now=now).pk)


def test_what_never_was_is_not_here(ana: User) -> None:
    with pytest.raises(NotHere):
        access_attempt(ana, uuid.uuid4())
    with pytest.raises(NotHere):
        access_quiz("no-such-quiz")


def test_a_quiz_comes_with_its_programme(quiz: Quiz, django_assert_num_queries: object) -> None:
    assert access_quiz("soil-final").module.programme == quiz.module.programme

"""The page of one trainee."""

from dataclasses import fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lms.cohorts.enrolling import withdraw
from lms.cohorts.models import Enrolment
from lms.progress.services import refresh_module
from lms.reports import cells, trainee
from lms.reports.trainee import trainee_page
from modules.models import Module
from quizzes.models import AttemptState
from tests.factories.cohorts import make_cohort
from tests.factories.modules import make_lesson, make_module
from tests.factories.people import make_trainer
from tests.factories.progress import make_lesson_completion
from tests.factories.quizzes import make_attempt, make_quiz

pytestmark = pytest.mark.django_db


@pytest.fixture
def module() -> Module:
    return make_module(lessons=2)


@pytest.fixture
def enrolment(module: Module) -> Enrolment:
    return make_cohort(programme=module.programme, learners=1).enrolments.select_related("cohort", "learner").get()


def test_it_shows_lessons_done_with_their_day(enrolment: Enrolment, module: Module, now: datetime) -> None:
    first, second = module.lessons.all()
    make_lesson_completion(enrolment.learner, first, now=now.replace(hour=23))
    refresh_module(learner=enrolment.learner, module=module, now=now)
    (block,) = trainee_page(enrolment, language="en", now=now).modules
    assert [lesson.done_on for lesson in block.lessons] == [date(2027, 3, 16), None], "the day in the cohort's zone"
    assert (block.lessons_done, block.cell.done, block.cell.total) == (1, 1, 2)
    assert second.pk != first.pk


def test_it_shows_each_try_of_each_quiz_with_score_and_day(enrolment: Enrolment, module: Module, now: datetime) -> None:
    final, practice = make_quiz(module), make_quiz(module, purpose="practice")
    for quiz, score, passed in ((practice, "1", True), (final, "0.5", False), (final, "0.9", True)):
        make_attempt(
            enrolment.learner,
            quiz,
            now=now,
            state=AttemptState.SUBMITTED,
            submitted_at=now,
            score=Decimal(score),
            passed=passed,
        )
    make_attempt(enrolment.learner, final, now=now)
    (block,) = trainee_page(enrolment, language="en", now=now).modules
    assert [(quiz.is_final, [(t.number, t.score, t.passed) for t in quiz.attempts]) for quiz in block.quizzes] == [
        (False, [(1, Decimal(1), True)]),
        (True, [(1, Decimal("0.5"), False), (2, Decimal("0.9"), True)]),
    ]
    assert block.quizzes[1].attempts[0].on == now.date()


def test_it_says_what_trainers_did(enrolment: Enrolment, now: datetime) -> None:
    tom = make_trainer()
    withdraw(enrolment=enrolment, because="removed", by=tom, now=now)
    page = trainee_page(enrolment, language="en", now=now)
    assert [(line.who, line.verb) for line in page.trail] == [("Tom", "enrolment ended")]
    assert (page.left_on, page.ended_because, page.reasons) == (now.date(), "removed", ())


def test_it_repeats_why_the_trainee_needs_somebody(enrolment: Enrolment, now: datetime) -> None:
    page = trainee_page(enrolment, language="en", now=now + timedelta(days=1))
    assert [(reason.code, reason.days) for reason in page.reasons] == [("never_seen", 15)]


def test_nothing_in_it_is_finer_than_a_day_or_says_with_what_or_from_where() -> None:
    """P-07: the only moments are those of the trainers' own acts."""
    for shape in (
        trainee.LessonDone,
        trainee.AttemptLine,
        trainee.QuizLine,
        trainee.ModuleBlock,
        trainee.TraineePage,
        cells.Cell,
        cells.RosterRow,
    ):
        for field in fields(shape):
            assert "datetime.datetime" not in str(field.type)
            assert not {"ip", "device", "agent", "seconds", "address"} & set(field.name.split("_"))


def test_it_takes_at_most_ten_queries(
    enrolment: Enrolment, module: Module, now: datetime, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        make_lesson_completion(enrolment.learner, make_lesson(module), now=now)
        quiz = make_quiz(module, purpose="practice")
        make_attempt(
            enrolment.learner,
            quiz,
            now=now,
            state=AttemptState.SUBMITTED,
            submitted_at=now,
            score=Decimal(0),
            passed=False,
            answers={1: {"choice": "salt"}},
        )
    with django_assert_max_num_queries(10):
        page = trainee_page(enrolment, language="en", now=now)
    assert len(page.questions) == 10

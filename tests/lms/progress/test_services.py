"""Opening and completing lessons, finishing quizzes: the facts and the row that follows them."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.people.models import User
from lms.progress.availability import NotOpen
from lms.progress.models import CompletionRecord, LessonVisit, ModuleProgress
from lms.progress.services import complete_lesson, open_lesson, start_quiz, submit_quiz
from modules.models import LessonRevision, Module
from quizzes.models import Attempt, Mark, Quiz
from tests.factories.modules import live_revision, make_lesson_revision, make_module
from tests.factories.quizzes import make_quiz, right_answers, wrong_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(db: None) -> Module:
    return make_module(lessons=1)


@pytest.fixture
def revision(module: Module) -> LessonRevision:
    return live_revision(module.lessons.get())


@pytest.fixture
def quiz(module: Module) -> Quiz:
    return make_quiz(module)


def row(learner: User) -> ModuleProgress:
    return ModuleProgress.objects.get(learner=learner)


# --- Lessons --------------------------------------------------------------------------------------------------------


def test_opening_a_lesson_starts_the_module(ana: User, revision: LessonRevision, now: datetime) -> None:
    visit = open_lesson(learner=ana, revision=revision, now=now)
    assert (visit.first_at, visit.last_at, visit.revision) == (now, now, revision)
    assert (row(ana).state, row(ana).done, row(ana).total, row(ana).last_active_at) == ("started", 0, 1, now)


def test_opening_again_within_a_minute_writes_nothing(
    ana: User, revision: LessonRevision, now: datetime, django_assert_num_queries: Any
) -> None:
    open_lesson(learner=ana, revision=revision, now=now)
    with django_assert_num_queries(1):
        open_lesson(learner=ana, revision=revision, now=now + timedelta(seconds=59))
    assert LessonVisit.objects.get().last_at == now


def test_opening_later_moves_the_last_visit_and_keeps_the_first(
    ana: User, revision: LessonRevision, now: datetime
) -> None:
    later = now + timedelta(minutes=1)
    open_lesson(learner=ana, revision=revision, now=now)
    open_lesson(learner=ana, revision=revision, now=later)
    visit = LessonVisit.objects.get()
    assert (visit.first_at, visit.last_at, row(ana).last_active_at) == (now, later, later)


def test_a_visit_remembers_the_text_that_was_seen_last(ana: User, revision: LessonRevision, now: datetime) -> None:
    open_lesson(learner=ana, revision=revision, now=now)
    new = make_lesson_revision(revision.lesson)
    open_lesson(learner=ana, revision=new, now=now)
    assert LessonVisit.objects.get().revision == new


def test_a_clock_that_steps_back_takes_no_activity_back(ana: User, revision: LessonRevision, now: datetime) -> None:
    """Q-10"""
    open_lesson(learner=ana, revision=revision, now=now)
    open_lesson(learner=ana, revision=make_lesson_revision(revision.lesson), now=now - timedelta(hours=1))
    assert LessonVisit.objects.get().last_at == now


def test_completing_a_lesson_counts_once_however_often_it_is_said(
    ana: User, revision: LessonRevision, now: datetime
) -> None:
    """Q-25"""
    records = {complete_lesson(learner=ana, revision=revision, now=now + timedelta(days=day)).pk for day in range(20)}
    assert len(records) == 1
    assert CompletionRecord.objects.get(lesson=revision.lesson).completed_at == now
    assert row(ana).done == 1


def test_completing_in_two_languages_counts_once(ana: User, revision: LessonRevision, now: datetime) -> None:
    """Q-25"""
    complete_lesson(learner=ana, revision=revision, now=now)
    complete_lesson(learner=ana, revision=live_revision(revision.lesson, "bg"), now=now)
    assert row(ana).done == 1


def test_a_raised_edition_leaves_the_lesson_done_and_may_be_finished_again(
    ana: User, revision: LessonRevision, now: datetime
) -> None:
    complete_lesson(learner=ana, revision=revision, now=now)
    new = make_lesson_revision(revision.lesson, edition=2)
    complete_lesson(learner=ana, revision=new, now=now)
    assert set(CompletionRecord.objects.exclude(lesson=None).values_list("edition", flat=True)) == {1, 2}
    assert row(ana).done == 1


# --- Quizzes --------------------------------------------------------------------------------------------------------


def finish(learner: User, quiz: Quiz, answers: dict[int, Any], now: datetime) -> Attempt:
    attempt = start_quiz(learner=learner, quiz_key=quiz.key, language="en", now=now)
    return submit_quiz(attempt=attempt, answers=answers, now=now)


def test_starting_a_quiz_starts_the_module(ana: User, quiz: Quiz, now: datetime) -> None:
    start_quiz(learner=ana, quiz_key=quiz.key, language="en", now=now)
    assert (row(ana).state, row(ana).attempts, row(ana).last_active_at) == ("started", 0, now)


def test_a_quiz_of_a_closed_programme_starts_for_nobody_outside(ana: User, quiz: Quiz, now: datetime) -> None:
    type(quiz.module.programme).objects.update(is_open=False)
    with pytest.raises(NotOpen):
        start_quiz(learner=ana, quiz_key=quiz.key, language="en", now=now)
    assert not Attempt.objects.exists()


def test_a_failed_quiz_counts_as_an_attempt(ana: User, quiz: Quiz, now: datetime) -> None:
    attempt = finish(ana, quiz, {1: {"choice": "organic"}}, now)
    assert attempt.passed is False
    assert (row(ana).attempts, row(ana).best_score, row(ana).quiz_passed) == (1, Decimal("0.3333"), False)
    assert not CompletionRecord.objects.exists()


def test_the_best_score_stays(ana: User, quiz: Quiz, now: datetime) -> None:
    finish(ana, quiz, right_answers(quiz), now)
    finish(ana, quiz, wrong_answers(quiz), now + timedelta(hours=1))
    assert (row(ana).attempts, row(ana).best_score, row(ana).quiz_passed) == (2, 1, True)


def test_passing_names_the_attempt_that_passed_first(ana: User, quiz: Quiz, now: datetime) -> None:
    first = finish(ana, quiz, right_answers(quiz), now)
    finish(ana, quiz, right_answers(quiz), now + timedelta(hours=1))
    record = CompletionRecord.objects.get(quiz=quiz)
    assert (record.attempt, record.completed_at) == (first, now)


def test_lessons_and_final_quiz_complete_module_and_programme(
    ana: User, quiz: Quiz, revision: LessonRevision, now: datetime
) -> None:
    finish(ana, quiz, right_answers(quiz), now)
    assert row(ana).state == "started"
    complete_lesson(learner=ana, revision=revision, now=now)
    assert row(ana).state == "completed"
    assert CompletionRecord.objects.filter(learner=ana, module=quiz.module).count() == 1
    assert CompletionRecord.objects.filter(learner=ana, programme=quiz.module.programme).count() == 1


def test_the_other_order_completes_them_too(ana: User, quiz: Quiz, revision: LessonRevision, now: datetime) -> None:
    complete_lesson(learner=ana, revision=revision, now=now)
    finish(ana, quiz, right_answers(quiz), now)
    assert row(ana).state == "completed"
    assert CompletionRecord.objects.filter(learner=ana, programme=quiz.module.programme).exists()


def test_a_programme_needs_all_its_modules(ana: User, quiz: Quiz, revision: LessonRevision, now: datetime) -> None:
    make_module(quiz.module.programme, lessons=1)
    complete_lesson(learner=ana, revision=revision, now=now)
    finish(ana, quiz, right_answers(quiz), now)
    assert CompletionRecord.objects.filter(module=quiz.module).exists()
    assert not CompletionRecord.objects.exclude(programme=None).exists()


def test_a_practice_quiz_completes_nothing_but_itself(ana: User, revision: LessonRevision, now: datetime) -> None:
    practice = make_quiz(revision.lesson.module, purpose="practice")
    make_quiz(revision.lesson.module)
    complete_lesson(learner=ana, revision=revision, now=now)
    finish(ana, practice, right_answers(practice), now)
    assert CompletionRecord.objects.filter(quiz=practice).exists()
    assert (row(ana).state, row(ana).quiz_passed, row(ana).attempts, row(ana).best_score) == ("started", False, 0, None)


def test_a_pass_is_never_taken_away(ana: User, quiz: Quiz, now: datetime) -> None:
    """Q-25"""
    finish(ana, quiz, right_answers(quiz), now)
    finish(ana, quiz, {}, now)
    assert row(ana).quiz_passed is True


def test_submitting_twice_records_once(ana: User, quiz: Quiz, now: datetime) -> None:
    """Q-06"""
    attempt = finish(ana, quiz, right_answers(quiz), now)
    again = submit_quiz(attempt=attempt, answers=wrong_answers(quiz), now=now + timedelta(hours=1))
    assert (again.score, again.submitted_at) == (1, now)
    assert CompletionRecord.objects.filter(quiz=quiz).count() == 1
    assert Mark.objects.count() == 3
    assert row(ana).updated_at == now


# --- Queries --------------------------------------------------------------------------------------------------------


def statements(queries: CaptureQueriesContext) -> int:
    """Queries, without the words that open and close transactions."""
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")) for query in queries)


@pytest.mark.parametrize("questions", [8, 20])
def test_few_queries_whatever_the_number_of_questions(ana: User, questions: int, now: datetime) -> None:
    """The longest way: a pass that completes module and programme."""
    module = make_module(lessons=3)
    for lesson in module.lessons.all():
        complete_lesson(learner=ana, revision=live_revision(lesson), now=now)
    quiz = make_quiz(module, kinds=["single_choice"] * questions)
    with CaptureQueriesContext(connection) as starting:
        attempt = start_quiz(learner=ana, quiz_key=quiz.key, language="en", now=now)
    with CaptureQueriesContext(connection) as submitting:
        submit_quiz(attempt=attempt, answers=right_answers(quiz), now=now)
    assert CompletionRecord.objects.exclude(programme=None).exists()
    assert statements(starting) <= 15
    assert statements(submitting) <= 15 + 1  # right_answers asks once
    assert len(submitting) <= 19

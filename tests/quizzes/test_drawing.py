"""Questions drawn from a pool: spread over the lessons, fixed for the attempt for ever."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest

from lms.people.models import User
from lms.progress.services import submit_quiz
from quizzes.answers import MalformedAnswer, slots
from quizzes.drawing import draw
from quizzes.models import Attempt, Quiz
from quizzes.selectors import attempt_page, quiz_page, result_page
from quizzes.services import save_answers, save_response, start_attempt
from tests.factories.quizzes import RIGHT, make_quiz, make_quiz_revision, single_choice_body


def some_pool(rng: Random) -> dict[int, str | None]:
    lessons = [f"lesson-{number}" for number in range(rng.randint(1, 6))]
    return {position: rng.choice([*lessons, None]) for position in range(1, rng.randint(2, 40) + 1)}


@pytest.mark.parametrize("number", range(200))
def test_a_draw_is_a_spread_subset(number: int) -> None:
    rng = Random(number)
    pool = some_pool(rng)
    count = rng.randint(1, len(pool) - 1)
    seen = rng.sample(sorted(pool), rng.randint(0, len(pool)))
    drawn = draw(pool, count, str(number), seen)
    assert drawn == sorted(set(drawn))
    assert len(drawn) == count
    assert set(drawn) <= set(pool)
    there, taken = Counter(pool.values()), Counter(pool[position] for position in drawn)
    most = max(taken.values())
    assert all(taken[lesson] >= min(there[lesson], most - 1) for lesson in there)
    assert drawn == draw(pool, count, str(number), seen)


def test_another_seed_draws_otherwise_and_every_question_comes_up() -> None:
    pool: dict[int, str | None] = {position: f"lesson-{position % 3}" for position in range(1, 13)}
    draws = [draw(pool, 4, str(seed)) for seed in range(200)]
    assert len({tuple(drawn) for drawn in draws}) > 50
    times = Counter(position for drawn in draws for position in drawn)
    assert all(40 < times[position] < 95 for position in pool)


def test_the_next_draw_has_what_the_last_one_had_not() -> None:
    pool: dict[int, str | None] = {position: f"lesson-{position % 2}" for position in range(1, 9)}
    first = draw(pool, 4, "first")
    assert not set(first) & set(draw(pool, 4, "second", first))


@pytest.fixture
def pool_quiz() -> Quiz:
    bodies = [{**single_choice_body(f"Question {number}?"), "lesson": f"lesson-{number % 3}"} for number in range(9)]
    return make_quiz(kinds=["single_choice"] * 9, bodies=bodies, points=[2] * 9, draw=3)


def start(learner: User, quiz: Quiz, now: datetime) -> Attempt:
    return start_attempt(learner=learner, quiz_key=quiz.key, language="en", now=now)


@pytest.mark.django_db
def test_an_attempt_shows_marks_and_reviews_what_it_drew(ana: User, pool_quiz: Quiz, now: datetime) -> None:
    attempt = start(ana, pool_quiz, now)
    assert attempt.drawn is not None
    cards = attempt_page(attempt=attempt, language="en").questions
    assert [card.position for card in cards] == attempt.drawn
    assert [card.ordinal for card in cards] == [1, 2, 3]
    first, second, _ = attempt.drawn
    answers = {first: RIGHT["single_choice"], second: RIGHT["single_choice"]}
    submit_quiz(attempt=attempt, answers=answers, now=now)
    attempt.refresh_from_db()
    assert str(attempt.score) == "0.6667"
    result = result_page(attempt=attempt, language="en")
    assert result is not None
    assert (result.right, [question.reviewed.ordinal for question in result.questions]) == (2, [1, 2, 3])


@pytest.mark.django_db
def test_a_question_that_was_not_drawn_is_unknown(ana: User, pool_quiz: Quiz, now: datetime) -> None:
    attempt = start(ana, pool_quiz, now)
    other = next(position for position in range(1, 10) if position not in (attempt.drawn or []))
    answer = RIGHT["single_choice"]
    with pytest.raises(MalformedAnswer):
        save_response(attempt=attempt, position=other, answer=answer, version=None, now=now)
    with pytest.raises(MalformedAnswer):
        submit_quiz(attempt=attempt, answers={other: answer}, now=now)
    save_answers(attempt=attempt, answers={other: answer}, versions={}, now=now)
    assert attempt.responses.count() == 0


@pytest.mark.django_db
def test_what_was_drawn_outlives_a_new_form_of_the_quiz(ana: User, pool_quiz: Quiz, now: datetime) -> None:
    """Q-14"""
    attempt = start(ana, pool_quiz, now)
    before = list(slots(attempt))
    make_quiz_revision(pool_quiz, [])
    again = start(ana, pool_quiz, now + timedelta(days=1))
    assert (again.pk, list(slots(again))) == (attempt.pk, before)


@pytest.mark.django_db
def test_the_second_try_draws_others_and_the_page_says_how_many(ana: User, pool_quiz: Quiz, now: datetime) -> None:
    first = start(ana, pool_quiz, now)
    submit_quiz(attempt=first, answers={}, now=now)
    second = start(ana, pool_quiz, now)
    assert not set(first.drawn or []) & set(second.drawn or [])
    page = quiz_page(quiz=pool_quiz, learner=ana, language="en")
    assert page is not None
    assert (page.questions, page.pool, page.points) == (3, 9, 6)


@pytest.mark.django_db
def test_a_quiz_that_asks_all_stores_nothing_about_it(ana: User, quiz: Quiz, now: datetime) -> None:
    assert start(ana, quiz, now).drawn is None

"""How each question went."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from lms.cohorts.models import Cohort
from lms.people.models import User
from lms.reports.questions import (
    finished_attempts,
    finished_attempts_of,
    question_figures,
    questions_asked,
    wrong_parts,
)
from modules.models import Module
from quizzes.items import ITEM_TYPES
from quizzes.models import Attempt, AttemptState, Quiz, Response
from tests.factories.cohorts import make_cohort, make_enrolment
from tests.factories.modules import make_module
from tests.factories.quizzes import (
    WRONG,
    cloze_body,
    make_attempt,
    make_quiz,
    make_quiz_revision,
    matching_body,
    multiple_choice_body,
    numeric_body,
    short_text_body,
    single_choice_body,
    true_false_body,
)

pytestmark = pytest.mark.django_db


def hand_in(learner: User, quiz: Quiz, answers: dict[int, Any], *, now: datetime) -> Attempt:
    """An attempt marked as the service marks it."""
    attempt = make_attempt(learner, quiz, now=now, answers=answers)
    for response in attempt.responses.select_related("item__question_revision__question"):
        text = response.item.question_revision
        score = ITEM_TYPES[text.question.kind].grade(text.body, response.answer)
        Response.objects.filter(pk=response.pk).update(score=score)
    stamps = {"submitted_at": now, "score": Decimal("0.5"), "passed": False}
    Attempt.objects.filter(pk=attempt.pk).update(state=AttemptState.SUBMITTED, **stamps)
    return attempt


@pytest.fixture
def module() -> Module:
    return make_module(title={"en": "Soil", "bg": "Почва"})


@pytest.fixture
def cohort(module: Module) -> Cohort:
    return make_cohort(programme=module.programme, learners=4)


def learners(cohort: Cohort) -> list[User]:
    return [enrolment.learner for enrolment in cohort.enrolments.order_by("learner__email")]


def test_figures_count_asked_wrong_and_the_wrong_answer_most_gave(
    cohort: Cohort, module: Module, now: datetime
) -> None:
    quiz = make_quiz(module)
    answers: list[dict[int, Any]] = [
        {1: {"choice": "organic"}, 2: {"choices": ["puddles", "roots"]}, 3: {"text": "60"}},
        {1: {"choice": "salt"}, 2: {"choices": ["puddles", "worms"]}, 3: {"text": " 600 "}},
        {1: {"choice": "salt"}, 2: {"choices": ["worms"]}, 3: {"text": "600"}},
        {1: {"choice": "sand"}, 3: {"text": "6"}},
    ]
    for learner, given in zip(learners(cohort), answers, strict=True):
        hand_in(learner, quiz, given, now=now)
    single, multiple, number = question_figures(finished_attempts(cohort), "en")
    assert (single.asked, single.wrong, single.left_open, single.mean_score) == (4, 3, 0, Decimal("0.25"))
    assert (single.top_wrong, single.top_wrong_count) == ("Salt", 2)
    assert (multiple.asked, multiple.wrong, multiple.left_open, multiple.mean_score) == (4, 3, 1, Decimal("0.25"))
    assert (multiple.top_wrong, multiple.top_wrong_count) == ("Many worms", 2)
    assert (number.top_wrong, number.top_wrong_count) == ("600", 2)
    assert (single.module, single.key) == ("Soil", f"{quiz.key}/question-1")


def test_words_are_in_the_language_that_was_asked_for(cohort: Cohort, module: Module, now: datetime) -> None:
    hand_in(learners(cohort)[0], make_quiz(module, kinds=["single_choice"]), {1: {"choice": "salt"}}, now=now)
    (figure,) = question_figures(finished_attempts(cohort), "bg")
    assert (figure.module, figure.top_wrong) == ("Почва", "Salt (bg)")


def test_a_question_keeps_its_line_when_its_text_changes(cohort: Cohort, module: Module, now: datetime) -> None:
    quiz = make_quiz(module, kinds=["single_choice"])
    hand_in(learners(cohort)[0], quiz, {1: {"choice": "salt"}}, now=now)
    make_quiz_revision(quiz, [(quiz.questions.get(), single_choice_body("What keeps water?"))])
    hand_in(learners(cohort)[1], quiz, {1: {"choice": "salt"}}, now=now)
    (figure,) = question_figures(finished_attempts(cohort), "en")
    assert (figure.stem, figure.asked, figure.wrong, figure.top_wrong_count) == ("What keeps water?", 2, 2, 2)


def test_open_and_void_attempts_and_those_of_others_do_not_count(cohort: Cohort, module: Module, now: datetime) -> None:
    """A-03"""
    quiz = make_quiz(module, kinds=["single_choice"])
    ana, boris, vera, gone = learners(cohort)
    make_attempt(ana, quiz, now=now, answers={1: {"choice": "salt"}})
    make_attempt(boris, quiz, now=now, state=AttemptState.VOID)
    outsider = make_enrolment(make_cohort(programme=module.programme)).learner
    hand_in(outsider, quiz, {1: {"choice": "sand"}}, now=now)
    hand_in(gone, quiz, {1: {"choice": "sand"}}, now=now)
    cohort.enrolments.filter(learner=gone).update(ended_at=now, ended_because="withdrew")
    hand_in(vera, quiz, {1: {"choice": "organic"}}, now=now)
    (figure,) = question_figures(finished_attempts(cohort), "en")
    assert (figure.asked, figure.wrong, figure.top_wrong) == (1, 0, "")
    (of_gone,) = question_figures(finished_attempts_of(cohort, gone.pk), "en")
    assert of_gone.top_wrong == "Sand"


def test_a_drawn_question_counts_as_asked_where_it_was_drawn(cohort: Cohort, module: Module, now: datetime) -> None:
    quiz = make_quiz(module, kinds=["single_choice"] * 4, draw=2)
    for learner, drawn in zip(learners(cohort), ([1, 2], [1, 4], [1, 2], [1, 4]), strict=True):
        attempt = hand_in(learner, quiz, {1: {"choice": "organic"}}, now=now)
        Attempt.objects.filter(pk=attempt.pk).update(drawn=drawn)
    figures = question_figures(finished_attempts(cohort), "en")
    assert [(figure.key[-1], figure.asked, figure.left_open) for figure in figures] == [
        ("1", 4, 0),
        ("2", 2, 2),
        ("4", 2, 2),
    ]
    assert questions_asked(finished_attempts(cohort)) == 3


def test_without_attempts_there_are_no_figures(cohort: Cohort, module: Module) -> None:
    make_quiz(module)
    assert question_figures(finished_attempts(cohort), "en") == []


def test_figures_take_three_queries(
    cohort: Cohort, module: Module, now: datetime, django_assert_num_queries: Any
) -> None:
    quiz = make_quiz(module)
    for learner in learners(cohort):
        hand_in(learner, quiz, {1: {"choice": "salt"}}, now=now)
    with django_assert_num_queries(3):
        question_figures(finished_attempts(cohort), "en")


@pytest.mark.parametrize(
    ("kind", "body", "answer", "words"),
    [
        ("single_choice", single_choice_body(), {"choice": "sand"}, {"sand": "Sand"}),
        ("single_choice", single_choice_body(), {"choice": "no-such-choice"}, {}),
        ("multiple_choice", multiple_choice_body(), {"choices": ["puddles"]}, {}),
        (
            "multiple_choice",
            multiple_choice_body(),
            {"choices": ["worms", "crumbs"]},
            {"worms": "Many worms", "crumbs": "Round crumbs"},
        ),
        ("numeric", numeric_body(), {"text": "=6+1"}, {"=6+1": "=6+1"}),
        ("true_false", true_false_body(), {"choice": "false"}, {"false": "False"}),
        ("short_text", short_text_body(), {"text": "air"}, {"air": "air"}),
        (
            "matching",
            matching_body(),
            WRONG["matching"],
            {"washing:Help buffer": "Loss washing: Help buffer", "ditch:Help frost": "Loss ditch: Help frost"},
        ),
        ("cloze", cloze_body(), {"choices": ["left:surplus", "taken:rain"]}, {"taken:rain": "rain"}),
    ],
)
def test_what_was_wrong_in_an_answer(
    kind: str, body: dict[str, Any], answer: dict[str, Any], words: dict[str, str]
) -> None:
    assert wrong_parts(kind, body, answer, "en") == words

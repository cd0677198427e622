"""Operators look, and change nothing."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from lms.people.models import User
from lms.progress.services import submit_quiz
from quizzes.models import Attempt, Quiz
from tests.factories.modules import make_lesson
from tests.factories.people import make_operator, make_trainer
from tests.factories.progress import make_visit
from tests.factories.quizzes import make_attempt, right_answers

pytestmark = pytest.mark.django_db
LISTS = [
    *(
        f"quizzes_{name}"
        for name in ("quiz", "quizrevision", "question", "questionrevision", "attempt", "response", "mark")
    ),
    *(f"progress_{name}" for name in ("lessonvisit", "completionrecord", "moduleprogress")),
]


@pytest.fixture
def finished(ana: User, quiz: Quiz, now: datetime) -> Attempt:
    make_visit(ana, make_lesson(quiz.module), now=now)
    return submit_quiz(attempt=make_attempt(ana, quiz, now=now, answers=right_answers(quiz)), answers={}, now=now)


@pytest.mark.parametrize("name", LISTS)
def test_operators_see_lists_and_single_rows_and_may_change_none(
    client_for: Callable[[Any], Client], finished: Attempt, name: str
) -> None:
    operator = client_for(make_operator(is_superuser=True))
    assert operator.get(reverse(f"admin:{name}_changelist"), {"q": "soil"}).status_code == 200
    row = apps.get_model(name.replace("_", ".")).objects.first()
    assert row is not None
    page = reverse(f"admin:{name}_change", args=[row.pk])
    assert operator.get(page).status_code == 200
    assert operator.post(page, {}).status_code == 403
    assert operator.get(reverse(f"admin:{name}_add")).status_code == 403
    assert operator.post(reverse(f"admin:{name}_delete", args=[row.pk])).status_code == 403


@pytest.mark.parametrize("name", LISTS)
def test_trainers_see_none_of_it(client_for: Callable[[Any], Client], name: str) -> None:
    """A-02"""
    assert client_for(make_trainer()).get(reverse(f"admin:{name}_changelist")).status_code == 302

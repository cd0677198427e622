"""People and a quiz for the tests of quizzes."""

import pytest

from lms.people.models import User
from quizzes.models import Quiz
from tests.factories.quizzes import make_quiz


@pytest.fixture
def ana(db: None) -> User:
    return User.objects.create_user(email="ana@example.org")


@pytest.fixture
def boris(db: None) -> User:
    return User.objects.create_user(email="boris@example.org")


@pytest.fixture
def quiz(db: None) -> Quiz:
    """Three questions, one of each kind, one point each, 80 % passes."""
    return make_quiz(key="soil-final")

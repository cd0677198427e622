"""People for the tests of progress."""

import pytest

from lms.people.models import User


@pytest.fixture
def ana(db: None) -> User:
    return User.objects.create_user(email="ana@example.org")


@pytest.fixture
def boris(db: None) -> User:
    return User.objects.create_user(email="boris@example.org")

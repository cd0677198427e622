"""The suite itself starts."""

import pytest

from lms.people.models import User


@pytest.mark.django_db
def test_a_person_can_be_kept() -> None:
    User.objects.create_user(email="ana@example.org", password="green")
    assert User.objects.get(email="ana@example.org").name == "ana"

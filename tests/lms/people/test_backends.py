"""Whom a session belongs to: the same person that the database gives, and nobody who is switched off."""

import uuid

import pytest
from django.forms import model_to_dict

from lms.people.backends import Backend
from lms.people.models import User
from tests.factories.people import make_trainee
from tests.query_counts import counted

pytestmark = pytest.mark.django_db


def test_a_person_is_read_whole_with_one_query() -> None:
    people = [make_trainee("ana@example.org"), make_trainee("boris@example.org")]
    for person in people:
        with counted() as asked:
            found = Backend().get_user(person.pk)
        assert len(asked) == 1
        assert found is not None
        stored = User.objects.get(pk=person.pk)
        assert model_to_dict(found) == model_to_dict(stored)
        assert found.__dict__.keys() == stored.__dict__.keys()
        assert found._state.adding is False


def test_who_is_switched_off_or_gone_is_nobody() -> None:
    """A-01: with the next request."""
    ana = make_trainee("ana@example.org")
    assert Backend().get_user(ana.pk) == ana
    User.objects.update(is_active=False)
    assert Backend().get_user(ana.pk) is None
    assert Backend().get_user(uuid.uuid4()) is None

"""Whom a session belongs to. Signing in is allauth's; only how a person is read for each page is ours."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet

from lms.people.models import User
from lms.shared.prepared import PreparedRows

COLUMNS = [field.attname for field in User._meta.concrete_fields]


def _person_of(pk: UUID) -> QuerySet[User, tuple[Any, ...]]:
    return User.objects.filter(pk=pk).values_list(*COLUMNS)


_person = PreparedRows(_person_of)


class Backend(AuthenticationBackend):
    def get_user(self, user_id: UUID) -> User | None:
        found = (User.from_db(DEFAULT_DB_ALIAS, COLUMNS, row) for row in _person.of(user_id))
        return next((person for person in found if self.user_can_authenticate(person)), None)

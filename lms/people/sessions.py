"""Sessions as Django keeps them in the database. Every page for a person begins with reading one (SESSION_ENGINE)."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from lms.shared.clock import now
from lms.shared.prepared import PreparedRows


def _data_of(key: str) -> QuerySet[Session, tuple[str, datetime]]:
    return Session.objects.filter(session_key=key).values_list("session_data", "expire_date")


_data = PreparedRows(_data_of)


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        for data, expires_at in _data.of(self.session_key or ""):
            if expires_at > now():
                return self.decode(data)
        return super().load()  # Django knows what to do where there is none, or none any more

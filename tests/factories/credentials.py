"""Credentials, issued the way the service issues them."""

from datetime import UTC, datetime
from typing import Any

from lms.credentials.models import Credential
from lms.credentials.services import issue_if_earned
from lms.people.models import User
from lms.progress.models import CompletionRecord
from modules.models import Programme
from tests.factories.modules import make_module, make_programme, make_release
from tests.factories.people import make_trainee
from tests.factories.progress import make_module_completion

NOW = datetime(2027, 6, 30, 9, 0, tzinfo=UTC)


def complete_programme(learner: User, programme: Programme, *, now: datetime = NOW, **fields: Any) -> CompletionRecord:
    """Every module and the programme, all at once."""
    for module in programme.modules.all():
        make_module_completion(learner, module, now=now)
    return CompletionRecord.objects.create(learner=learner, programme=programme, completed_at=now, **fields)


def make_graduate(name: str = "Ana Petrova", *, modules: int = 2, **fields: Any) -> tuple[User, Programme]:
    """Somebody who has completed a programme and holds nothing yet."""
    programme = make_programme()
    make_release(programme, version=7)
    for _ in range(modules):
        make_module(programme)
    learner = make_trainee(name=name, password=None, **fields)
    complete_programme(learner, programme)
    return learner, programme


def make_credential(name: str = "Ana Petrova", *, now: datetime = NOW, **fields: Any) -> Credential:
    learner, programme = make_graduate(name, **fields)
    credential = issue_if_earned(learner=learner, programme=programme, now=now)
    assert credential
    return credential

"""The permission check is the way to get a quiz or an attempt."""

import logging
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from lms.people.models import User
from lms.shared.refusals import NotHere
from quizzes.models import Attempt, AttemptState, Quiz

log = logging.getLogger(__name__)


def access_quiz(key: str) -> Quiz:
    """A quiz by its key, with its module and programme; also a retired one, whose results stay readable."""
    quiz = Quiz.objects.select_related("module__programme", "lesson").filter(key=key).first()
    if quiz is None:
        raise NotHere
    return quiz


def access_attempt(learner: User | AnonymousUser, attempt_id: UUID) -> Attempt:
    """The learner's own attempt. Somebody else's is as little there as a void one, or one that never was (A-01)."""
    attempts = Attempt.objects.select_related("revision", "quiz__module__programme")
    mine = attempts.filter(pk=attempt_id, learner=learner.pk).exclude(state=AttemptState.VOID)
    attempt = mine.first() if learner.is_authenticated else None
    if attempt is None:
        log.warning("attempt %s was asked for by %s, whose it is not", attempt_id, learner.pk)
        raise NotHere
    return attempt

"""Rows of `lms.progress`, with defaults."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from lms.people.models import User
from lms.progress.models import CompletionRecord, LessonVisit, ModuleProgress
from modules.models import Lesson, Module
from quizzes.models import Quiz
from tests.factories.modules import live_revision


def make_visit(learner: User, lesson: Lesson, *, now: datetime, **fields: Any) -> LessonVisit:
    defaults: dict[str, Any] = {"revision": live_revision(lesson), "first_at": now, "last_at": now}
    return LessonVisit.objects.create(learner=learner, lesson=lesson, **{**defaults, **fields})


def make_lesson_completion(learner: User, lesson: Lesson, *, now: datetime, **fields: Any) -> CompletionRecord:
    defaults: dict[str, Any] = {
        "lesson_revision": live_revision(lesson),
        "edition": lesson.edition,
        "completed_at": now,
    }
    return CompletionRecord.objects.create(learner=learner, lesson=lesson, **{**defaults, **fields})


def make_quiz_completion(learner: User, quiz: Quiz, *, now: datetime, **fields: Any) -> CompletionRecord:
    return CompletionRecord.objects.create(learner=learner, quiz=quiz, completed_at=now, **fields)


def make_module_completion(learner: User, module: Module, *, now: datetime) -> CompletionRecord:
    return CompletionRecord.objects.create(learner=learner, module=module, completed_at=now)


def make_module_progress(learner: User, module: Module, *, now: datetime, **fields: Any) -> ModuleProgress:
    """Half way through, unless said otherwise."""
    defaults: dict[str, Any] = {
        "done": 1,
        "total": 2,
        "quiz_passed": False,
        "attempts": 1,
        "best_score": Decimal("0.5"),
        "state": "started",
        "last_active_at": now,
        "updated_at": now,
    }
    return ModuleProgress.objects.create(learner=learner, module=module, **{**defaults, **fields})

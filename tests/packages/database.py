"""What stands in the database: every row, or what is live, without what two imports may give differently."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from modules.models import (
    Calculator,
    Fact,
    FieldTask,
    GlossaryTerm,
    GuidePage,
    Lesson,
    LessonRevision,
    Module,
    ModulePart,
    Programme,
    Story,
)
from quizzes.models import Quiz, QuizItem, QuizRevision

APPS = ("people", "modules", "quizzes", "progress")
HIDDEN = {"id", "release", "release_id", "is_live", "retired_at"}


def every_row() -> dict[str, list[dict[str, Any]]]:
    """All rows of our tables, to compare before and after."""
    models = [model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


def live_content() -> dict[str, Any]:
    """What learners see, by names and digests."""
    live_quizzes = QuizRevision.objects.filter(is_live=True, quiz__retired_at=None)
    return {
        "programmes": _rows(Programme.objects.order_by("key")),
        "modules": _rows(Module.objects.filter(retired_at=None).order_by("key")),
        "lessons": _rows(Lesson.objects.filter(retired_at=None).order_by("key"), module="module__key"),
        "texts": _rows(_live_texts(), lesson="lesson__key"),
        "pictures": sorted(_live_texts().values_list("lesson__key", "language", "assets__digest", "assets__name")),
        "terms": _rows(GlossaryTerm.objects.filter(retired_at=None).order_by("key", "language"), module="module__key"),
        "calculators": _parts(Calculator),
        "tasks": _parts(FieldTask),
        "stories": _parts(Story),
        "guide": _rows(GuidePage.objects.filter(retired_at=None).order_by("key", "language"), module="module__key"),
        "facts": _rows(Fact.objects.filter(retired_at=None).order_by("number")),
        "quizzes": _rows(
            Quiz.objects.filter(retired_at=None).order_by("key"), module="module__key", lesson="lesson__key"
        ),
        "forms": _rows(live_quizzes.order_by("quiz__key"), quiz="quiz__key"),
        "items": list(
            QuizItem.objects.filter(quiz_revision__in=live_quizzes)
            .order_by("quiz_revision__quiz__key", "position")
            .values_list(
                "quiz_revision__quiz__key",
                "position",
                "points",
                "question_revision__question__key",
                "question_revision__question__kind",
                "question_revision__body",
            )
        ),
    }


def _parts(model: type[ModulePart]) -> list[dict[str, Any]]:
    found = model._default_manager.filter(retired_at=None).order_by("key")
    return _rows(found, module="module__key", lesson="lesson__key")


def _live_texts() -> Any:
    live = LessonRevision.objects.filter(is_live=True, lesson__retired_at=None, lesson__module__retired_at=None)
    return live.order_by("lesson__key", "language")


def _rows(found: Any, **names: str) -> list[dict[str, Any]]:
    fields = [
        field.name for field in found.model._meta.concrete_fields if field.name not in {*HIDDEN, *names, "programme"}
    ]
    return list(found.values(*fields, *names.values()))


@contextmanager
def no_writes() -> Iterator[None]:
    """Fails when anything is written, and when a transaction takes SQLite's write lock."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        yield
    written = [query["sql"] for query in queries if query["sql"].split(" ", 1)[0].upper() not in {"SELECT", "PRAGMA"}]
    assert written == []

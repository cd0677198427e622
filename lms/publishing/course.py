"""A programme as inventors of people need it: modules in order, live texts of their lessons, their final quizzes."""

from collections.abc import Mapping
from dataclasses import dataclass

from lms.publishing.invented_answers import items_of
from modules.models import LessonRevision, Module, Programme
from quizzes.models import Purpose, Quiz, QuizItem, QuizRevision


@dataclass(frozen=True, slots=True)
class Final:
    quiz: Quiz
    revision: QuizRevision
    items: list[QuizItem]


@dataclass(frozen=True, slots=True)
class CourseModule:
    """`lessons`: for each lesson in order, its live texts by language."""

    module: Module
    lessons: list[Mapping[str, LessonRevision]]
    final: Final | None


def read_course(programme: Programme) -> list[CourseModule]:
    """Three queries for each module."""
    modules = Module.objects.filter(programme=programme, retired_at=None).select_related("programme")
    return [_read_module(module) for module in modules.order_by("position", "pk")]


def _read_module(module: Module) -> CourseModule:
    texts: dict[int, dict[str, LessonRevision]] = {}
    live = LessonRevision.objects.filter(lesson__module=module, lesson__retired_at=None, is_live=True)
    for text in live.select_related("lesson").order_by("lesson__position", "lesson__pk"):
        text.lesson.module = module
        texts.setdefault(text.lesson_id, {})[text.language] = text
    finals = QuizRevision.objects.filter(quiz__module=module, quiz__purpose=Purpose.FINAL, quiz__retired_at=None)
    live_final = finals.filter(is_live=True).select_related("quiz").first()
    final = Final(live_final.quiz, live_final, items_of(live_final)) if live_final else None
    return CourseModule(module, list(texts.values()), final)


def text_in(texts: Mapping[str, LessonRevision], language: str) -> LessonRevision:
    """The lesson in this language, else in any it has."""
    return texts.get(language) or next(iter(texts.values()))

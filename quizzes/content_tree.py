"""What programs are told about quizzes: what they are for and how long they are. Never what is asked (A-06)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F
from django.db.models.expressions import Combinable

from lms.shared.prepared import Slot
from modules.content.lines import best_language, spoken
from modules.content.stamps import joined
from quizzes.models import QuizItem, QuizRevision


@dataclass(frozen=True, slots=True)
class QuizLine:
    """`question_count` is how many an attempt is asked, also where they are drawn from a larger pool."""

    key: str
    title: str
    language: str
    requested_language: str | None
    fallback: bool
    purpose: str
    lesson: str | None
    question_count: int


def quiz_lines(module_id: int, wanted: Sequence[str]) -> tuple[QuizLine, ...]:
    """The live quizzes of a module, by key. One query."""
    rows = QuizRevision.objects.filter(quiz__module=module_id, quiz__retired_at=None, is_live=True)
    rows = rows.select_related("quiz__lesson", "quiz__module__programme").annotate(question_count=Count("items"))
    return tuple(_line(row, wanted) for row in rows.order_by("quiz__key"))


def quiz_stamps() -> Mapping[str, Combinable]:
    """What is shown of the quizzes of the module in the slot `key`, to be read beside something else."""
    live = QuizRevision.objects.filter(quiz__module__key=Slot("key"), quiz__retired_at=None, is_live=True)
    items = QuizItem.objects.filter(quiz_revision__in=live)
    return {
        "quizzes": joined(live, F("quiz__key"), F("quiz__purpose"), F("quiz__lesson__key"), F("title"), F("draw")),
        "quiz_items": joined(items, F("quiz_revision__quiz__key"), F("position")),
    }


def _line(row: QuizRevision, wanted: Sequence[str]) -> QuizLine:
    language = best_language(row.title, wanted, row.quiz.module.programme.source_language)
    return QuizLine(
        key=row.quiz.key,
        title=row.title.get(language, ""),
        **spoken(language, wanted),
        purpose=row.quiz.purpose,
        lesson=row.quiz.lesson.key if row.quiz.lesson else None,
        question_count=row.draw or getattr(row, "question_count", 0),
    )

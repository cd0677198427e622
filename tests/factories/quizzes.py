"""Rows of `quizzes`, with defaults. A quiz comes with a live revision and questions whose right answers are known."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import Any

from lms.people.models import User
from modules.models import Module
from quizzes.models import (
    Attempt,
    AttemptState,
    Question,
    QuestionRevision,
    Quiz,
    QuizItem,
    QuizRevision,
    Response,
)
from tests.factories.modules import make_module, make_release, words

_number = count(1)


def single_choice_body(stem: str = "What holds water?", *, right: str = "organic", **fields: Any) -> dict[str, Any]:
    texts = {"organic": "Organic matter", "salt": "Salt", "plough": "Deep ploughing", "sand": "Sand"}
    choices = [
        {
            "key": key,
            "text": words(text),
            "right": key == right,
            "feedback": {} if key == right else words(f"Not {text}."),
        }
        for key, text in texts.items()
    ]
    return _body(stem, choices=choices, **fields)


def multiple_choice_body(
    stem: str = "Which are signs of compaction?", *, right: Sequence[str] = ("puddles", "roots"), **fields: Any
) -> dict[str, Any]:
    texts = {"puddles": "Puddles stay", "roots": "Roots grow sideways", "worms": "Many worms", "crumbs": "Round crumbs"}
    choices = [
        {
            "key": key,
            "text": words(text),
            "right": key in right,
            "feedback": {} if key in right else words(f"Not {text}."),
        }
        for key, text in texts.items()
    ]
    return _body(stem, choices=choices, **fields)


def numeric_body(
    stem: str = "What is the surplus?", *, answer: str = "60", tolerance: str = "1", **fields: Any
) -> dict[str, Any]:
    return _body(stem, answer=answer, tolerance=tolerance, unit=words("kg N/ha", "кг N/ха"), **fields)


def _body(stem: str, **fields: Any) -> dict[str, Any]:
    common: dict[str, Any] = {
        "stem": words(stem),
        "explain": words(f"Because: {stem}"),
        "lesson": None,
        "competence": None,
        "facts": [],
    }
    return {**common, **fields}


def true_false_body(stem: str = "Manure counts", **fields: Any) -> dict[str, Any]:
    return {**_body(stem, **fields), "answer": True, "feedback": words("It counts.", "Брои се.")}


def short_text_body(stem: str = "Which gas?", **fields: Any) -> dict[str, Any]:
    answers = {"en": ["nitrous oxide", "N2O"], "bg": ["двуазотен оксид"]}
    return {**_body(stem, **fields), "answers": answers, "feedback": words("A gas of wet soil.", "Газ от мокра почва.")}


def matching_body(stem: str = "Match them", **fields: Any) -> dict[str, Any]:
    pairs = [("washing", "cover"), ("into-air", "work-in"), ("ditch", "buffer")]
    prompts = [
        {"key": key, "text": words(f"Loss {key}"), "match": match, "feedback": words(f"Not against {key}.")}
        for key, match in pairs
    ]
    choices = [{"key": key, "text": words(f"Help {key}")} for key in ("cover", "work-in", "buffer", "frost")]
    return {**_body(stem, **fields), "prompts": prompts, "choices": choices}


def ordering_body(stem: str = "Put in order", **fields: Any) -> dict[str, Any]:
    items = [{"key": key, "text": words(f"Step {key}")} for key in ("sample", "plan", "act")]
    return {**_body(stem, **fields), "items": items, "feedback": words("Measure before you plan.", "Първо мерете.")}


def cloze_body(stem: str = "Fill the gaps", **fields: Any) -> dict[str, Any]:
    def gap(key: str, right: str, wrong: str) -> dict[str, Any]:
        choices = [
            {"key": right, "text": words(right), "right": True, "feedback": {}},
            {"key": wrong, "text": words(wrong), "right": False, "feedback": words(f"Not {wrong}.")},
        ]
        return {"key": key, "choices": choices}

    gaps = [gap("taken", "harvest", "rain"), gap("left", "surplus", "deficit")]
    return {**_body(stem, **fields), "text": words("Out goes {taken}, {left} stays."), "gaps": gaps}


BODIES = {
    "single_choice": single_choice_body,
    "multiple_choice": multiple_choice_body,
    "numeric": numeric_body,
    "true_false": true_false_body,
    "matching": matching_body,
    "ordering": ordering_body,
    "short_text": short_text_body,
    "cloze": cloze_body,
}
RIGHT: dict[str, dict[str, Any]] = {
    "single_choice": {"choice": "organic"},
    "multiple_choice": {"choices": ["puddles", "roots"]},
    "numeric": {"text": "60"},
    "true_false": {"choice": "true"},
    "matching": {"choices": ["ditch:buffer", "into-air:work-in", "washing:cover"]},
    "ordering": {"choices": ["act:3", "plan:2", "sample:1"]},
    "short_text": {"text": "N2O"},
    "cloze": {"choices": ["left:surplus", "taken:harvest"]},
}
WRONG: dict[str, dict[str, Any]] = {
    "single_choice": {"choice": "salt"},
    "multiple_choice": {"choices": ["worms"]},
    "numeric": {"text": "7"},
    "true_false": {"choice": "false"},
    "matching": {"choices": ["ditch:frost", "washing:buffer"]},
    "ordering": {"choices": ["act:1", "plan:3", "sample:2"]},
    "short_text": {"text": "air"},
    "cloze": {"choices": ["left:deficit", "taken:rain"]},
}
KINDS = ("single_choice", "multiple_choice", "numeric")


def make_quiz(
    module: Module | None = None,
    key: str = "",
    *,
    purpose: str = "final",
    kinds: Sequence[str] = KINDS,
    points: Sequence[int] = (),
    bodies: Sequence[dict[str, Any]] = (),
    pass_mark: str = "0.8",
    attempts_allowed: int = 0,
    shuffle: bool = True,
    draw: int = 0,
    **fields: Any,
) -> Quiz:
    """A quiz with one question of each of these kinds; RIGHT[kind] answers it, WRONG[kind] does not."""
    module = module or make_module()
    quiz = Quiz.objects.create(module=module, key=key or f"quiz-{next(_number)}", purpose=purpose, **fields)
    questions = [
        (Question.objects.create(quiz=quiz, key=f"question-{position}", kind=kind), body)
        for position, (kind, body) in enumerate(_with_bodies(kinds, bodies), start=1)
    ]
    make_quiz_revision(
        quiz,
        questions,
        points=points,
        pass_mark=pass_mark,
        attempts_allowed=attempts_allowed,
        shuffle=shuffle,
        draw=draw,
    )
    return quiz


def _with_bodies(kinds: Sequence[str], bodies: Sequence[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    if bodies:
        return list(zip(kinds, bodies, strict=True))
    return [(kind, BODIES[kind](f"{kind} number {number}?")) for number, kind in enumerate(kinds, start=1)]


def make_quiz_revision(
    quiz: Quiz,
    questions: Sequence[tuple[Question, dict[str, Any]]],
    *,
    points: Sequence[int] = (),
    pass_mark: str = "0.8",
    attempts_allowed: int = 0,
    shuffle: bool = True,
    draw: int = 0,
) -> QuizRevision:
    """One more form of a quiz, live from now on."""
    quiz.revisions.filter(is_live=True).update(is_live=False)
    revision = QuizRevision.objects.create(
        quiz=quiz,
        digest=f"quiz-{next(_number)}",
        title=words(f"Quiz {quiz.key}", f"Тест {quiz.key}"),
        pass_mark=Decimal(pass_mark),
        attempts_allowed=attempts_allowed,
        shuffle=shuffle,
        draw=draw,
        is_live=True,
        release=make_release(quiz.module.programme),
    )
    for position, (question, body) in enumerate(questions, start=1):
        text = QuestionRevision.objects.create(question=question, digest=f"question-{next(_number)}", body=body)
        QuizItem.objects.create(
            quiz_revision=revision,
            question_revision=text,
            position=position,
            points=points[position - 1] if points else 1,
        )
    return revision


def live_revision(quiz: Quiz) -> QuizRevision:
    return quiz.revisions.get(is_live=True)


def make_attempt(
    learner: User, quiz: Quiz, *, now: datetime, answers: dict[int, Any] | None = None, **fields: Any
) -> Attempt:
    """An open attempt, with these answers saved; `state`, `score` and the like make it another one."""
    defaults: dict[str, Any] = {
        "number": Attempt.objects.filter(learner=learner, quiz=quiz).count() + 1,
        "state": AttemptState.OPEN,
        "language": "en",
        "started_at": now,
        "revision": quiz.revisions.get(is_live=True),
    }
    attempt = Attempt.objects.create(learner=learner, quiz=quiz, **{**defaults, **fields})
    items = {item.position: item for item in attempt.revision.items.all()}
    for position, answer in (answers or {}).items():
        Response.objects.create(attempt=attempt, item=items[position], answer=answer, saved_at=now)
    return attempt


def right_answers(quiz: Quiz) -> dict[int, dict[str, Any]]:
    """By position, for quizzes made by make_quiz without bodies of their own."""
    return _answers(quiz, RIGHT)


def wrong_answers(quiz: Quiz) -> dict[int, dict[str, Any]]:
    return _answers(quiz, WRONG)


def _answers(quiz: Quiz, table: dict[str, dict[str, Any]]) -> dict[int, dict[str, Any]]:
    items = live_revision(quiz).items.select_related("question_revision__question")
    return {item.position: table[item.question_revision.question.kind] for item in items}

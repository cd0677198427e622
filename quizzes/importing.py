"""Quizzes and their questions: from a checked package into rows. Called by lms.publishing alone, after the modules.

An attempt keeps the revision it began with, whatever is imported meanwhile (Q-14).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Q

from modules.changes import Action, Change, Comparison, Run, Step, action_for, differing, naming
from modules.models import Lesson, Module, Release
from modules.package.problems import PackageProblem
from modules.package.schema import Package, QuestionSource, QuizSource
from quizzes.models import Purpose, Question, QuestionRevision, Quiz, QuizItem, QuizRevision

Found = Iterator[Step | PackageProblem]


def compare_quizzes(package: Package) -> Comparison:
    """What import_quizzes would do. Four queries, writes nothing."""
    return Comparison.of(_found(package))


def import_quizzes(package: Package, *, release: Release, now: datetime) -> list[Change]:
    """Write what differs, in the caller's transaction, in which the modules are there already."""
    return compare_quizzes(package).carry_out(Run(release, now, {}))


def _found(package: Package) -> Found:
    sources = {quiz.key: (quiz, module.key) for module in package.modules for quiz in module.quizzes}
    own = Q(module__programme__key=package.key)
    found = Quiz.objects.filter(own | Q(key__in=sources)).select_related("module__programme", "lesson")
    rows = {row.key: row for row in found}
    for row in rows.values():
        if row.module.programme.key == package.key and row.key not in sources and row.retired_at is None:
            yield Step(Change(Action.RETIRED, "quiz", row.key), partial(_retire, row))
    revisions = _revisions(rows.values())
    kinds = _kinds(rows.values())
    changing = []
    for key, (quiz, module) in sources.items():
        there = rows.get(key)
        if there and there.module.programme.key != package.key:
            what = f"The key “{key}” belongs to a quiz of the programme “{there.module.programme.key}”."
            yield PackageProblem(quiz.file, quiz.line, "key", what, "Choose another; a key names one thing for ever.")
            continue
        yield from _other_kinds(quiz, kinds)
        if step := _row_step(quiz, module, there):
            changing.append(step)
    yield from _in_order(changing, rows)
    for key, (quiz, _) in sources.items():
        if step := _text_step(quiz, revisions.get(key, {})):
            yield step


def _kinds(rows: Iterable[Quiz]) -> dict[tuple[str, str], str]:
    found = Question.objects.filter(quiz__in=[row.pk for row in rows]).values_list("quiz__key", "key", "kind")
    return {(quiz, key): kind for quiz, key, kind in found}


def _other_kinds(quiz: QuizSource, kinds: dict[tuple[str, str], str]) -> Iterator[PackageProblem]:
    for question in quiz.questions:
        kind = kinds.get((quiz.key, question.key), question.kind)
        if kind != question.kind:
            what = f"The question “{question.key}” is of the kind {kind}; the package says {question.kind}."
            hint = "A question keeps its kind, because answers to it are kept. Give the new one a new key."
            yield PackageProblem(question.file, question.line, "kind", what, hint)


# --- The quiz's row: where it belongs and what it is for -------------------------------------------------------------


def _row_step(quiz: QuizSource, module: str, row: Quiz | None) -> Step | None:
    fields = {"purpose": quiz.purpose, "retired_at": None}
    lesson = row.lesson.key if row and row.lesson else None
    moved = [
        name
        for name, is_so in (("module", row and row.module.key != module), ("lesson", lesson != quiz.lesson))
        if is_so
    ]
    action = action_for(row, fields) or (Action.CHANGED if moved else None)
    if action is None:
        return None
    detail = naming([*differing(row, fields), *moved]) if row and action is Action.CHANGED else ""
    return Step(Change(action, "quiz", quiz.key, detail), partial(_write_row, quiz, module))


def _in_order(steps: list[Step], rows: dict[str, Quiz]) -> Iterator[Step]:
    """A module has one final quiz at every moment: all that change step back before the first takes its place."""
    finals = [row for step in steps if (row := rows.get(step.change.key)) and row.purpose == Purpose.FINAL]
    for number, step in enumerate(steps):
        yield Step(step.change, partial(_after_stepping_back, finals, step)) if not number and finals else step


def _after_stepping_back(finals: list[Quiz], step: Step, run: Run) -> None:
    Quiz.objects.filter(pk__in=[row.pk for row in finals]).update(purpose=Purpose.PRACTICE)
    step.write(run)


def _write_row(quiz: QuizSource, module: str, run: Run) -> None:
    fields = {
        "module": Module.objects.get(key=module),
        "lesson": Lesson.objects.get(key=quiz.lesson) if quiz.lesson else None,
        "purpose": quiz.purpose,
        "retired_at": None,
    }
    Quiz.objects.update_or_create(key=quiz.key, defaults=fields)


def _retire(row: Quiz, run: Run) -> None:
    row.retired_at = run.now
    row.save(update_fields=["retired_at"])


# --- The quiz's form: a revision with its questions ------------------------------------------------------------------


def _revisions(rows: Iterable[Quiz]) -> dict[str, dict[str, bool]]:
    """{quiz key: {digest: whether it is live}}."""
    known: dict[str, dict[str, bool]] = {}
    found = QuizRevision.objects.filter(quiz__in=[row.pk for row in rows])
    for key, digest, is_live in found.values_list("quiz__key", "digest", "is_live"):
        known.setdefault(key, {})[digest] = is_live
    return known


def _text_step(quiz: QuizSource, known: dict[str, bool]) -> Step | None:
    is_live = known.get(quiz.digest)
    if is_live:
        return None
    action = Action.RESTORED if is_live is False else Action.CHANGED if known else Action.NEW
    change = Change(action, "quiz text", quiz.key, f"{len(quiz.questions)} questions")
    return Step(change, partial(_write_text, quiz))


def _write_text(quiz: QuizSource, run: Run) -> None:
    row = Quiz.objects.get(key=quiz.key)
    row.revisions.filter(is_live=True).update(is_live=False)
    if row.revisions.filter(digest=quiz.digest).update(is_live=True):
        return
    revision = QuizRevision.objects.create(
        quiz=row,
        digest=quiz.digest,
        title=dict(quiz.title),
        pass_mark=quiz.pass_mark,
        attempts_allowed=quiz.attempts_allowed,
        shuffle=quiz.shuffle,
        draw=quiz.draw,
        is_live=True,
        release=run.release,
    )
    QuizItem.objects.bulk_create(
        QuizItem(
            quiz_revision=revision,
            question_revision=_question_revision(row, question),
            position=position,
            points=question.points,
        )
        for position, question in enumerate(quiz.questions, start=1)
    )


def _question_revision(quiz: Quiz, source: QuestionSource) -> QuestionRevision:
    body: dict[str, Any] = source.body
    question, _ = Question.objects.get_or_create(quiz=quiz, key=source.key, defaults={"kind": source.kind})
    revision, _ = QuestionRevision.objects.get_or_create(
        question=question, digest=source.digest, defaults={"body": body}
    )
    return revision

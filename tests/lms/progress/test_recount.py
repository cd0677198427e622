"""Counting everybody and counting one learner agree, with each other and with a count by hand."""

import random
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lms.people.models import User
from lms.progress import projection, tasks
from lms.progress.models import CompletionRecord, ModuleProgress
from lms.progress.services import (
    check_progress,
    complete_lesson,
    open_lesson,
    rebuild_progress,
    recount,
    refresh_module,
)
from modules.models import Lesson, Module, Programme
from quizzes.models import Attempt, Quiz
from tests.factories.modules import live_revision, make_lesson, make_module, make_programme
from tests.factories.quizzes import make_attempt, make_quiz

pytestmark = pytest.mark.django_db
COUNTED = ("done", "total", "quiz_passed", "attempts", "best_score", "state", "last_active_at")


def table() -> dict[tuple[str, str], tuple[Any, ...]]:
    rows = ModuleProgress.objects.select_related("learner", "module")
    return {(row.learner.email, row.module.key): tuple(getattr(row, name) for name in COUNTED) for row in rows}


def facts() -> set[tuple[Any, ...]]:
    return set(CompletionRecord.objects.values_list("learner", "lesson", "quiz", "module", "programme"))


def by_hand(learner: User, module: Module) -> tuple[Any, ...]:
    """The definition in docs/algorithms/completion.md, word by word and without cleverness."""
    lessons = list(Lesson.objects.filter(module=module, required=True, retired_at=None))
    finals = list(Quiz.objects.filter(module=module, purpose="final", retired_at=None))
    done = sum(CompletionRecord.objects.filter(learner=learner, lesson=lesson).exists() for lesson in lessons)
    passed = any(CompletionRecord.objects.filter(learner=learner, quiz=quiz).exists() for quiz in finals)
    attempts = [
        attempt for attempt in Attempt.objects.filter(learner=learner, quiz__module=module) if attempt.state != "void"
    ]
    finished = [attempt for attempt in attempts if attempt.quiz in finals and attempt.state == "submitted"]
    moments = [attempt.started_at for attempt in attempts]
    moments += [attempt.submitted_at for attempt in attempts if attempt.submitted_at]
    moments += [visit.last_at for visit in learner.visits.filter(lesson__module=module)]
    records = learner.completions
    moments += [record.completed_at for record in records.filter(lesson__module=module)]
    moments += [record.completed_at for record in records.filter(quiz__module=module)]
    completed = records.filter(module=module).exists()
    state = "completed" if completed else "started" if moments else "not_started"
    best = max((attempt.score for attempt in finished if attempt.score is not None), default=None)
    return done, len(lessons), passed, len(finished), best, state, max(moments, default=None)


def random_act(dice: random.Random, learner: User, programme: Programme, now: datetime) -> None:
    """One thing that happens in a course, and the refresh that follows it."""
    module = dice.choice(list(programme.modules.all()))
    lesson = dice.choice(list(module.lessons.all()))
    quiz = dice.choice(list(module.quizzes.all()))
    act = dice.choice(["open", "complete", "complete", "attempt", "pass"])
    if act == "open":
        open_lesson(learner=learner, revision=live_revision(lesson), now=now)
    elif act == "complete":
        complete_lesson(learner=learner, revision=live_revision(lesson), now=now)
    elif act == "attempt":
        if not Attempt.objects.filter(learner=learner, quiz=quiz, state="open").exists():
            make_attempt(learner, quiz, now=now, state=dice.choice(["open", "void"]))
        refresh_module(learner=learner, module=module, now=now)
    else:
        score = Decimal(dice.randint(0, 10)) / 10
        passed = score >= Decimal("0.8")
        make_attempt(learner, quiz, now=now, state="submitted", score=score, passed=passed, submitted_at=now)
        if passed:
            CompletionRecord.objects.get_or_create(learner=learner, quiz=quiz, defaults={"completed_at": now})
        refresh_module(learner=learner, module=module, now=now)


def make_course() -> Programme:
    """Two modules with required, voluntary and retired lessons, a final, a practice and a retired quiz."""
    programme = make_programme()
    for _ in range(2):
        module = make_module(programme, lessons=2)
        make_lesson(module, required=False)
        make_lesson(module, retired_at=datetime.fromisoformat("2027-01-01T00:00:00+00:00"))
        make_quiz(module, kinds=["numeric"])
        make_quiz(module, kinds=["numeric"], purpose="practice")
        make_quiz(module, kinds=["numeric"], retired_at=datetime.fromisoformat("2027-01-01T00:00:00+00:00"))
    return programme


@pytest.mark.parametrize("seed", range(8))
def test_recount_agrees_with_refresh_and_with_a_count_by_hand(seed: int, now: datetime) -> None:
    dice = random.Random(seed)
    programme = make_course()
    learners = [User.objects.create_user(email=f"learner{number}@example.org") for number in range(3)]
    for step in range(60):
        random_act(dice, dice.choice(learners), programme, now + timedelta(minutes=step))
    refreshed, known = table(), facts()

    assert recount(programme=programme, now=now) == 0
    ModuleProgress.objects.all().delete()
    CompletionRecord.objects.filter(lesson=None, quiz=None).delete()
    recount(programme=programme, now=now + timedelta(days=1))

    assert table() == refreshed
    assert facts() == known
    for learner in learners:
        for module in programme.modules.all():
            if (learner.email, module.key) in refreshed:
                assert refreshed[learner.email, module.key] == by_hand(learner, module)


def test_a_lesson_that_arrives_later_takes_no_completion_back(ana: User, now: datetime) -> None:
    module = make_module(lessons=1)
    complete_lesson(learner=ana, revision=live_revision(module.lessons.get()), now=now)
    make_lesson(module)
    recount(programme=module.programme, now=now)
    row = ModuleProgress.objects.get(learner=ana, module=module)
    assert (row.done, row.total, row.state) == (1, 2, "completed")


def test_retiring_the_last_open_lesson_completes_module_and_programme(ana: User, now: datetime) -> None:
    module = make_module(lessons=2)
    first, second = module.lessons.all()
    complete_lesson(learner=ana, revision=live_revision(first), now=now)
    Lesson.objects.filter(pk=second.pk).update(retired_at=now)
    recount(programme=module.programme, now=now)
    assert ModuleProgress.objects.get(learner=ana, module=module).state == "completed"
    assert CompletionRecord.objects.filter(learner=ana, module=module).count() == 1
    assert CompletionRecord.objects.filter(learner=ana, programme=module.programme).count() == 1


def test_retiring_the_last_open_module_completes_the_programme(ana: User, now: datetime) -> None:
    programme = make_programme()
    done, other = make_module(programme, lessons=1), make_module(programme, lessons=1)
    complete_lesson(learner=ana, revision=live_revision(done.lessons.get()), now=now)
    Module.objects.filter(pk=other.pk).update(retired_at=now)
    recount(programme=programme, now=now)
    recount(programme=programme, now=now)
    assert CompletionRecord.objects.filter(learner=ana, programme=programme).count() == 1


def test_recount_says_how_many_rows_changed_and_leaves_the_rest_alone(ana: User, boris: User, now: datetime) -> None:
    module, other = make_module(lessons=2), make_module(lessons=1)
    for learner, lesson in [(ana, module.lessons.all()[0]), (boris, other.lessons.get())]:
        open_lesson(learner=learner, revision=live_revision(lesson), now=now)
    make_lesson(module)
    later = now + timedelta(hours=1)
    assert recount(programme=module.programme, now=later) == 1
    assert ModuleProgress.objects.get(learner=ana).updated_at == later
    assert ModuleProgress.objects.get(learner=boris).updated_at == now


def test_recount_takes_the_same_number_of_queries_for_three_and_thirty_learners(
    now: datetime, django_assert_max_num_queries: Any
) -> None:
    module = make_module(lessons=2)
    revision = live_revision(module.lessons.all()[0])
    counts = []
    for number in range(30):
        learner = User.objects.create_user(email=f"many{number}@example.org")
        complete_lesson(learner=learner, revision=revision, now=now)
        if number in {2, 29}:
            ModuleProgress.objects.all().update(done=0)
            with django_assert_max_num_queries(15) as queries:
                recount(programme=module.programme, now=now)
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_nightly_check_mends_and_names_what_differs(
    ana: User, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    module = make_module(lessons=2)
    complete_lesson(learner=ana, revision=live_revision(module.lessons.all()[0]), now=now)
    ModuleProgress.objects.update(done=0, state="not_started")
    found = check_progress(now=now)
    assert [str(difference) for difference in found] == [
        f"learner {ana.pk} module {module.pk}: done 0 -> 1, state not_started -> started"
    ]
    assert str(found[0]) in caplog.text
    assert ModuleProgress.objects.get().done == 1
    assert check_progress(now=now) == []


def test_checking_without_mending_writes_nothing(ana: User, now: datetime) -> None:
    module = make_module(lessons=2)
    complete_lesson(learner=ana, revision=live_revision(module.lessons.all()[0]), now=now)
    ModuleProgress.objects.all().delete()
    found = check_progress(now=now, mend=False)
    assert len(found) == 1
    assert "done None -> 1" in str(found[0])
    assert not ModuleProgress.objects.exists()


def completed(learner: User, now: datetime) -> Module:
    module = make_module(lessons=1)
    complete_lesson(learner=learner, revision=live_revision(module.lessons.get()), now=now)
    return module


def test_a_completion_that_was_not_recorded_is_found_and_added(ana: User, now: datetime) -> None:
    module = completed(ana, now)
    CompletionRecord.objects.filter(lesson=None).delete()
    found = check_progress(now=now)
    assert [str(difference) for difference in found] == [
        f"learner {ana.pk} module {module.pk}: complete, but not recorded"
    ]
    assert CompletionRecord.objects.filter(module=module).exists()
    assert CompletionRecord.objects.filter(programme=module.programme).exists()


def test_rebuilding_adds_a_programme_that_was_not_recorded(ana: User, now: datetime) -> None:
    module = completed(ana, now)
    CompletionRecord.objects.filter(module=None, lesson=None).delete()
    assert rebuild_progress(now=now) == []
    assert CompletionRecord.objects.filter(programme=module.programme).exists()


def test_many_learners_are_counted_in_batches(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projection, "BATCH", 2)
    module = make_module(lessons=1)
    for number in range(5):
        learner = User.objects.create_user(email=f"many{number}@example.org")
        complete_lesson(learner=learner, revision=live_revision(module.lessons.get()), now=now)
    ModuleProgress.objects.update(state="started")
    assert len(rebuild_progress(now=now)) == 5
    assert set(ModuleProgress.objects.values_list("state", flat=True)) == {"completed"}


def test_a_programme_without_modules_is_completed_by_nobody(ana: User, now: datetime) -> None:
    programme = make_programme()
    assert recount(programme=programme, now=now) == 0
    assert not CompletionRecord.objects.exists()


def test_the_nightly_task_mends(ana: User, now: datetime) -> None:
    completed(ana, now)
    ModuleProgress.objects.update(done=0)
    tasks.check_progress()
    assert ModuleProgress.objects.get().done == 1

"""What an import does to learners who are in the middle of it."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from lms.cohorts.models import Cohort, Enrolment
from lms.people.models import User
from lms.progress.models import CompletionRecord, ModuleProgress
from lms.progress.services import complete_lesson, open_lesson, start_quiz, submit_quiz
from lms.publishing.refusals import RetiringNeedsConsent
from lms.publishing.services import import_package, plan_import
from modules.markdown import FORM
from modules.models import Lesson, LessonRevision, Module, Programme
from quizzes.models import Attempt, Question, Quiz, QuizRevision
from tests.packages.copies import LESSON, QUIZZES, Copy
from tests.packages.edits import EDITS, add_module, leave_out_water

pytestmark = pytest.mark.django_db
EN, FINAL = f"{LESSON}lesson.en.md", f"{QUIZZES}soil-final.yaml"
RIGHT = {1: {"choice": "humus"}, 2: {"choices": ["flat-roots", "puddles"]}, 3: {"text": "100"}}


@pytest.fixture
def ana(imported: Copy) -> User:
    return User.objects.create_user(email="ana@example.org")


def _live(key: str, language: str = "en") -> LessonRevision:
    return LessonRevision.objects.get(lesson__key=key, language=language, is_live=True)


def _study_everything(learner: User, now: datetime) -> Attempt:
    for key in ("living-soil", "water-in-soil"):
        complete_lesson(learner=learner, revision=_live(key), now=now)
    attempt = start_quiz(learner=learner, quiz_key="soil-final", language="en", now=now)
    return submit_quiz(attempt=attempt, answers=RIGHT, now=now)


def _again(copy: Copy, now: datetime) -> None:
    assert import_package(copy.path, by=None, now=now + timedelta(days=1), allow_retire=True) is not None


def test_the_right_answers_of_the_package_are_marked_right(imported: Copy, ana: User, now: datetime) -> None:
    attempt = _study_everything(ana, now)
    assert (attempt.score, attempt.passed) == (Decimal(1), True)
    assert ModuleProgress.objects.get(learner=ana).state == "completed"


@pytest.mark.parametrize("name", ["stem", "the right choice", "points", "an answer", "a question less", "pass mark"])
def test_an_open_attempt_keeps_the_questions_it_began_with(name: str, imported: Copy, ana: User, now: datetime) -> None:
    """Q-14."""
    attempt = start_quiz(learner=ana, quiz_key="soil-final", language="en", now=now)
    before = [(item.points, item.question_revision.body) for item in attempt.revision.items.order_by("position")]
    EDITS[name](imported)
    _again(imported, now)

    attempt = Attempt.objects.get(pk=attempt.pk)
    assert [
        (item.points, item.question_revision.body) for item in attempt.revision.items.order_by("position")
    ] == before
    assert not attempt.revision.is_live
    finished = submit_quiz(attempt=attempt, answers=RIGHT, now=now)
    assert (finished.score, finished.passed) == (Decimal(1), True)
    # The next one gets the new questions.
    later = start_quiz(learner=ana, quiz_key="soil-final", language="en", now=now + timedelta(days=2))
    assert later.revision == QuizRevision.objects.get(quiz__key="soil-final", is_live=True)
    assert later.revision != attempt.revision


def test_an_attempt_at_a_retired_quiz_can_be_finished(imported: Copy, ana: User, now: datetime) -> None:
    """Q-14."""
    attempt = start_quiz(learner=ana, quiz_key="soil-check", language="en", now=now)
    for language in ("", ".bg"):
        imported.remove(f"{QUIZZES}soil-check{language}.yaml")
    _again(imported, now)
    assert Quiz.objects.get(key="soil-check").retired_at is not None
    finished = submit_quiz(attempt=attempt, answers={1: {"choice": "worms"}}, now=now)
    assert finished.passed


def test_a_new_lesson_takes_no_completed_module_away(imported: Copy, ana: User, now: datetime) -> None:
    folder = "modules/01-soil/lessons/03-roots/"
    for language, minutes in (("en", "minutes: 4\n"), ("bg", "")):
        fields = f"key: roots\ntitle: Roots\nedition: 1\n{minutes}summary: Roots.\nobjectives:\n  - Name one root\n"
        imported.write(f"{folder}lesson.{language}.md", f"---\n{fields}---\nRoots.\n")
    imported.edit("modules/01-soil/module.yaml", "02-water-in-soil]", "02-water-in-soil, 03-roots]")
    _study_everything(ana, now)
    _again(imported, now)
    row = ModuleProgress.objects.get(learner=ana)
    assert (row.state, row.done, row.total) == ("completed", 2, 3)


def test_everybodys_bar_is_right_at_once(imported: Copy, ana: User, now: datetime) -> None:
    complete_lesson(learner=ana, revision=_live("living-soil"), now=now)
    leave_out_water(imported)
    _again(imported, now)
    row = ModuleProgress.objects.get(learner=ana)
    assert (row.done, row.total) == (1, 1)


def test_a_lesson_that_comes_back_is_the_same_one_with_its_records(imported: Copy, ana: User, now: datetime) -> None:
    original = {
        file: imported.read(file) for file in (EN, f"{LESSON}lesson.bg.md", FINAL, "modules/01-soil/module.yaml")
    }
    complete_lesson(learner=ana, revision=_live("water-in-soil"), now=now)
    lesson, revision = Lesson.objects.get(key="water-in-soil"), _live("water-in-soil")
    leave_out_water(imported)
    _again(imported, now)
    assert ModuleProgress.objects.get(learner=ana).done == 0
    assert CompletionRecord.objects.filter(learner=ana, lesson=lesson).exists()

    for file, text in original.items():
        imported.write(file, text)
    assert ("restored", "lesson") in [(change.action, change.thing) for change in plan_import(imported.path).changes]
    _again(imported, now)
    lesson.refresh_from_db()
    assert (lesson.retired_at, _live("water-in-soil")) == (None, revision)
    assert ModuleProgress.objects.get(learner=ana).done == 1


def test_a_raised_edition_is_told_and_keeps_the_record(imported: Copy, ana: User, now: datetime) -> None:
    complete_lesson(learner=ana, revision=_live("living-soil"), now=now)
    imported.edit(EN, "edition: 1", "edition: 2")
    (change,) = [change for change in plan_import(imported.path).changes if change.thing == "lesson"]
    assert change.detail == "edition 1 → 2: people who finished it are told"
    _again(imported, now)
    assert CompletionRecord.objects.get(learner=ana, lesson__key="living-soil").edition == 1
    assert Lesson.objects.get(key="living-soil").edition == 2


def test_a_lesson_keeps_its_records_in_another_module(imported: Copy, ana: User, now: datetime) -> None:
    complete_lesson(learner=ana, revision=_live("water-in-soil"), now=now)
    add_module(imported)
    (change,) = [
        each for each in plan_import(imported.path).changes if each.key == "water-in-soil" and each.thing == "lesson"
    ]
    assert change.detail == "from soil to water; position"
    _again(imported, now)
    assert ModuleProgress.objects.get(learner=ana, module__key="water").done == 1


def test_a_new_way_of_rendering_makes_new_pages_and_raises_no_edition(
    imported: Copy, ana: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete_lesson(learner=ana, revision=_live("living-soil"), now=now)
    monkeypatch.setattr("modules.package.linking.FORM", FORM + 1)
    assert {(change.action, change.thing) for change in plan_import(imported.path).changes} == {
        ("changed", "text"),
        ("changed", "guide page"),
    }
    _again(imported, now)
    assert LessonRevision.objects.filter(is_live=True).count() == 4
    assert LessonRevision.objects.count() == 8
    assert ModuleProgress.objects.get(learner=ana).done == 1


def test_a_question_keeps_its_name_through_all_its_texts(imported: Copy, now: datetime) -> None:
    question = Question.objects.get(quiz__key="soil-final", key="holds-water")
    EDITS["stem"](imported)
    _again(imported, now)
    assert question.revisions.count() == 2
    assert Question.objects.count() == 4


def test_two_quizzes_may_change_places_as_final(imported: Copy, now: datetime) -> None:
    """A module has one final quiz at every moment, by constraint."""
    EDITS["another final quiz"](imported)
    _again(imported, now)
    assert dict(Quiz.objects.values_list("key", "purpose")) == {"soil-check": "final", "soil-final": "practice"}


# --- Counts before something goes (C-22) ------------------------------------------------------------------------------


def test_the_plan_counts_the_learners_of_what_would_go(imported: Copy, now: datetime) -> None:
    """C-22."""
    for number in range(3):
        learner = User.objects.create_user(email=f"{number}@example.org")
        open_lesson(learner=learner, revision=_live("water-in-soil"), now=now)
    complete_lesson(learner=learner, revision=_live("water-in-soil"), now=now)
    leave_out_water(imported)
    plan = plan_import(imported.path)
    assert [(change.key, plan.concerned[change]) for change in plan.retiring] == [("water-in-soil", 3)]
    assert any(line.endswith("water-in-soil; it concerns 3 learners") for line in plan.lines())


def test_a_module_with_five_hundred_enrolled_learners_goes_only_with_consent(imported: Copy, now: datetime) -> None:
    """C-22."""
    add_module(imported)
    _again(imported, now)
    cohort = Cohort.objects.create(
        programme=Programme.objects.get(),
        code="spring",
        name="Spring",
        starts_on=now.date(),
        ends_on=now.date(),
        timezone="Europe/Sofia",
        language="bg",
    )
    learners = User.objects.bulk_create(User(email=f"{n}@example.org", password="!") for n in range(501))
    Enrolment.objects.bulk_create(Enrolment(cohort=cohort, learner=each, joined_at=now) for each in learners)
    Enrolment.objects.filter(learner=learners[0]).update(ended_at=now, ended_because="withdrew")
    imported.edit("package.yaml", "[01-soil, 02-water]", "[01-soil]")
    imported.remove("modules/02-water")
    imported.edit(EN, "[the next lesson](lesson:water-in-soil)", "on")
    imported.edit(f"{LESSON}lesson.bg.md", "[следващия урок](lesson:water-in-soil)", "нататък")
    imported.edit(FINAL, "    lesson: water-in-soil\n", "")

    with pytest.raises(RetiringNeedsConsent) as refused:
        import_package(imported.path, by=None, now=now)
    plan = refused.value.plan
    assert {change.key: plan.concerned[change] for change in plan.retiring if change.thing == "module"} == {
        "water": 500
    }
    assert Module.objects.get(key="water").retired_at is None
    _again(imported, now)
    assert Module.objects.get(key="water").retired_at is not None
    assert Enrolment.objects.filter(ended_at=None).count() == 500


def test_terms_and_facts_go_without_asking(imported: Copy, now: datetime) -> None:
    text = imported.read("facts.yaml")
    imported.write("facts.yaml", text.replace("F3:", "F4:"))
    for file in ("lesson.en.md", "lesson.bg.md"):
        imported.edit(f"modules/01-soil/lessons/02-water-in-soil/{file}", "[F3]", "[F4]")
    imported.edit("modules/01-soil/calculators/rain-on-a-field.yaml", "[F3]", "[F4]")
    plan = plan_import(imported.path)
    assert plan.retiring == ()
    assert {(change.action, change.key) for change in plan.changes if change.thing == "fact"} == {
        ("new", "F4"),
        ("retired", "F3"),
    }
    assert import_package(imported.path, by=None, now=now) is not None

"""Many invented people: as many as asked for, with facts that agree with what is counted."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from lms.cohorts.models import Cohort
from lms.people.models import User
from lms.progress.models import CompletionRecord, LessonVisit, ModuleProgress
from lms.progress.services import check_progress
from lms.publishing.invented import NotInProduction
from lms.publishing.seed import NoCohort, seed_load
from quizzes.items import ITEM_TYPES
from quizzes.models import Attempt, Mark, Response
from tests.factories.cohorts import make_cohort
from tests.factories.modules import make_module, make_programme
from tests.factories.quizzes import make_quiz

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 6, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def cohort() -> Cohort:
    programme = make_programme()
    for _ in range(3):
        make_quiz(make_module(programme, lessons=2))
    return make_cohort("field-day", programme=programme, starts_on=date(2027, 3, 1), ends_on=date(2027, 6, 30))


def seed(learners: int, code: str = "field-day") -> int:
    return sum(batch.people for batch in seed_load(learners=learners, cohort_code=code, now=NOW))


def test_so_many_people_are_in_the_cohort_and_all_are_invented(cohort: Cohort) -> None:
    assert seed(60) == 60
    seeded = User.objects.filter(enrolments__cohort=cohort, is_demo=True, email__endswith="@example.org")
    assert seeded.count() == 60
    assert not any(person.has_usable_password() or person.wants_reminders for person in seeded)


@pytest.mark.usefixtures("cohort")
def test_seeding_again_adds_only_what_is_missing() -> None:
    seed(20)
    records = CompletionRecord.objects.count()
    assert seed(20) == 0
    assert CompletionRecord.objects.count() == records
    assert seed(25) == 5


@pytest.mark.usefixtures("cohort")
def test_what_is_counted_agrees_with_the_facts() -> None:
    seed(80)
    assert check_progress(now=NOW, mend=False) == []
    assert set(ModuleProgress.objects.values_list("state", flat=True)) == {"started", "completed"}
    assert CompletionRecord.objects.filter(programme__isnull=False).exists()
    assert User.objects.filter(is_demo=True, visits=None).exists()


@pytest.mark.usefixtures("cohort")
def test_answers_have_the_marks_that_marking_gives() -> None:
    seed(20)
    for response in Response.objects.select_related("item__question_revision__question")[:100]:
        revision = response.item.question_revision
        assert response.score == ITEM_TYPES[revision.question.kind].grade(revision.body, response.answer)
    assert Mark.objects.count() == Response.objects.count()


@pytest.mark.usefixtures("cohort")
def test_nothing_lies_in_the_future_and_every_pass_has_its_attempt() -> None:
    seed(60)
    for model, moment in ((LessonVisit, "last_at"), (Attempt, "submitted_at"), (CompletionRecord, "completed_at")):
        assert not model._default_manager.filter(**{f"{moment}__gt": NOW}).exists()
    passes = CompletionRecord.objects.filter(quiz__isnull=False)
    assert passes.count() == passes.filter(attempt__passed=True).count() == Attempt.objects.filter(passed=True).count()


def test_in_production_it_is_refused(cohort: Cohort, settings: Settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(NotInProduction):
        seed(1)
    with pytest.raises(CommandError, match="production"):
        call_command("seed_load", learners=1, cohort=cohort.code)
    assert not User.objects.filter(is_demo=True).exists()


def test_a_cohort_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoCohort):
        seed(1, "nowhere")
    with pytest.raises(CommandError, match="create_cohort"):
        call_command("seed_load", learners=1, cohort="nowhere")


@pytest.mark.usefixtures("cohort")
def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("seed_load", learners=3, cohort="field-day")
    assert capsys.readouterr().out.splitlines()[-1].startswith("3 people added")
    with pytest.raises(CommandError, match="from 1"):
        call_command("seed_load", learners=0, cohort="field-day")

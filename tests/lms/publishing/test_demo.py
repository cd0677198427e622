"""The demo people: there after one call, the same after two, never in production."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.conf import settings as service
from django.contrib.auth import authenticate
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import TestCase
from pytest_django import Settings

from lms.cohorts.models import Cohort, CohortModule, Enrolment
from lms.credentials.models import Credential
from lms.people.models import AuditEvent, User
from lms.progress.models import CompletionRecord, LessonVisit, ModuleProgress
from lms.progress.services import check_progress
from lms.publishing.demo import load_demo
from lms.publishing.demo_file import read_demo
from lms.publishing.invented import NoProgramme, NotInProduction
from lms.publishing.invented_answers import ANSWERING, answers_worth, items_of
from lms.reminders.models import Kind, Reminder, ReminderState
from lms.reminders.services import plan_reminders, send_reminder
from modules.models import Programme
from quizzes.items import ITEM_TYPES
from quizzes.models import Attempt, AttemptState, Response
from tests.factories.modules import make_module, make_programme
from tests.factories.quizzes import BODIES, KINDS, live_revision, make_quiz

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 4, 15, 9, 0, tzinfo=UTC)


SIGN_INS = {
    "trainee@example.org": "trainee",
    "trainer@example.org": "trainer",
    "trainer2@example.org": "trainer",
    "admin@example.org": "operator",
}


def make_course() -> Programme:
    """Five modules with two lessons each and a final quiz, like the real one."""
    programme = make_programme("green-skills")
    for number in range(1, 6):
        make_quiz(make_module(programme, f"part-{number}", lessons=2), f"final-{number}", kinds=KINDS * 3)
    return programme


class TestLoaded(TestCase):
    """Loaded once for all of these: it takes two seconds."""

    @classmethod
    def setUpTestData(cls) -> None:
        make_course()
        load_demo(path=service.DEMO_PATH, now=NOW)

    def test_the_promised_people_can_sign_in(self) -> None:
        for email, role in SIGN_INS.items():
            person = User.objects.get(email=email)
            assert (person.role, person.is_demo) == (role, True)
            assert authenticate(username=email, email=email, password="green-skills-demo") == person

    def test_the_cohorts_have_their_trainees_and_trainers(self) -> None:
        spring, autumn = Cohort.objects.get(code="spring"), Cohort.objects.get(code="autumn")
        assert spring.enrolments.filter(ended_at=None).count() == 24
        assert autumn.enrolments.filter(ended_at=None).count() == 8
        assert [trainer.email for trainer in spring.trainers.all()] == ["trainer@example.org"]
        assert [trainer.email for trainer in autumn.trainers.all()] == ["trainer2@example.org"]
        trainee = User.objects.get(email="trainee@example.org")
        assert trainee.language == "bg"
        assert trainee.enrolments.get().cohort == spring

    def test_everybody_is_marked_as_invented_and_has_an_address_that_reaches_nobody(self) -> None:
        assert User.objects.count() == 35
        assert not User.objects.exclude(is_demo=True, email__endswith="@example.org").exists()

    def test_all_states_of_progress_are_there(self) -> None:
        rows = ModuleProgress.objects.filter(learner__enrolments__cohort__code="spring")
        assert {"started", "completed"} <= set(rows.values_list("state", flat=True))
        untouched = Enrolment.objects.filter(cohort__code="spring", learner__visits=None)
        assert untouched.count() >= 3
        assert rows.filter(attempts__gte=3, quiz_passed=False).count() >= 2  # stuck at a quiz
        quiet = NOW - timedelta(days=14)
        last_seen = {row.learner_id: row.last_active_at for row in rows.order_by("last_active_at")}
        assert sum(bool(seen and seen < quiet) for seen in last_seen.values()) >= 2
        assert Attempt.objects.filter(state=AttemptState.OPEN).count() == 1
        assert Response.objects.filter(attempt__state=AttemptState.OPEN).count() == 2

    def test_progress_agrees_with_the_facts(self) -> None:
        assert check_progress(now=NOW, mend=False) == []

    def test_nothing_lies_in_the_future_or_before_its_module_opened(self) -> None:
        moments = [
            *CompletionRecord.objects.values_list("completed_at", flat=True),
            *LessonVisit.objects.values_list("last_at", flat=True),
            *Attempt.objects.values_list("started_at", flat=True),
            *Attempt.objects.filter(submitted_at__isnull=False).values_list("submitted_at", flat=True),
        ]
        assert max(moments) <= NOW
        opened = {(line.cohort_id, line.module_id): line.opens_on for line in CohortModule.objects.all()}
        for visit in LessonVisit.objects.select_related("lesson"):
            opens_on = opened[visit.learner.enrolments.get().cohort_id, visit.lesson.module_id]
            assert opens_on
            assert visit.first_at.date() >= opens_on

    def test_loading_twice_changes_nothing(self) -> None:
        tables: list[Any] = [User, Cohort, Enrolment, CompletionRecord, Attempt, LessonVisit, AuditEvent]
        before = [table.objects.count() for table in tables]
        again = load_demo(path=service.DEMO_PATH, now=NOW + timedelta(days=3))
        assert (again.people, again.cohorts, again.attempts) == (0, 0, 0)
        assert [table.objects.count() for table in tables] == before

    def test_what_a_demo_person_changed_stays_changed(self) -> None:
        User.objects.filter(email="trainee@example.org").update(display_name="Somebody else")
        eleni = Enrolment.objects.filter(learner__email="eleni.markou@example.org")
        eleni.update(ended_at=NOW, ended_because="withdrew")
        load_demo(path=service.DEMO_PATH, now=NOW)
        assert User.objects.get(email="trainee@example.org").display_name == "Somebody else"
        assert eleni.get().ended_at

    def test_reminders_really_go_out(self) -> None:
        plan_reminders(now=NOW)
        for reminder_id in Reminder.objects.values_list("pk", flat=True):
            send_reminder(reminder_id=reminder_id, now=NOW)
        sent = Reminder.objects.filter(state=ReminderState.SENT)
        assert sent.filter(kind=Kind.DUE_SOON, enrolment__learner__email="trainee@example.org").count() == 1
        assert sent.filter(kind=Kind.NOT_STARTED).count() >= 3
        assert len(mail.outbox) == sent.count()


def test_in_production_it_is_refused_and_nothing_is_written(settings: Settings) -> None:
    make_course()
    settings.PRODUCTION = True
    with pytest.raises(NotInProduction):
        load_demo(path=service.DEMO_PATH, now=NOW)
    assert not User.objects.exists()
    with pytest.raises(CommandError, match="production"):
        call_command("load_demo")


def test_without_the_content_it_says_what_to_do_first() -> None:
    with pytest.raises(NoProgramme):
        load_demo(path=service.DEMO_PATH, now=NOW)
    with pytest.raises(CommandError, match="import_package"):
        call_command("load_demo")


def test_the_command_gives_certificates_and_tells_the_sign_ins(capsys: pytest.CaptureFixture[str]) -> None:
    make_course()
    call_command("load_demo")
    said = capsys.readouterr().out
    assert "trainee@example.org" in said
    assert said.strip().endswith("35 people, 2 new cohorts")
    assert Credential.objects.count() == 3
    call_command("load_demo")
    assert capsys.readouterr().out.strip() == "all demo people are there"


def test_invented_people_answer_every_kind_of_question() -> None:
    assert set(ANSWERING) == set(ITEM_TYPES)


@pytest.mark.parametrize("wished", ["0", "0.3", "0.79", "0.8", "0.95", "1"])
def test_answers_are_worth_what_was_wished(wished: str) -> None:
    quiz = make_quiz(make_module(), kinds=KINDS * 4, points=[1, 2, 3] * 4)
    items, share, pass_mark = items_of(live_revision(quiz)), Decimal(wished), Decimal("0.8")
    for seed in range(20):
        answers = answers_worth(items, share, pass_mark, Random(seed))
        total = sum(item.points for item in items)
        earned = sum(
            (
                ITEM_TYPES[item.question_revision.question.kind].grade(
                    item.question_revision.body, answers[item.position]
                )
                * item.points
                for item in items
            ),
            Decimal(0),
        )
        assert (earned / total >= pass_mark) == (share >= pass_mark)
        assert abs(earned / total - share) <= Decimal("0.2")


@pytest.mark.parametrize("right", [True, False])
@pytest.mark.parametrize("kind", sorted(ITEM_TYPES))
def test_answers_have_the_form_that_quizzes_keep(kind: str, right: bool) -> None:
    body = BODIES[kind](right=("roots", "puddles")) if kind == "multiple_choice" else BODIES[kind]()
    for seed in range(10):
        answer = ANSWERING[kind](body, Random(seed), right)
        assert ITEM_TYPES[kind].fits(body, answer)
        assert (ITEM_TYPES[kind].grade(body, answer) == 1) is right


def test_the_file_has_no_address_twice() -> None:
    demo = read_demo(service.DEMO_PATH)
    emails = [person.email for cohort in demo.cohorts for person in cohort.trainees]
    emails += [person.email for person in demo.staff]
    assert len(emails) == len(set(emails)) == 35

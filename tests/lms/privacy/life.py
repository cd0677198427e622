"""One learner with a row in every table that can know something about her, and a canary wherever words may stand."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from allauth.account.models import EmailAddress, EmailConfirmation
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from lms.cohorts.models import Cohort, Enrolment, Invitation
from lms.credentials.models import Achievement, Credential
from lms.people.models import AccessToken, User
from lms.people.services import record
from lms.progress.models import LessonVisit
from lms.reminders.models import Reminder
from lms.reports.models import Report
from quizzes.models import LateAnswer, Mark, QuizItem
from tests.factories.cohorts import make_cohort
from tests.factories.modules import make_lesson, make_module, make_release
from tests.factories.people import make_mail, make_token, make_trainee
from tests.factories.progress import make_lesson_completion, make_module_progress, make_visit
from tests.factories.quizzes import make_attempt, make_quiz

EMAIL, NAME = "canary-address@example.org", "Canary Nameova"


@dataclass
class Life:
    person: User
    cohort: Cohort
    token: AccessToken
    report_file: Path
    client: Client
    canaries: list[str] = field(default_factory=list)


def live(now: datetime) -> Life:
    """Everything a learner who also trains and looks into the admin can leave behind."""
    person = make_trainee(EMAIL, NAME, language="bg", timezone="Europe/Vienna")
    module = make_module(lessons=0)
    cohort = make_cohort("canary-cohort", programme=module.programme, trainers=[person])
    client = Client()
    client.force_login(person)
    token, _text = make_token(person, scopes=("canary:scope",), now=now)
    life = Life(person, cohort, token, settings.REPORTS_DIR / "canary-report.csv", client)
    life.canaries += [EMAIL, NAME, "Europe/Vienna", token.prefix, "canary:scope", "canary-cohort"]
    _mail(life, now)
    enrolment = _cohort(life, now)
    _learn(life, now)
    _reports(life, enrolment, now)
    _trail(life, now)
    return life


def _mail(life: Life, now: datetime) -> None:
    words = {"kind": "canary_kind", "subject": "canary subject", "text": "canary text", "html": "<p>canary html</p>"}
    make_mail(EMAIL, now, headers={"X-Canary": "canary header"}, because="canary reason", **words)
    address = EmailAddress.objects.create(user=life.person, email="canary-second@example.org")
    EmailConfirmation.objects.create(email_address=address, sent=now, key="secret-key")
    life.canaries += [*words.values(), "canary header", "canary reason", "canary-second@example.org"]


def _cohort(life: Life, now: datetime) -> Enrolment:
    enrolment = Enrolment.objects.create(cohort=life.cohort, learner=life.person, joined_at=now)
    dates = {"created_at": now, "expires_at": now + timedelta(days=14)}
    Invitation.objects.create(cohort=life.cohort, email=EMAIL, token_digest="secret-digest-1", **dates)
    other = {"email": "canary-third@example.org", "token_digest": "secret-digest-2", "accepted_at": now}
    Invitation.objects.create(cohort=life.cohort, enrolment=enrolment, **other, **dates)
    life.canaries.append("canary-third@example.org")
    return enrolment


def _learn(life: Life, now: datetime) -> None:
    module = life.cohort.programme.modules.get()
    lesson = make_lesson(module, key="canary-lesson")
    quiz = make_quiz(module, key="canary-quiz", kinds=("single_choice", "numeric"))
    attempt = make_attempt(life.person, quiz, now=now, answers={1: {"choice": "organic"}, 2: {"text": "canary typed"}})
    item = QuizItem.objects.get(quiz_revision=attempt.revision, position=2)
    LateAnswer.objects.create(attempt=attempt, item=item, answer={"text": "canary late"}, arrived_at=now)
    response = attempt.responses.get(item__position=2)
    text = response.item.question_revision
    Mark.objects.create(response=response, score=1, given_at=now, reason="canary mark", question_revision=text)
    make_visit(life.person, lesson, now=now)
    make_lesson_completion(life.person, lesson, now=now)
    make_module_progress(life.person, module, now=now)
    achievement = Achievement.objects.create(programme=life.cohort.programme)
    facts = {"name": NAME, "hours": "canary facts"}
    Credential.objects.create(
        learner=life.person, achievement=achievement, code="canary-code", issued_at=now, facts=facts
    )
    life.canaries += [
        "canary-lesson",
        "canary-quiz",
        "organic",
        "canary typed",
        "canary mark",
        "canary late",
        "canary facts",
    ]
    life.canaries += ["canary-code", module.key, str(attempt.pk)]


def _reports(life: Life, enrolment: Enrolment, now: datetime) -> None:
    settings.REPORTS_DIR.mkdir(parents=True, exist_ok=True)
    life.report_file.write_text(f"{NAME},{EMAIL}\n")
    common = {"format": "csv", "language": "bg", "cohort": life.cohort, "requested_by": life.person}
    Report.objects.create(kind="canary_report", state="ready", file="canary-report.csv", requested_at=now, **common)
    dates = {"due_on": now.date(), "planned_at": now, "next_try_at": now}
    Reminder.objects.create(enrolment=enrolment, kind="not_started", detail="canary detail", **dates)
    life.canaries += ["canary_report", "not_started", "canary detail"]


def _trail(life: Life, now: datetime) -> None:
    person, about = life.person, {"target_label": NAME, "now": now}
    record(actor=person, verb="canary verb", target_id=person.pk, data={"note": "canary data"}, **about)
    record(actor=None, verb="canary other verb", target_id=person.enrolments.get().pk, data={"to": [EMAIL]}, **about)
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(
        user=person,
        content_type=kind,
        object_id=str(person.pk),
        object_repr=NAME,
        action_flag=CHANGE,
        change_message="canary change",
    )
    make_release(life.cohort.programme, by_label=NAME)
    life.canaries += ["canary verb", "canary data", "canary change"]


def visits_left(person: User) -> int:
    return LessonVisit.objects.filter(learner=person).count()

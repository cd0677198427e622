"""Hand over and forget: everything about one person, and nothing of anybody else (P-02, P-03, P-05)."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.serializers.json import DjangoJSONEncoder

from lms.cohorts.models import Enrolment
from lms.credentials.models import Credential
from lms.people.models import AccessToken, AuditEvent, MailState, OutgoingMail, User
from lms.people.refusals import LastOperator
from lms.people.selectors import audit_trail
from lms.people.services import deliver_mail, find_token
from lms.privacy.register import REGISTER
from lms.privacy.selectors import kept_about
from lms.privacy.services import erase_person, export_person, forget_in_time
from lms.progress.models import CompletionRecord, ModuleProgress
from lms.reminders.models import Reminder
from lms.reports.models import Report
from quizzes.models import Response
from tests.factories.people import make_mail, make_operator, make_token, make_trainee, make_trainer
from tests.lms.privacy.life import EMAIL, NAME, live, visits_left

pytestmark = pytest.mark.django_db


def dump() -> str:
    """The whole database as text, session contents opened."""
    rows = [row for model in apps.get_models(include_auto_created=True) for row in model._base_manager.values()]
    opened = [session.get_decoded() for session in Session.objects.all()]
    return json.dumps([rows, opened], cls=DjangoJSONEncoder, default=str, ensure_ascii=False)


def test_p_02_the_export_holds_every_canary(now: datetime) -> None:
    """P-02: one unique word in every declared field, all found."""
    life = live(now)
    text = json.dumps(export_person(person=life.person, now=now), cls=DjangoJSONEncoder, ensure_ascii=False)
    assert [canary for canary in life.canaries if canary not in text] == []


def test_p_02_the_export_holds_no_secrets_and_nobody_else(now: datetime) -> None:
    """P-02, S-07: digests and session keys open doors; other people's rows are theirs."""
    other = make_trainee("other-canary@example.org", "Other Canary")
    make_mail(other.email, now)
    life = live(now)
    text = json.dumps(export_person(person=life.person, now=now), cls=DjangoJSONEncoder)
    assert "secret" not in text
    assert life.token.digest not in text
    assert life.person.password not in text
    assert life.client.cookies[settings.SESSION_COOKIE_NAME].value not in text
    assert "other-canary" not in text


def test_p_10_handing_over_is_written_down(now: datetime) -> None:
    person = make_trainee()
    export_person(person=person, now=now)
    assert [line.verb for line in audit_trail(person.pk)] == ["data handed over"]


def test_p_03_no_canary_is_left_after_erasing(now: datetime, django_capture_on_commit_callbacks: Any) -> None:
    """P-03: the whole database is searched, sessions opened, and the report's file is gone."""
    life = live(now)
    assert EMAIL in dump()
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person=life.person, by=life.person, now=now)
    left = dump()
    personal = [
        EMAIL,
        NAME,
        "canary-second",
        "canary-third",
        "Europe/Vienna",
        "canary typed",
        "canary late",
        "canary mark",
    ]
    personal += ["canary text", "canary html", "canary facts", "canary detail", life.token.digest]
    assert [word for word in personal if word in left] == []
    assert not life.report_file.exists()


def test_p_03_totals_stay_right_under_a_number_without_a_name(now: datetime) -> None:
    """P-03: what the cohort's statistics are made of is not taken away from the others."""
    life = live(now)
    erase_person(person=life.person, by=life.person, now=now)
    person = User.objects.get(pk=life.person.pk)
    assert (person.is_active, person.has_usable_password(), person.display_name) == (False, False, "")
    assert person.email.endswith("@invalid.example")
    assert CompletionRecord.objects.filter(learner=person).count() == 1
    assert ModuleProgress.objects.filter(learner=person).count() == 1
    answers = [response.answer for response in Response.objects.order_by("item__position")]
    assert answers == [{"choice": "organic"}, {"text": ""}]
    assert visits_left(person) == 0


def test_p_03_what_would_still_have_happened_does_not(now: datetime) -> None:
    """P-03, R-07: no reminder, no mail, no token, no session, no place in the cohort, no valid certificate."""
    life = live(now)
    waiting = make_mail(EMAIL, now)
    erase_person(person=life.person, by=life.person, now=now)
    assert not OutgoingMail.objects.filter(pk=waiting.pk).exists()
    assert Reminder.objects.get().state == "skipped"
    enrolment = Enrolment.objects.get()
    assert (enrolment.ended_at, enrolment.ended_because) == (now, "erased")
    credential = Credential.objects.get()
    assert (credential.revoked_at, credential.revoked_because) == (now, "erased")
    assert not AccessToken.objects.exists()
    assert not EmailAddress.objects.exists()
    assert not life.cohort.trainers.exists()
    assert life.client.get("/en/account/profile/").status_code == 302


def test_p_03_reports_of_the_cohort_lose_their_files_and_one_being_made_begins_anew(now: datetime) -> None:
    """P-03: a trainer asks again and gets one without the name."""
    life, tom = live(now), make_trainer()
    common = {"kind": "roster", "cohort": life.cohort, "requested_by": tom, "language": "en", "requested_at": now}
    ready = Report.objects.create(format="csv", state="ready", file="toms-report.csv", **common)
    made = Report.objects.create(format="xlsx", state="building", heartbeat_at=now, tries=1, **common)
    erase_person(person=life.person, by=life.person, now=now)
    assert set(Report.objects.values_list("pk", "state", "file")) == {
        (ready.pk, "expired", ""),
        (made.pk, "queued", ""),
    }


def test_p_03_mail_in_files_goes_too(
    now: datetime, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    """P-03: in the embedded default the folder `mail/` stands for the mailbox. Others' mail stays."""
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "lms.people.mail_backends.FileBackend", tmp_path
    life = live(now)
    for to in (EMAIL, "other@example.org"):
        deliver_mail(mail_id=make_mail(to, now).pk, now=now)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person=life.person, by=life.person, now=now)
    assert [path.read_text().count("other@example.org") for path in tmp_path.iterdir()] == [1]
    assert forget_in_time(now=now + timedelta(days=365 * 50))["mail files"] == 1


def test_p_03_numbers_that_were_typed_stay_for_the_totals(now: datetime) -> None:
    life = live(now)
    Response.objects.filter(answer__text="canary typed").update(answer={"text": "60,5 %"})
    erase_person(person=life.person, by=life.person, now=now)
    assert {"text": "60,5 %"} in [response.answer for response in Response.objects.all()]


def test_erasing_leaves_one_line_without_a_name(now: datetime) -> None:
    life = live(now)
    before = AuditEvent.objects.count()
    erase_person(person=life.person, by=life.person, now=now)
    newest = AuditEvent.objects.order_by("-pk")[0]
    assert AuditEvent.objects.count() == before + 1
    assert (newest.verb, newest.target_label, newest.actor_label) == ("person erased", "erased person", "")
    assert newest.data == {"asked_by": "themselves"}


def test_erasing_one_person_leaves_the_others_alone(now: datetime) -> None:
    other = make_trainee("other@example.org", "Other Person")
    token, text = make_token(other, now=now)
    make_mail(other.email, now)
    life = live(now)
    erase_person(person=life.person, by=make_operator(), now=now)
    assert find_token(text, now) == token
    assert OutgoingMail.objects.filter(to=other.email).exists()
    assert User.objects.get(pk=other.pk).display_name == "Other Person"


def test_the_only_operator_cannot_be_erased(now: datetime) -> None:
    person = make_operator()
    with pytest.raises(LastOperator):
        erase_person(person=person, by=person, now=now)
    make_operator()
    erase_person(person=person, by=person, now=now)
    assert not User.objects.get(pk=person.pk).is_active


def test_my_data_lists_every_table_in_one_query_each(now: datetime, django_assert_num_queries: Any) -> None:
    life = live(now)
    with django_assert_num_queries(len(REGISTER) + 2):
        kept = kept_about(life.person)
    assert kept[0].rows == 1
    assert len(kept) == len(REGISTER)


def test_p_05_what_was_kept_long_enough_goes_and_nothing_else(now: datetime) -> None:
    """P-05: the promises of docs/privacy.md, each with a row before and after its day."""
    person, day = make_trainee(), timedelta(days=1)
    old_mail = make_mail(now=now - 91 * day, state=MailState.SENT, sent_at=now - 91 * day)
    make_mail(now=now - 89 * day, state=MailState.SENT, sent_at=now - 89 * day)
    make_mail(now=now - 91 * day)  # still owed
    for age in (364, 366):
        AuditEvent.objects.create(actor_label="x", verb="v", target_label="t", at=now - age * day)
    for age, digest in ((89, "a"), (91, "b")):
        dates = {"created_at": now - 200 * day, "expires_at": now - age * day}
        AccessToken.objects.create(owner=person, prefix="gs_", digest=digest, **dates)
    for key, left in (("a", day), ("b", -day)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + left)
    counts = forget_in_time(now=now)
    assert {model: count for model, count in counts.items() if count} == {
        "sessions.Session": 1,
        "people.OutgoingMail": 1,
        "people.AccessToken": 1,
        "people.AuditEvent": 1,
    }
    assert not OutgoingMail.objects.filter(pk=old_mail.pk).exists()

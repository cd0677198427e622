"""The mail itself (X-04)."""

from datetime import date, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import translation

from lms.reminders.message import write_reminder
from lms.reminders.models import Kind, Reminder
from lms.reminders.services import send_reminder
from lms.reminders.stop_link import read_stop_link
from tests.factories.cohorts import make_cohort, make_enrolment
from tests.factories.modules import make_module, make_programme
from tests.factories.people import make_trainee
from tests.factories.reminders import NOW, make_due, make_reminder

pytestmark = pytest.mark.django_db
SOIL = {"en": "Soil & water", "bg": "Почва и вода"}


def reminder_for(kind: str = Kind.DUE_SOON, *, due_on: date = date(2027, 3, 18), **person: Any) -> Reminder:
    programme = make_programme(title={"en": "Green skills", "bg": "Зелени умения"})
    cohort = make_cohort("spring", programme=programme, language="bg")
    module = make_due(cohort, due_on, module=make_module(programme, "soil-and-water", title=SOIL)).module
    enrolment = make_enrolment(cohort, make_trainee(**({"name": "Ana", "language": "en", "password": None} | person)))
    if kind == Kind.NOT_STARTED:
        return make_reminder(enrolment, kind=kind, due_on=due_on)
    return make_reminder(enrolment, kind=kind, module=module, due_on=due_on)


def send(reminder: Reminder, mailoutbox: list[EmailMultiAlternatives]) -> EmailMultiAlternatives:
    send_reminder(reminder_id=reminder.pk, now=NOW)
    assert len(mailoutbox) == 1
    return mailoutbox[0]


def html(mail: EmailMultiAlternatives) -> str:
    return str(mail.alternatives[0][0])


@pytest.mark.parametrize("kind", Kind.values)
def test_each_kind_can_be_written(kind: str) -> None:
    mail = write_reminder(reminder_for(kind), now=NOW)
    assert all((mail.subject, mail.text, mail.html))


def test_due_soon_says_what_is_due_when_and_where_to_go_on(mailoutbox: list[EmailMultiAlternatives]) -> None:
    mail = send(reminder_for(), mailoutbox)
    assert mail.subject == "Due on 18 March: Soil & water"
    for part in (mail.body, html(mail)):
        assert "in 3 days: Thursday 18 March" in part
        assert "/en/learn/soil-and-water/" in part
    assert "Soil &amp; water" in html(mail)
    assert "Soil & water" in mail.body


@pytest.mark.parametrize(("days", "words"), [(0, "is due today"), (1, "is due tomorrow: Tuesday 16 March")])
def test_near_days_are_said_in_words(days: int, words: str, mailoutbox: list[EmailMultiAlternatives]) -> None:
    mail = send(reminder_for(due_on=NOW.date() + timedelta(days=days)), mailoutbox)
    assert words in mail.body
    assert words in html(mail)


def test_not_started_says_where_to_begin(mailoutbox: list[EmailMultiAlternatives]) -> None:
    mail = send(reminder_for(Kind.NOT_STARTED), mailoutbox)
    assert mail.subject == "Your first lesson is open: Green skills"
    assert "Spring" in mail.body
    assert "/en/\n" in mail.body


@pytest.mark.parametrize(("own", "language"), [("bg", "bg"), ("en", "en"), ("", "bg")])
def test_the_mail_is_in_the_learners_language_else_in_the_cohorts(
    own: str, language: str, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    """X-04: whatever language the worker happens to run in."""
    with translation.override("de"):
        mail = send(reminder_for(language=own), mailoutbox)
    assert SOIL[language] in mail.subject
    assert f"/{language}/learn/soil-and-water/" in mail.body
    assert mail.extra_headers["Content-Language"] == language


def test_the_due_day_is_the_cohorts_day_not_the_servers(mailoutbox: list[EmailMultiAlternatives]) -> None:
    """X-04: at 22:30 in UTC it is the next day in Sofia already."""
    reminder = reminder_for(due_on=date(2027, 3, 18))
    send_reminder(reminder_id=reminder.pk, now=NOW.replace(hour=22, minute=30))
    assert "in 2 days" in mailoutbox[0].body


def test_a_name_with_line_breaks_and_markup_stays_text_in_one_line(mailoutbox: list[EmailMultiAlternatives]) -> None:
    """X-04, S-08"""
    mail = send(reminder_for(name="Ana\r\nBcc: all@example.org\n<b>x</b>"), mailoutbox)
    assert mail.body.splitlines()[0] == "Hello Ana Bcc: all@example.org <b>x</b>,"
    assert "<b>x</b>" not in html(mail)
    parsed = message_from_bytes(mail.message().as_bytes(), policy=policy.default)
    assert parsed["Bcc"] is None
    assert parsed["To"] == mail.to[0]


def test_there_is_a_text_part_and_an_html_part(mailoutbox: list[EmailMultiAlternatives]) -> None:
    """X-04"""
    parsed = message_from_bytes(send(reminder_for(), mailoutbox).message().as_bytes(), policy=policy.default)
    assert [part.get_content_type() for part in parsed.iter_parts()] == ["text/plain", "text/html"]
    assert parsed["Auto-Submitted"] == "auto-generated"


def test_mail_programs_can_unsubscribe_in_one_click(mailoutbox: list[EmailMultiAlternatives]) -> None:
    """X-04: RFC 8058; the same link stands in both parts."""
    reminder = reminder_for()
    mail = send(reminder, mailoutbox)
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = mail.extra_headers["List-Unsubscribe"].strip("<>")
    assert link.startswith("http")
    assert link in mail.body
    assert link in html(mail)
    assert read_stop_link(link.rstrip("/").rpartition("/")[2]) == reminder.enrolment.learner


def test_the_link_tells_nobody_the_address(mailoutbox: list[EmailMultiAlternatives]) -> None:
    mail = send(reminder_for(email="ana.secret@example.org"), mailoutbox)
    assert "ana.secret" not in mail.body + html(mail) + str(mail.extra_headers)


def test_the_html_asks_nobody_for_pictures(mailoutbox: list[EmailMultiAlternatives]) -> None:
    words = html(send(reminder_for(), mailoutbox))
    assert "<img" not in words
    assert "src=" not in words

"""Mail that is owed: at most once, whatever the mail server does (D4, R-03, R-15)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.mail import BadHeaderError
from django.db import connection

from lms.people import tasks
from lms.people.models import MailState, OutgoingMail
from lms.people.refusals import EmailNotValid
from lms.people.services import GAPS, TRIES, deliver_mail, post_mail, sweep_mail
from lms.shared import clock
from lms.shared.claims import LEASE
from tests.factories.people import make_mail
from tests.lms.people.smtp_sink import Sink, sink

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_smtp(settings: Any) -> Iterator[Any]:
    """Makes the service send to a sink; a second of silence is a hang."""

    def use(server: Sink) -> None:
        settings.EMAIL_BACKEND = "lms.people.mail_backends.SmtpBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 0.5

    return use


def test_a_mail_is_sent_and_says_so(now: datetime) -> None:
    row = deliver_mail(mail_id=make_mail(now=now).pk, now=now)
    assert row is not None
    assert (row.state, row.sent_at, row.tries) == (MailState.SENT, now, 1)
    assert [message.subject for message in django_mail.outbox] == ["Hello"]


def test_mail_has_text_and_html_and_says_it_is_automatic(now: datetime) -> None:
    deliver_mail(mail_id=make_mail(now=now, headers={"List-Unsubscribe": "<https://x.example/no>"}).pk, now=now)
    message = django_mail.outbox[0].message()
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == "<https://x.example/no>"


def test_r_03_the_same_task_ten_times_sends_one_mail(now: datetime) -> None:
    """R-03: a message delivered again and again by the queue."""
    mail = make_mail(now=now)
    outcomes = [deliver_mail(mail_id=mail.pk, now=now) for _ in range(10)]
    assert len([row for row in outcomes if row]) == 1
    assert len(django_mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_r_03_ten_workers_at_once_send_one_mail(now: datetime, by_smtp: Any) -> None:
    """R-03: the claim is a conditional update, so it holds between processes too."""
    mail = make_mail(now=now)

    def work(_: int) -> bool:
        try:
            return deliver_mail(mail_id=mail.pk, now=now) is not None
        finally:
            connection.close()

    with sink() as server:
        by_smtp(server)
        with ThreadPoolExecutor(10) as workers:
            got_it = list(workers.map(work, range(10)))
        assert (sum(got_it), len(server.messages)) == (1, 1)


def test_a_mail_that_is_gone_is_quietly_left(now: datetime) -> None:
    assert deliver_mail(mail_id="00000000-0000-4000-8000-000000000000", now=now) is None


def test_r_15_a_server_that_refuses_the_connection_is_tried_again_with_growing_gaps(
    now: datetime, by_smtp: Any
) -> None:
    """R-15: nobody listens. Three tries, then failed with the reason; the gaps grow."""
    with sink() as server:
        by_smtp(server)
    mail, gaps = make_mail(now=now), []
    for _ in range(TRIES):
        row = deliver_mail(mail_id=mail.pk, now=now)
        assert row is not None
        gaps.append(row.next_try_at - now)
        assert (
            deliver_mail(mail_id=mail.pk, now=row.next_try_at - timedelta(seconds=1)) is None or row.state == "failed"
        )
        now = row.next_try_at
    assert gaps[:2] == list(GAPS)
    assert (row.state, row.tries) == (MailState.FAILED, TRIES)
    assert "refused" in row.because.lower()
    assert deliver_mail(mail_id=mail.pk, now=now + timedelta(days=1)) is None


@pytest.mark.parametrize("mode", ["rcpt-451", "hang-at-banner", "data-451"])
def test_r_15_not_accepted_for_now_is_tried_again(mode: str, now: datetime, by_smtp: Any) -> None:
    """R-15: 451, a hang before the talk began, a "no" after DATA: the server surely does not have it."""
    mail = make_mail(now=now)
    with sink(mode) as server:
        by_smtp(server)
        row = deliver_mail(mail_id=mail.pk, now=now)
        assert row is not None
        assert (row.state, row.heartbeat_at, row.next_try_at) == (MailState.QUEUED, None, now + GAPS[0])
        assert row.because
        server.mode = ""
        again = deliver_mail(mail_id=mail.pk, now=row.next_try_at)
        assert again is not None
        assert (again.state, again.tries, again.because, len(server.messages)) == (MailState.SENT, 2, "", 1)


def test_r_15_one_bad_address_fails_at_once_and_stops_nobody(now: datetime, by_smtp: Any) -> None:
    """R-15: 550 for one. It is not tried again; the others arrive."""
    mails = [make_mail(to=f"{name}@example.org", now=now) for name in ("ana", "gone", "boris")]
    with sink("rcpt-550", bad_address="gone@") as server:
        by_smtp(server)
        rows = [deliver_mail(mail_id=mail.pk, now=now) for mail in mails]
        assert [row.state for row in rows if row] == [MailState.SENT, MailState.FAILED, MailState.SENT]
        assert len(server.messages) == 2
    assert rows[1] is not None
    assert rows[1].because == "550 no such person here"
    assert rows[1].tries == 1


@pytest.mark.parametrize("mode", ["close-after-data", "hang-after-data"])
def test_r_15_a_talk_that_breaks_after_data_is_unknown_and_never_resent(mode: str, now: datetime, by_smtp: Any) -> None:
    """R-15, D4: the sink shows why. The mail did arrive."""
    mail = make_mail(now=now)
    with sink(mode) as server:
        by_smtp(server)
        row = deliver_mail(mail_id=mail.pk, now=now)
        assert row is not None
        assert row.state == MailState.UNKNOWN
        later = now + timedelta(days=1)
        assert sweep_mail(now=later) == []
        assert deliver_mail(mail_id=mail.pk, now=later) is None
        assert len(server.messages) == 1


def test_a_worker_that_died_while_sending_leaves_unknown(now: datetime) -> None:
    """D4: nobody knows how far it came."""
    mail = make_mail(now=now, state=MailState.SENDING, heartbeat_at=now, tries=1)
    assert sweep_mail(now=now + LEASE) == []
    mail.refresh_from_db()
    assert mail.state == MailState.SENDING
    assert sweep_mail(now=now + LEASE + timedelta(seconds=1)) == []
    mail.refresh_from_db()
    assert mail.state == MailState.UNKNOWN
    assert "stopped" in mail.because


def test_a_slow_worker_whose_mail_was_called_unknown_puts_it_right(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lms.people import post_office

    real = post_office.hand_over

    def slow(mail: OutgoingMail) -> post_office.Outcome:
        sweep_mail(now=now + 2 * LEASE)
        return real(mail)

    monkeypatch.setattr(post_office, "hand_over", slow)
    row = deliver_mail(mail_id=make_mail(now=now).pk, now=now)
    assert row is not None
    assert row.state == MailState.SENT


def test_the_sweep_finds_mail_whose_task_never_came_and_leaves_what_is_in_hand(now: datetime) -> None:
    waiting = make_mail(now=now)
    make_mail(now=now, next_try_at=now + timedelta(minutes=5))
    make_mail(now=now, state=MailState.FAILED)
    assert sweep_mail(now=now) == [waiting.pk]
    assert sweep_mail(now=now + timedelta(seconds=10)) == []  # a worker has been told
    assert sweep_mail(now=now + LEASE + timedelta(seconds=1)) == [waiting.pk]  # and told again when it did nothing


def test_the_sweep_task_sends_what_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    mail = make_mail(now=clock.now())
    sent: list[Any] = []
    monkeypatch.setattr(tasks.queueing, "send", lambda task, *args: sent.append((task.name, *args)))
    tasks.sweep_mail()
    assert sent == [("lms.people.tasks.send_mail", str(mail.pk))]
    tasks.send_mail(str(mail.pk))
    mail.refresh_from_db()
    assert mail.state == MailState.SENT


def test_x_04_a_name_with_line_breaks_adds_no_header(now: datetime) -> None:
    """X-04: what looks like a header in a name stays inside the subject."""
    context = {"cohort": "Spring\r\nBcc: everybody@example.org\u2028x", "valid_until": now}
    mail = post_mail(kind="invitation", to="Ana@Example.org", language="en", context=context, now=now)
    assert mail.subject == "Invitation to Spring Bcc: everybody@example.org x"
    assert mail.to == "ana@example.org"
    deliver_mail(mail_id=mail.pk, now=now)
    assert django_mail.outbox[0].recipients() == ["ana@example.org"]
    assert django_mail.outbox[0].message()["Bcc"] is None


def test_x_04_an_address_or_header_with_a_line_break_is_refused(now: datetime) -> None:
    """X-04: before anything is written down."""
    with pytest.raises(EmailNotValid):
        post_mail(kind="unknown_account", to="a@example.org\nBcc: b@example.org", language="en", context={}, now=now)
    headers = {"List-Unsubscribe": "<x>\r\nBcc: b@example.org"}
    with pytest.raises(BadHeaderError):
        post_mail(kind="unknown_account", to="a@example.org", language="en", context={}, now=now, headers=headers)
    assert not OutgoingMail.objects.exists()


def test_x_04_markup_in_a_name_is_text_in_both_parts(now: datetime) -> None:
    """X-04: escaped in the HTML part, as typed in the text part."""
    context = {"name": "<b>Ana</b> O'Neil", "url": "https://x.example/"}
    mail = post_mail(kind="password_reset", to="a@example.org", language="en", context=context, now=now)
    assert "<b>Ana</b> O'Neil" in mail.text
    assert "<b>Ana</b>" not in mail.html
    assert "&lt;b&gt;Ana&lt;/b&gt; O&#x27;Neil" in mail.html


def test_mail_in_files_is_one_whole_message_per_file(now: datetime, settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "lms.people.mail_backends.FileBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    context = {"name": "Иванка", "url": "http://127.0.0.1:8000/bg/x/"}
    for _ in range(2):
        mail = post_mail(kind="password_reset", to="ana@example.org", language="bg", context=context, now=now)
        deliver_mail(mail_id=mail.pk, now=now)
    files = sorted((tmp_path / "mail").iterdir())
    assert [path.suffix for path in files] == [".eml", ".eml"]
    message = message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert (message["To"], message["Subject"]) == ("ana@example.org", mail.subject)
    assert "Иванка" in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "Иванка" in message.get_body(("html",)).get_content()  # type: ignore[union-attr]


def test_files_that_cannot_be_written_are_doubtful_not_lost(now: datetime, settings: Any, tmp_path: Path) -> None:
    """R-12: a full disk must not stop the worker."""
    settings.EMAIL_BACKEND = "lms.people.mail_backends.FileBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "a-file"
    (tmp_path / "a-file").write_text("in the way")
    row = deliver_mail(mail_id=make_mail(now=now).pk, now=now)
    assert row is not None
    assert row.state == MailState.UNKNOWN

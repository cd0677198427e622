"""Two mail connections for Django: SMTP that knows how far a talk got, and files that any mail reader opens."""

import smtplib
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as DjangoSmtpBackend

from lms.shared import clock


class _TellsHowFar:
    """From the DATA command on, a broken talk leaves it open whether the mail arrived."""

    in_doubt = False

    def data(self, msg: Any) -> Any:
        self.in_doubt = True
        return super().data(msg)  # type: ignore[misc]  # smtplib.SMTP, to the right of us


class _PlainSMTP(_TellsHowFar, smtplib.SMTP):
    pass


class _EncryptedSMTP(_TellsHowFar, smtplib.SMTP_SSL):
    pass


class SmtpBackend(DjangoSmtpBackend):
    """Django's own; its SMTP class marks the moment from which a failure is doubtful (D4)."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _EncryptedSMTP if self.use_ssl else _PlainSMTP


class FileBackend(BaseEmailBackend):
    """One .eml file per message in EMAIL_FILE_PATH, complete as soon as it is there."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{clock.now().astimezone(UTC):%Y%m%d-%H%M%S-%f}-{uuid.uuid4().hex[:8]}"
            unfinished = folder / f".{name}"
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.rename(folder / f"{name}.eml")
        return len(email_messages)


def delete_mail_files(*, to: str | None = None, before: datetime | None = None) -> int:
    """Delete files of FileBackend: those to one address, or those older than a moment. Returns how many."""
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", None) or "/nowhere")
    count = 0
    for path in folder.glob("*.eml"):
        is_theirs = to is not None and _addressee(path) == to
        is_old = before is not None and path.stat().st_mtime < before.timestamp()
        if is_theirs or is_old:
            path.unlink(missing_ok=True)
            count += 1
    return count


def _addressee(path: Path) -> str:
    with path.open("rb") as file:
        return parseaddr(BytesParser(policy=policy.default).parse(file, headersonly=True)["To"] or "")[1].lower()

"""Hands one mail to Django's mail connection and says what became of it: accepted, not accepted, or doubtful (D4)."""

import contextlib
import smtplib
import ssl
from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from lms.people.models import OutgoingMail

LENGTH = 250


@dataclass(frozen=True, slots=True)
class Accepted:
    """The server has it."""


@dataclass(frozen=True, slots=True)
class NotAccepted:
    """The server has it surely not. `for_ever`: it said that trying again is of no use (a 5xx reply)."""

    because: str
    for_ever: bool = False


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The text was on its way when the talk ended. It may have arrived."""

    because: str


Outcome = Accepted | NotAccepted | Doubtful


def hand_over(mail: OutgoingMail) -> Outcome:
    """Never raises for what a mail server can do: whatever happens is an outcome."""
    connection = get_connection()
    message = _message(mail, connection)
    try:
        message.message()  # a message that cannot even be built is refused before anybody is called
        connection.open()
    except ValueError as error:
        return NotAccepted(_reason(error), for_ever=True)
    except (OSError, smtplib.SMTPException) as error:
        return NotAccepted(_reason(error))
    try:
        connection.send_messages([message])
    except (smtplib.SMTPSenderRefused, smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
        # An explicit "no" at MAIL FROM, RCPT TO or DATA: the server does not have it.
        return NotAccepted(_reason(error), for_ever=_code(error) >= 500)
    except (OSError, smtplib.SMTPException) as error:
        in_doubt = getattr(getattr(connection, "connection", None), "in_doubt", True)
        return Doubtful(_reason(error)) if in_doubt else NotAccepted(_reason(error))
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException, ssl.SSLError):
            connection.close()
    return Accepted()


def _message(mail: OutgoingMail, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    headers = {"Auto-Submitted": "auto-generated", **mail.headers}
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=headers, connection=connection)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _code(error: smtplib.SMTPException) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max(code for code, _ in error.recipients.values())
    return getattr(error, "smtp_code", 0)


def _reason(error: Exception) -> str:
    """What the server said, in one line."""
    said: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, said = error.smtp_code, error.smtp_error
    else:
        return f"{type(error).__name__}: {error}"[:LENGTH]
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(f"{code} {words}".split())[:LENGTH]

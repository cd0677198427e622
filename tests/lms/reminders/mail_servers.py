"""Mail connections that go wrong in one way each."""

import smtplib
from collections.abc import Sequence
from typing import NoReturn

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Away(BaseEmailBackend):
    """Nobody answers."""

    def open(self) -> bool | None:
        raise ConnectionRefusedError("nobody listens")

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise AssertionError("never reached")


class NoSuchPerson(BaseEmailBackend):
    """A lasting no to the address."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> NoReturn:
        raise smtplib.SMTPRecipientsRefused({"ana@example.org": (550, b"no such person")})


class BreaksOff(BaseEmailBackend):
    """The line drops after the text was on its way."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> NoReturn:
        raise smtplib.SMTPServerDisconnected("gone")

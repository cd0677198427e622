"""Wakes the workers once the transaction has committed. The rows are the truth: if this fails, the sweep does it."""

from lms.people import tasks
from lms.people.models import OutgoingMail
from lms.shared.queueing import send_after_commit


def mail_after_commit(mail: OutgoingMail) -> None:
    """Send this mail as soon as it is really written down."""
    send_after_commit(tasks.send_mail, str(mail.pk))


def owed_mail_after_commit() -> None:
    """Send whatever mail waits: for verbs that wrote some and hand back something else, an invitation say."""
    send_after_commit(tasks.sweep_mail)

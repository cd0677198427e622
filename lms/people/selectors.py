"""Questions about people and what is owed to them."""

from datetime import datetime

from lms.people.models import MailState, OutgoingMail, User


def demo_people_exist() -> bool:
    """Whether invented people with a known password can sign in."""
    return User.objects.filter(is_demo=True, is_active=True).exists()


def oldest_waiting_mail() -> datetime | None:
    """Since when the longest-waiting message is due and not sent; None when nothing waits."""
    waiting = OutgoingMail.objects.filter(state__in=[MailState.QUEUED, MailState.SENDING])
    return waiting.order_by("next_try_at").values_list("next_try_at", flat=True).first()

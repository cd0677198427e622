"""What workers do for people: carry out mail, and say that the timetable is alive."""

from celery import shared_task
from django.core.cache import cache

from lms.people import services
from lms.shared import clock, queueing


@shared_task
def send_mail(mail_id: str) -> None:
    services.deliver_mail(mail_id=mail_id, now=clock.now())


@shared_task
def sweep_mail() -> None:
    for mail_id in services.sweep_mail(now=clock.now()):
        queueing.send(send_mail, str(mail_id))


@shared_task
def tick() -> None:
    """The sign of life of timetable, queue and worker together: lms/web/health.py reads when it was last written."""
    cache.set("timetable.tick", clock.now().isoformat(), timeout=None)

"""What workers do for reports. Each call is harmless twice: the verbs claim their rows."""

from celery import shared_task

from lms.reports import services
from lms.shared import clock
from lms.shared.queueing import send


@shared_task
def build_report(report_id: str) -> None:
    services.build_report(report_id=report_id, now=clock.now())


@shared_task
def sweep_reports() -> None:
    for report_id in services.sweep_reports(now=clock.now()):
        if not send(build_report, str(report_id)):
            return  # the queue is away; the next sweep finds them all


@shared_task
def expire_reports() -> None:
    services.expire_reports(now=clock.now())

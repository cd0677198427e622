"""The whole service under one parent. `make run` calls it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.cli.embedded.one_only import RunsAlready
from lms.cli.embedded.queue_server import NoQueueServer
from lms.cli.embedded.service import NotStarted, serve
from lms.shared.start_checks import UnfitToStart


class Command(BaseCommand):
    help = (
        "Prepare the service and run it: queue server, web, worker and timetable under one parent. "
        "Ctrl-C or SIGTERM ends all of it. Example: LMS_PORT=8010 python manage.py serve"
    )
    requires_system_checks: list[str] = []  # those that matter are asked by serve itself, in time for a clear answer

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            serve()
        except (RunsAlready, UnfitToStart, NoQueueServer, NotStarted) as error:
            raise CommandError(str(error)) from error

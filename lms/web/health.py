"""Is it alive, and can it do its work? For load balancers and operators. Says states, no details for attackers."""

import logging
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from lms.people.selectors import oldest_waiting_mail
from lms.reminders.selectors import oldest_waiting_reminder
from lms.shared.clock import now

log = logging.getLogger(__name__)
TICK_KEY = "timetable.tick"
OLDEST_TICK = timedelta(minutes=2)  # two of its intervals (O-10)
OLDEST_JOB = timedelta(minutes=10)
LEAST_DISK = 0.05  # share of the disk that must be free
State = dict[str, object]


def live(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks nothing else: a restart would not mend a database."""
    return JsonResponse({"status": "ok", "version": settings.VERSION})


def ready(request: HttpRequest) -> JsonResponse:
    """Each thing that must work, by itself; 503 when one does not (O-10)."""
    moment = now()
    checks = {
        "database": _safely(database),
        "migrations": _safely(migrations),
        "queue": _safely(queue),
        "timetable": _safely(lambda: timetable(moment)),
        "jobs": _safely(lambda: jobs(moment)),
        "disk": _safely(disk),
    }
    fine = all(state["ok"] for state in checks.values())
    body = {"status": "ok" if fine else "failing", "version": settings.VERSION, "checks": checks}
    response = JsonResponse(body, status=200 if fine else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


def _safely(check: Callable[[], State]) -> State:
    """A check that cannot be made has failed. The reason goes to the log, not to the visitor."""
    try:
        return check()
    except (DatabaseError, OSError) as error:
        log.warning("health: %s", error)
        return {"ok": False}


def database() -> State:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return {"ok": cursor.fetchone() == (1,)}


_migrated = False


def migrations() -> State:
    """Once all are applied they stay so for this process: new ones come with new code and a new process (O-07)."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return {"ok": _migrated}


def queue() -> State:
    """A value written and read back: the tolerant cache answers None for a dead or frozen server."""
    cache.set("health.probe", "here", 30)
    return {"ok": cache.get("health.probe") == "here"}


def timetable(moment: datetime) -> State:
    """Age of the last sign of life that went the whole way: timetable, queue, worker."""
    tick = cache.get(TICK_KEY)
    if tick is None:
        return {"ok": False, "seconds": None}
    age = moment - datetime.fromisoformat(tick)
    return {"ok": age <= OLDEST_TICK, "seconds": int(age.total_seconds())}


def jobs(moment: datetime) -> State:
    """How long the oldest piece of work has been due: mail, reminders, reports."""
    since = (oldest_waiting_mail(), oldest_waiting_reminder())
    age = max((moment - due for due in since if due is not None), default=timedelta())
    return {"ok": age <= OLDEST_JOB, "seconds": max(0, int(age.total_seconds()))}


def disk() -> State:
    usage = shutil.disk_usage(settings.DATA_DIR)
    return {"ok": usage.free / usage.total >= LEAST_DISK}

"""What must be true when a process of the service starts. Each check says what is wrong and what to do about it.

They are Django system checks with the tag "start", so `manage.py check` shows them too; wsgi, worker, timetable and
`serve` refuse to start on any of them (R-11, S-16, T1-T4, D7). Checks that ask the database run only when told to.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.checks import ERROR, CheckMessage, Error, Warning, register, run_checks  # noqa: A004
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

TAG = "start"
LEAST_KEY, LEAST_DIFFERENT = 50, 10  # characters
LEAST_BUSY_MILLISECONDS = 5000
Found = Iterable[CheckMessage]


class UnfitToStart(Exception):
    """The process must not start; the message gives every reason."""


def refuse_unfit(*, database: bool) -> None:
    """Raises UnfitToStart with all reasons. `database`: also ask the database how it is set."""
    found = run_checks(tags=[TAG], databases=[DEFAULT_DB_ALIAS] if database else None)
    if reasons := [f"- {message.msg} {message.hint or ''}" for message in found if message.level >= ERROR]:
        raise UnfitToStart("\n".join(["The service does not start.", *reasons]))


@register(TAG)
def production_is_safe(app_configs: Any, **kwargs: Any) -> Found:
    """Each setting that may be convenient at home and is dangerous in the open (S-16)."""
    if not settings.PRODUCTION:
        return
    if settings.DEBUG:
        yield Error("LMS_DEBUG is on: errors would show the inside of the service.", "Leave it empty.", id="start.E001")
    if weakness := weakness_of_key(settings.SECRET_KEY):
        hint = "Make one: LMS_SECRET_KEY=$(openssl rand -base64 48)"
        yield Error(f"LMS_SECRET_KEY {weakness}.", hint, id="start.E002")
    if any("*" in host or host.startswith(".") for host in settings.ALLOWED_HOSTS):
        hint = "Name the one address: LMS_BASE_URL=https://learn.example.org"
        yield Error("ALLOWED_HOSTS has a wildcard: links in mail could point elsewhere.", hint, id="start.E003")
    if not settings.HTTPS and not settings.LOOPBACK:
        what = f"LMS_BASE_URL is plain http on a public address ({settings.BASE_URL}): passwords would travel openly."
        yield Error(what, "Use https: LMS_BASE_URL=https://learn.example.org", id="start.E004")
    if settings.EMAIL_BACKEND.endswith(".FileBackend"):
        hint = "LMS_EMAIL_URL=smtp://user:password@mail.example.org:587?tls=true"
        yield Warning("LMS_EMAIL_URL is empty: mail goes to files and nobody gets it.", hint, id="start.W001")


def weakness_of_key(key: str) -> str:
    """Why the key is no secret; empty when nothing speaks against it."""
    if len(key) < LEAST_KEY:
        return f"has {len(key)} characters, {LEAST_KEY} are needed"
    if len(set(key)) < LEAST_DIFFERENT:
        return "repeats a few characters"
    if re.search(r"django-insecure|change.?me|secret.?key|example", key, re.I):
        return "is an example, not a secret"
    return ""


@register(TAG)
def queue_loses_nothing(app_configs: Any, **kwargs: Any) -> Found:
    """Asked of Celery itself, not of our file."""
    conf = current_app.conf
    if str(conf.broker_url).startswith("memory"):  # the test suite's: nothing in it outlives the process anyhow
        return
    for number, what in queue_problems(conf):
        yield Error(f"A setting of Celery is unsafe. {what}.", "Compare lms/settings.py.", id=f"start.E{number:03}")


def queue_problems(conf: Any) -> list[tuple[int, str]]:
    """T1 to T4: defaults of Celery that lose, double or block work."""
    transport = conf.broker_transport_options
    wanted = {
        "T1: a killed worker loses its task": conf.task_acks_late and conf.task_reject_on_worker_lost,
        "T1: a worker holds tasks it does not work on": conf.worker_prefetch_multiplier == 1,
        "T2: a lost task is looked for only every 100 s": transport.get("unacked_restore_throttle") == 1,
        "T3: a long task runs twice at once": transport.get("visibility_timeout", 0) > (conf.task_time_limit or 1e9),
        "T4: a frozen queue server freezes web requests": 0 < transport.get("socket_timeout", 0) <= 1,
        "T4: a web request waits for a dead queue server": not conf.task_publish_retry,
        "T4: a result that nobody reads hangs its reader": not conf.result_backend,
    }
    return [(number, what) for number, (what, holds) in enumerate(wanted.items(), start=10) if not holds]


@register(TAG)
def database_keeps_its_word(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> Found:
    """SQLite as it is set in this very process (R-11, D7). PostgreSQL is durable unless its operator says otherwise."""
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "sqlite":
            continue
        try:
            problems = _sqlite_problems(connection)
        except OperationalError as error:
            told = f"The database cannot be asked now ({error}); /health/ready will tell."
            yield Warning(told, id="start.W002")
        else:
            for number, what in problems.items():
                yield Error(f"SQLite: {what}.", "Compare DATABASES in lms/settings.py.", id=f"start.E{number}")


def _sqlite_problems(connection: Any) -> dict[str, str]:
    """Number of the check -> what is wrong."""
    with connection.cursor() as cursor:
        found = {
            pragma: cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
            for pragma in ("journal_mode", "synchronous", "busy_timeout")
        }
    problems = {}
    if found["journal_mode"] != "wal":
        problems["020"] = f"journal_mode is {found['journal_mode']}, it must be wal"
    if found["synchronous"] != 2:
        problems["021"] = f"synchronous is {found['synchronous']}, it must be 2 (FULL)"
    if found["busy_timeout"] < LEAST_BUSY_MILLISECONDS:
        problems["022"] = f"writers wait only {found['busy_timeout']} ms for each other"
    if connection.transaction_mode != "IMMEDIATE":
        problems["023"] = "transactions do not begin IMMEDIATE, and fail under contention (T5)"
    return problems

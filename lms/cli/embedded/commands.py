"""What the children are called with."""

import sys

from django.conf import settings


def web_command() -> list[str]:
    """Granian: half-sent requests of slow phones do not hold a thread, so four threads a process are enough."""
    options = {
        "interface": "wsgi",
        "host": "127.0.0.1",
        "port": settings.PORT,
        "http": "1",
        "workers": settings.WEB_WORKERS,
        "blocking-threads": 4,
        # Connections, not requests, count: phones keep theirs open while they read.
        "backlog": 2048,
        "backpressure": 512,
        "respawn-interval": 1,
        "workers-kill-timeout": 6,
        "log-level": "warning",
    }
    flags = ["--no-ws", "--respawn-failed-workers"]
    pairs = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "granian", *pairs, *flags, "lms.wsgi:application"]


def worker_command() -> list[str]:
    return [
        *_celery("worker", app="lms.cli.embedded.leash"),
        "--queues=quick,mail,slow",
        f"--concurrency={settings.TASK_WORKERS}",
        "--without-gossip",
        "--without-mingle",
        "--loglevel=WARNING",
    ]


def timetable_command() -> list[str]:
    return [*_celery("beat"), "--pidfile=", "--loglevel=WARNING"]


def _celery(what: str, app: str = "lms") -> list[str]:
    return [sys.executable, "-m", "celery", f"--app={app}", "--quiet", what]

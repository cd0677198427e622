"""The order in which the service is prepared, started, watched and ended."""

import http.client
import signal
import time
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connections

from lms.cli.embedded import preparation, queue_server
from lms.cli.embedded.children import Child
from lms.cli.embedded.commands import timetable_command, web_command, worker_command
from lms.cli.embedded.one_only import check_port_is_free, end_processes, only_one, serve_id
from lms.cli.embedded.steps import say, step
from lms.cli.embedded.supervisor import StopAsked, Supervisor
from lms.shared.start_checks import refuse_unfit

START_PAGE = "/en/"
FIRST_PAGE_WITHIN = 60.0  # seconds
DEMO_PASSWORD = "green-skills-demo"  # noqa: S105  public: it opens invented people only, and none of them in production
DEMO_SIGN_INS = {
    "trainee@example.org": "trainee, cohort spring",
    "trainer@example.org": "trainer of spring",
    "trainer2@example.org": "trainer of autumn",
    "admin@example.org": "operator",
}


class NotStarted(Exception):
    """The service does not come up; the message says why."""


def serve() -> None:
    """Run until somebody asks to stop. Raises RunsAlready, UnfitToStart, NoQueueServer, NotStarted."""
    began = time.monotonic()
    say(f"Green Skills {settings.VERSION}, data in {settings.DATA_DIR}")
    with only_one(settings.DATA_DIR, settings.BASE_URL):
        supervisor = Supervisor()
        try:
            prepare(supervisor)
            supervisor.add(_child("web", web_command()))
            wait_for_first_page(supervisor)
            start_workers(supervisor)
            announce(time.monotonic() - began)
            supervisor.run()
        except StopAsked:
            pass
        finally:
            stop(supervisor)


def stop(supervisor: Supervisor) -> None:
    if supervisor.children:
        with step("Stopping"):
            supervisor.stop()


def prepare(supervisor: Supervisor) -> None:
    """Everything that must be true before the first page."""
    if left := end_processes(serve_id(settings.DATA_DIR)):
        say(f"  Ended {left} processes that an interrupted service had left behind.")
    check_port_is_free(settings.PORT)
    refuse_unfit(database=False)
    if settings.EMBEDDED_QUEUE:
        start_queue(supervisor)
    for title, do in preparation.steps():
        with step(title) as line:
            do(line)
    refuse_unfit(database=True)
    connections.close_all()


def start_queue(supervisor: Supervisor) -> None:
    """Start the queue server; once more with an empty queue when it cannot read the old one."""
    folder, path = settings.DATA_DIR / "queue", settings.QUEUE_SOCKET
    with step("Queue server") as line:
        program = queue_server.find_program()
        for attempt in (1, 2):
            queue_server.make_folders(folder, path)
            child = _child("queue", queue_server.command(program, folder=folder, path=path))
            supervisor.add(child)
            if queue_server.wait_until_ready(child, path, partial(supervisor.turn, 0.02)):
                break
            supervisor.drop(child)
            if attempt == 2:
                raise queue_server.NoQueueServer("The queue server does not start:\n" + "\n".join(child.tail))
            queue_server.put_aside(folder)
        line.note = program.rsplit("/", 1)[-1]


def start_workers(supervisor: Supervisor) -> None:
    """After the first page, so that it need not share the processors with them."""
    # A worker whose parent is gone gives its task back at once instead of finishing it.
    supervisor.add(_child("worker", worker_command(), farewell=signal.SIGQUIT))
    supervisor.add(_child("timetable", timetable_command()))


def _child(name: str, command: list[str], *, farewell: signal.Signals = signal.SIGTERM) -> Child:
    return Child(
        name=name,
        command=command,
        mark=serve_id(settings.DATA_DIR),
        folder=settings.ROOT,
        log_dir=settings.DATA_DIR / "log",
        farewell=farewell,
    )


def wait_for_first_page(supervisor: Supervisor) -> None:
    """Until the start page answers 200. Raises NotStarted with the end of the web server's log."""
    web = next(child for child in supervisor.children if child.name == "web")
    deadline = time.monotonic() + FIRST_PAGE_WITHIN
    with step("First page") as line:
        while (status := page_status(START_PAGE)) != 200:
            supervisor.turn(wait=0.1)
            if not web.runs or status >= 400 or time.monotonic() > deadline:
                raise NotStarted(f"The start page does not answer (status {status}):\n" + "\n".join(web.tail))
        line.note = f"{START_PAGE} answers"


def page_status(path: str) -> int:
    """The status of a page as a visitor gets it; 0 when nobody listens."""
    base = urlsplit(settings.BASE_URL)
    line = http.client.HTTPConnection("127.0.0.1", settings.PORT, timeout=20)
    try:
        line.request("GET", path, headers={"Host": base.netloc, "X-Forwarded-Proto": base.scheme})
        return line.getresponse().status
    except OSError:
        return 0
    finally:
        line.close()


def announce(seconds: float) -> None:
    say(f"\nReady after {seconds:.1f} s: {settings.BASE_URL}/")
    if not settings.PRODUCTION:
        for email, who in DEMO_SIGN_INS.items():
            say(f"  {email:<22} {who}")
        say(f"  password of all: {DEMO_PASSWORD}")
    say("Ctrl-C ends it.")

"""Reports and mail while workers are killed under them: done, once, whole (R-01, R-05, R-18, promise 2)."""

import hashlib
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.harness.postgres import new_database, start_postgres
from tests.harness.tree import Tree, wait_until

pytestmark = [pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(420)]
RESUMED_WITHIN = 120.0  # seconds after the kill: a lease, a tick of the sweep, and the work itself
LEARNERS = 3000
REQUEST = """
from lms.cohorts.models import Cohort
from lms.reports.requests import request_report
from lms.shared import clock
cohort = Cohort.objects.get(code="spring")
request_report(by=cohort.trainers.get(), cohort=cohort, kind="completion", file_format="csv", language="en",
    now=clock.now())
"""
MAILS = """
from lms.people.requests import mail_after_commit
from lms.people.services import post_mail
from lms.people.models import OutgoingMail
from django.db import transaction
from lms.shared import clock
with transaction.atomic():
    for n in range(50):
        now = clock.now()
        mail = OutgoingMail.objects.create(kind="r18", to=f"n{n}@example.org", subject=f"Number {n}", text="Hello.",
            queued_at=now, next_try_at=now)
        mail_after_commit(mail)
"""


@dataclass(frozen=True)
class Scenario:
    """Who is killed while a report is being made."""

    name: str
    kill: Callable[[Tree], None]
    engine: str = "sqlite"


def kill_the_pool_process(tree: Tree) -> None:
    """R-01: the process that makes the report, not its parent."""
    tree.kill(tree.newest_pid("worker"))
    os.kill(tree.main_pid("worker"), signal.SIGCONT)


def kill_the_whole_worker(tree: Tree) -> None:
    """R-05"""
    tree.kill(*tree.pids("worker"))


def kill_everything_and_start_again(tree: Tree) -> None:
    """R-18: as a power cut would."""
    tree.kill_everything()
    tree.start()


SCENARIOS = (
    Scenario("R-01 pool process", kill_the_pool_process),
    Scenario("R-05 worker", kill_the_whole_worker),
    Scenario("R-05 worker on PostgreSQL", kill_the_whole_worker, "postgresql"),
    Scenario("R-18 everything", kill_everything_and_start_again),
)


def states(tree: Tree) -> list[tuple[str, int, str]]:
    return [tuple(row) for row in tree.rows("SELECT state, tries, file FROM reports_report ORDER BY requested_at")]


def freeze_while_building(tree: Tree) -> None:
    """Ask for a report and hold the worker in the middle of making it."""
    asking = threading.Thread(target=tree.shell, args=(REQUEST,))
    asking.start()
    wait_until(lambda: [row for row in states(tree) if row[0] == "building"], seconds=60, what="it is being made")
    for pid in tree.pids("worker"):
        os.kill(pid, signal.SIGSTOP)
    asking.join()
    assert [row[0] for row in states(tree)] == ["building"]


def digest_of_ready(tree: Tree) -> str:
    """The file of the only report, after looking that there is one file and nothing half made."""
    [(state, _tries, name)] = states(tree)
    assert state == "ready"
    assert [path.name for path in (tree.folder / "reports").iterdir()] == [name]
    return hashlib.sha256((tree.folder / "reports" / name).read_bytes()).hexdigest()


def run(scenario: Scenario, tree: Tree, seconds: dict[str, float]) -> None:
    tree.start()
    freeze_while_building(tree)
    scenario.kill(tree)
    began = time.monotonic()
    wait_until(lambda: states(tree)[0][0] == "ready", seconds=RESUMED_WITHIN, what=f"{scenario.name}: ready again")
    seconds[scenario.name] = time.monotonic() - began


@pytest.fixture(scope="session")
def crowded_folder(prepared_folder: Path) -> Path:
    """The prepared data with thousands of learners, so that a report takes long enough to be interrupted."""
    tree = Tree(str(prepared_folder))
    tree.manage("seed_load", "--learners", str(LEARNERS), "--cohort", "spring")
    return prepared_folder


def on_postgresql() -> dict[str, str]:
    return {"LMS_DATABASE_URL": new_database(start_postgres(), "killed")}


def test_a_report_is_made_exactly_once_whoever_is_killed(
    make_tree: Callable[..., Tree], crowded_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """R-01, R-05, R-18, G-02: all at the same time, as each waits a minute for its lease to run out."""
    trees = {one: make_tree(**(on_postgresql() if one.engine == "postgresql" else {})) for one in SCENARIOS}
    for scenario, tree in trees.items():
        if scenario.engine == "postgresql":
            tree.start()
            tree.stop()
            tree.manage("seed_load", "--learners", str(LEARNERS), "--cohort", "spring")
    seconds: dict[str, float] = {}
    threads = [threading.Thread(target=run, args=(one, tree, seconds)) for one, tree in trees.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with capsys.disabled():
        print("".join(f"\n  {name}: {passed:.0f} s" for name, passed in seconds.items()))
    assert seconds.keys() == {one.name for one in SCENARIOS}
    undisturbed = make_tree()
    undisturbed.start()
    undisturbed.shell(REQUEST)
    wait_until(lambda: states(undisturbed)[0][0] == "ready", seconds=60, what="the undisturbed one is ready")
    assert {digest_of_ready(tree) for one, tree in trees.items() if one.engine == "sqlite"} == {
        digest_of_ready(undisturbed)
    }
    assert {states(tree)[0][1] for tree in trees.values()} == {2}  # one try was lost, the next one made it


def test_mail_that_waits_outlives_a_kill_of_everything(own_tree: Tree) -> None:
    """R-18, R-03: 50 wait, everything is killed, and after the start each is delivered once."""
    for pid in own_tree.pids("worker"):
        os.kill(pid, signal.SIGSTOP)
    own_tree.shell(MAILS)
    assert own_tree.rows("SELECT count(*) FROM people_outgoingmail WHERE kind = 'r18' AND state = 'queued'") == [(50,)]
    before = len(list((own_tree.folder / "mail").glob("[!.]*")))
    own_tree.kill_everything()
    own_tree.start()
    sent = "SELECT count(*) FROM people_outgoingmail WHERE kind = 'r18' AND state = 'sent'"
    wait_until(lambda: own_tree.rows(sent) == [(50,)], seconds=RESUMED_WITHIN, what="all 50 are sent")
    delivered = [file for file in (own_tree.folder / "mail").glob("[!.]*") if b"Number" in file.read_bytes()]
    assert len(delivered) == 50
    assert len(list((own_tree.folder / "mail").glob("[!.]*"))) - before >= 50

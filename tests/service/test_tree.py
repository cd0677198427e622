"""The embedded service as a whole: it comes up, survives what is killed under it, and leaves nothing behind."""

import os
import signal
import socket
import sqlite3
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.tree import Tree, wait_until

pytestmark = [pytest.mark.service, pytest.mark.slow]
STOP_WITHIN, WARM_START_WITHIN = 20.0, 10.0  # seconds, promised in docs/operations.md
CHILDREN = ("queue", "web", "worker", "timetable")


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(("127.0.0.1", port)) != 0


def integrity(tree: Tree) -> str:
    with sqlite3.connect(tree.folder / "green-skills.sqlite3") as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def test_a_warm_start_does_nothing_again_and_answers_within_ten_seconds(make_tree: Callable[..., Tree]) -> None:
    """G-31"""
    tree = make_tree()
    assert tree.start() < WARM_START_WITHIN
    done = {line.split()[0]: "up to date" in line for line in tree.said if line.startswith("  ")}
    assert [done[step] for step in ("Database", "Interface", "Static", "Content", "Demo")] == [True] * 5
    assert any(tree.address in line for line in tree.said)
    assert any("green-skills-demo" in line for line in tree.said)
    assert tree.get("/health/live")[0] == 200


def test_it_is_ready_in_every_part_soon_after_the_first_page(own_tree: Tree) -> None:
    """O-10, G-31: the timetable's first sign of life goes through queue and worker at once."""
    wait_until(lambda: own_tree.get("/health/ready")[0] == 200, seconds=10, what="all parts are ready")
    assert own_tree.health()["timetable"]["seconds"] <= 10


def test_it_starts_and_stops_three_times_and_leaves_nothing(make_tree: Callable[..., Tree]) -> None:
    """O-09, G-31: within 20 s, no child left, no port held."""
    tree = make_tree()
    for _ in range(3):
        tree.start()
        assert all(tree.pids(name) for name in CHILDREN)
        assert tree.stop() <= STOP_WITHIN
        assert tree.pids() == []
        assert port_is_free(tree.port)


def test_ctrl_c_ends_everything(own_tree: Tree) -> None:
    """O-09"""
    assert own_tree.stop(signal.SIGINT) <= STOP_WITHIN
    assert own_tree.pids() == []


def test_a_stop_while_it_is_being_prepared_leaves_nothing(make_tree: Callable[..., Tree]) -> None:
    """O-09: Ctrl-C during the first migration."""
    tree = make_tree(empty=True)
    with pytest.raises(AssertionError, match="not within"):
        tree.start(seconds=1.5)
    assert tree.stop() <= STOP_WITHIN
    assert tree.pids() == []
    tree.start()
    assert integrity(tree) == "ok"


@pytest.mark.parametrize("name", ["worker", "timetable", "queue", "web"])
def test_a_killed_child_is_started_again(tree: Tree, name: str) -> None:
    """R-05: with everything it had started itself."""
    before = tree.pids(name)
    tree.kill(tree.main_pid(name))
    after = wait_until(
        lambda: [pid for pid in tree.pids(name) if pid not in before] if not set(tree.pids(name)) & set(before) else [],
        seconds=20,
        what=f"{name} runs again, and nothing of the old one",
    )
    assert after
    wait_until(lambda: tree.get("/health/live")[0] == 200, seconds=20, what="pages are answered")
    wait_until(lambda: tree.health()["queue"]["ok"], seconds=20, what="the queue answers")


def test_a_killed_web_process_is_replaced_while_the_other_answers(tree: Tree) -> None:
    main = tree.main_pid("web")
    victim = max(pid for pid in tree.pids("web") if pid != main)
    tree.kill(victim)
    wait_until(lambda: len(tree.pids("web")) == 3 and victim not in tree.pids("web"), seconds=20, what="two again")
    assert tree.main_pid("web") == main
    assert [tree.get("/health/live")[0] for _ in range(20)] == [200] * 20


def test_children_do_not_outlive_a_killed_parent(own_tree: Tree) -> None:
    """O-09: kill -9 of the parent alone; the kernel tells the children."""
    assert own_tree.process is not None
    own_tree.kill(own_tree.process.pid)
    own_tree.process.wait(timeout=10)
    wait_until(lambda: not own_tree.pids(), seconds=20, what="all children are gone")
    assert port_is_free(own_tree.port)


def test_after_a_kill_of_everything_the_next_start_is_clean(own_tree: Tree) -> None:
    """O-09, R-11: no stale lock, socket or process stands in the way."""
    own_tree.kill_everything()
    assert own_tree.start() < WARM_START_WITHIN
    assert integrity(own_tree) == "ok"
    assert all(own_tree.pids(name) for name in CHILDREN)


def test_what_a_killed_service_left_behind_is_ended_at_the_next_start(own_tree: Tree) -> None:
    """O-09: a child that did not hear of its parent's end, because it was frozen."""
    frozen = own_tree.main_pid("timetable")
    os.kill(frozen, signal.SIGSTOP)
    assert own_tree.process is not None
    own_tree.kill(own_tree.process.pid)
    own_tree.process.wait(timeout=10)
    wait_until(lambda: own_tree.pids() == [frozen], seconds=20, what="only the frozen one is left")
    own_tree.start()
    assert any("had left behind" in line for line in own_tree.said)
    assert frozen not in own_tree.pids()


def test_a_second_service_on_the_same_data_refuses(tree: Tree) -> None:
    """O-09, R-04: two timetables on one folder would do everything twice."""
    done = tree.manage("serve", check=False)
    assert done.returncode != 0
    assert "runs already" in done.stderr
    assert tree.address in done.stderr
    assert tree.get("/health/live")[0] == 200


def test_a_taken_port_is_said_before_anything_starts(tree: Tree, make_tree: Callable[..., Tree]) -> None:
    """O-09, O-12"""
    other = make_tree(LMS_PORT=str(tree.port))
    done = other.manage("serve", check=False)
    assert done.returncode != 0
    assert f"Port {tree.port}" in done.stderr
    assert "LMS_PORT=" in done.stderr
    assert other.pids() == []


def test_a_queue_that_cannot_be_read_is_put_aside(make_tree: Callable[..., Tree]) -> None:
    """R-11: what waits in the queue is only a hint, so a broken one must not keep the service down."""
    tree = make_tree()
    for file in (tree.folder / "queue").rglob("*.aof"):
        file.write_bytes(b"this is no append-only file\n" * 100)
    tree.start()
    assert list(tree.folder.glob("queue-unreadable-*"))
    assert tree.health()["queue"]["ok"]


def test_a_frozen_worker_is_ended_in_time(own_tree: Tree) -> None:
    """O-09: one that does not hear the wish to stop is stopped."""
    os.kill(own_tree.main_pid("worker"), signal.SIGSTOP)
    assert own_tree.stop() <= STOP_WITHIN
    assert own_tree.pids() == []


def test_what_it_writes_is_nobody_elses_to_read(tree: Tree) -> None:
    """O-13"""
    files = [path for path in tree.folder.rglob("*") if not path.is_symlink()]
    readable = [str(path) for path in files if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]
    assert len(files) > 10
    assert readable == []


def test_the_queue_listens_on_no_port(tree: Tree) -> None:
    process = Path("/proc") / str(tree.main_pid("queue"))
    links = [str(link.readlink()) for link in (process / "fd").iterdir()]
    inodes = {link.removeprefix("socket:[").rstrip("]") for link in links if link.startswith("socket:")}
    table = (process / "net" / "tcp").read_text(encoding="utf-8").splitlines()[1:]
    assert inodes
    assert [line for line in table if line.split()[9] in inodes and line.split()[3] == "0A"] == []


def test_half_sent_requests_do_not_hold_up_the_others(tree: Tree) -> None:
    """Slow phones: 16 requests that never end, more than there are threads."""
    held = []
    for _ in range(16):
        line = socket.create_connection(("127.0.0.1", tree.port))
        line.sendall(b"POST /en/account/sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nlogin=")
        held.append(line)
    began = time.monotonic()
    assert tree.get("/health/live")[0] == 200
    assert time.monotonic() - began < 2.0
    for line in held:
        line.close()

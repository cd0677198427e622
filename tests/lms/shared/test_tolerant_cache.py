"""The cache counts with a real server, and goes on without one."""

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lms.cli.embedded.queue_server import answers, command, find_program, make_folders
from lms.shared.tolerant_cache import TolerantRedisCache
from tests.harness.folders import throw_away_folder
from tests.harness.tree import wait_until

OPTIONS = {"OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}}


@pytest.fixture(autouse=True)
def not_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TolerantRedisCache, "_silent_until", 0.0)


@pytest.fixture
def server() -> Iterator[subprocess.Popen[bytes]]:
    """A real one, on a socket of its own."""
    folder = Path(throw_away_folder("queue"))
    path = folder / "server.sock"
    make_folders(folder, path)
    process = subprocess.Popen(command(find_program(), folder=folder, path=path), stdout=subprocess.DEVNULL)
    process.path = path  # type: ignore[attr-defined]
    try:
        wait_until(lambda: answers(path), seconds=20, what="the server answers")
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def cache(server: Any) -> TolerantRedisCache:
    return TolerantRedisCache(f"unix://{server.path}?db=1", OPTIONS)


@pytest.mark.service
def test_counting_starts_at_one_and_ends_with_its_time(cache: TolerantRedisCache) -> None:
    assert [cache.count("door", 1) for _ in range(3)] == [1, 2, 3]
    assert cache.count("gate", 1) == 1
    time.sleep(1.1)
    assert cache.count("door", 1) == 1


@pytest.mark.service
def test_s05_fifty_at_once_get_fifty_numbers(cache: TolerantRedisCache) -> None:
    """S-05, G-18: not one place is given away twice."""
    numbers: list[int] = []
    together = threading.Barrier(50)

    def come() -> None:
        together.wait()
        numbers.append(cache.count("door", 60))

    threads = [threading.Thread(target=come) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 51))


@pytest.mark.service
def test_r08_when_the_server_is_killed_counting_says_one(server: Any, cache: TolerantRedisCache) -> None:
    """R-08."""
    assert cache.count("door", 60) == 1
    server.kill()
    server.wait()
    assert [cache.count("door", 60) for _ in range(3)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (lambda cache: cache.get("key", "default"), "default"),
        (lambda cache: cache.set("key", 1), None),
        (lambda cache: cache.add("key", 1), True),
        (lambda cache: cache.delete("key"), False),
        (lambda cache: cache.incr("key"), 1),
        (lambda cache: cache.count("key", 60), 1),
        (lambda cache: cache.get_many(["key"]), {}),
        (lambda cache: cache.touch("key"), False),
    ],
)
def test_r08_without_a_server_every_question_has_an_answer(
    ask: Callable[[TolerantRedisCache], Any], answer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-08."""
    assert ask(TolerantRedisCache("unix:///nowhere/at-all.sock", OPTIONS)) == answer


def test_r09_after_a_failure_nobody_waits_again_for_a_while() -> None:
    """R-09: one request pays for a frozen server, not all."""
    cache = TolerantRedisCache("unix:///nowhere/at-all.sock", OPTIONS)
    cache.get("key")
    assert TolerantRedisCache._silent_until > time.monotonic()
    started = time.monotonic()
    for _ in range(100):
        cache.get("key")
    assert time.monotonic() - started < 0.1

"""The ledger of queries: page -> number, in query_counts.json. UPDATE_QUERY_COUNTS=1 rewrites it; review the change.

What opens and closes a transaction or savepoint is not counted: it differs between tests and life, and engines.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

LEDGER = Path(__file__).with_name("query_counts.json")
FRAMES = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


def statements(captured: CaptureQueriesContext) -> list[str]:
    """What was asked of the database, without the frames around it."""
    return [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(FRAMES)]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements of a block, filled in when it ends."""
    found: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield found
    found.extend(statements(captured))


@contextmanager
def as_in_ledger(page: str, *, most: int | None = None) -> Iterator[None]:
    """The block makes exactly as many queries as the ledger says for this page, and not more than `most`."""
    with counted() as asked:
        yield
    listing = "\n".join(asked)
    assert most is None or len(asked) <= most, f"{page}: {len(asked)} queries, at most {most} are allowed:\n{listing}"
    if os.environ.get("UPDATE_QUERY_COUNTS") == "1":
        _write(page, len(asked))
    expected = json.loads(LEDGER.read_text()).get(page) if LEDGER.exists() else None
    assert len(asked) == expected, f"{page}: {len(asked)} queries, the ledger says {expected}:\n{listing}"


def _write(page: str, number: int) -> None:
    with LEDGER.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # several processes run tests
        file.seek(0)
        ledger = json.loads(file.read() or "{}")
        ledger[page] = number
        file.seek(0)
        file.truncate()
        file.write(json.dumps(dict(sorted(ledger.items())), indent=2) + "\n")

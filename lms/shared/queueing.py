"""Send a task once the transaction has committed, and never fail or wait because of the queue.

The row is the truth and the task only a hint: with a dead or frozen queue the sweep sends again (R-08, R-09).
"""

import logging
from functools import partial
from typing import Any, Protocol

from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class Task(Protocol):
    name: str

    def delay(self, *args: Any) -> Any: ...


def send_after_commit(task: Task, *args: Any) -> None:
    """Enqueue `task` when the surrounding transaction commits; at once when there is none."""
    transaction.on_commit(partial(send, task, *args))


def send(task: Task, *args: Any) -> bool:
    """Enqueue now. Returns False, and logs, when the queue cannot be reached."""
    try:
        task.delay(*args)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("queue out of reach, %s%s waits for the sweep: %s", task.name, args, error)
        return False
    return True

"""The worker of the embedded service ends with its parent, whatever it is waiting for (O-09).

When the parent is killed the kernel asks the worker to end (children.py). One that is just looking for the queue
server, which ends in the same moment, does not hear it: after a grace period it is ended with its whole session.
"""

import os
import signal
import threading
import time
from typing import Any

from celery.signals import worker_init

from lms.celery import app
from lms.cli.embedded.one_only import PARENT

__all__ = ["app"]

GRACE, LOOK_EVERY = 5.0, 1.0  # seconds


@worker_init.connect
def hold(**_kwargs: Any) -> None:
    """Watch the parent from now on. The thread ends with the process."""
    threading.Thread(target=_end_with, args=(int(os.environ[PARENT]),), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    time.sleep(GRACE)
    os.killpg(0, signal.SIGKILL)  # the session is the worker's own (Child.start): itself and its task processes

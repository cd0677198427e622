"""Keeps the children running, writes their logs, and ends them all when asked."""

import selectors
import signal
import socket
import sys
import time
from types import FrameType

from lms.cli.embedded.children import Child

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
# Seconds after the wish to stop. Web and worker finish what they have in hand; the queue server goes last.
COLD_AFTER, KILL_AFTER, QUEUE_PATIENCE = 7.0, 11.0, 4.0


class StopAsked(Exception):
    """Somebody wants the service to stop while it is still being prepared."""


class Supervisor:
    """Children in the order in which they start; the first to start is the last to end."""

    def __init__(self) -> None:
        self.children: list[Child] = []
        self.stopping = False
        self.preparing = True
        self._selector = selectors.DefaultSelector()
        self._wake, inside = socket.socketpair()
        for end in (self._wake, inside):
            end.setblocking(False)
        signal.set_wakeup_fd(inside.fileno(), warn_on_full_buffer=False)
        self._inside = inside
        self._selector.register(self._wake, selectors.EVENT_READ)
        for name in STOP_SIGNALS:
            signal.signal(name, self._asked_to_stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # wakes the loop

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True
        if self.preparing:
            raise StopAsked

    def add(self, child: Child) -> None:
        self.children.append(child)
        self._start(child)

    def _start(self, child: Child) -> None:
        before, self.preparing = self.preparing, False  # a child must not be started and then forgotten
        child.start()
        self._selector.register(child.output, selectors.EVENT_READ, child)
        self.preparing = before
        if self.stopping and self.preparing:
            raise StopAsked

    def drop(self, child: Child) -> None:
        """End one child and forget it."""
        was, self.stopping = self.stopping, True
        self._end([child], cold_after=0.0, kill_after=1.0)
        self.children.remove(child)
        self.stopping = was

    def run(self) -> None:
        """Watch until somebody asks to stop."""
        self.preparing = False
        while not self.stopping:
            self.turn()

    def turn(self, wait: float = 1.0) -> None:
        """Read what was said, restart what ended."""
        for key, _events in self._selector.select(min(wait, self._until_next_start())):
            if key.data is None:
                self._wake.recv(4096)
            else:
                self._read(key.data)
        for child in self.children:
            if child.process is not None and (code := child.process.poll()) is not None:
                self._ended(child, code)
            elif child.process is None and not self.stopping and time.monotonic() >= child.start_at:
                self._start(child)

    def _until_next_start(self) -> float:
        waiting = [child.start_at for child in self.children if child.process is None]
        return max(0.0, min(waiting, default=time.monotonic() + 60.0) - time.monotonic())

    def _read(self, child: Child) -> None:
        for line in child.read():
            _say(f"{child.name}: {line}")

    def _ended(self, child: Child, code: int) -> None:
        self._read(child)
        self._selector.unregister(child.output)
        child.clear_away()
        if not self.stopping:
            how = f"signal {-code}" if code < 0 else f"code {code}"
            pause = child.plan_restart()
            _say(
                f"{child.name} ended ({how}), starts again in {pause:.0f} s. Its log: {child.log_dir / child.name}.log"
            )

    def stop(self) -> None:
        """End everything within 20 s: first by asking, then without asking. Nothing is left behind."""
        self.stopping, self.preparing = True, False
        queue = [child for child in self.children if child.name == "queue"]
        others = [child for child in self.children if child.name != "queue"]
        self._end(others, cold_after=COLD_AFTER, kill_after=KILL_AFTER)
        self._end(queue, cold_after=QUEUE_PATIENCE, kill_after=QUEUE_PATIENCE)

    def _end(self, children: list[Child], *, cold_after: float, kill_after: float) -> None:
        began = time.monotonic()
        plan = [(0.0, signal.SIGTERM), (cold_after, signal.SIGQUIT), (kill_after, signal.SIGKILL)]
        while any(child.process is not None for child in children):
            while plan and time.monotonic() - began >= plan[0][0]:
                _, what = plan.pop(0)
                for child in children:
                    child.signal(what)
            self.turn(wait=0.1)


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)

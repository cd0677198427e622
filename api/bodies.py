"""Answers that were made before, kept in this process by their tag.

Only content is kept, never who may see it: the token and the stamp that the tag is made from are read anew for each
request (R-19). The tag of one thing holds all that its answer shows, so what is found under it cannot be out of date.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

MOST = 4_000_000  # bytes for each process


@dataclass(frozen=True, slots=True)
class Body:
    content: bytes
    language: str


class Bodies:
    """As many of the last answers as fit."""

    def __init__(self, most: int = MOST) -> None:
        self.most, self.size = most, 0
        self._kept: OrderedDict[str, Body] = OrderedDict()
        self._lock = Lock()

    def find(self, tag: str) -> Body | None:
        with self._lock:
            if tag in self._kept:
                self._kept.move_to_end(tag)
            return self._kept.get(tag)

    def keep(self, tag: str, body: Body) -> None:
        with self._lock:
            if tag in self._kept or len(body.content) > self.most:
                return
            self._kept[tag] = body
            self.size += len(body.content)
            while self.size > self.most:
                _tag, oldest = self._kept.popitem(last=False)
                self.size -= len(oldest.content)

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()
            self.size = 0


BODIES = Bodies()

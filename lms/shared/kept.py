"""Answers kept in the process. What they are made from stands in their key, so that a change asks anew.

For what is the same for everybody; permissions and answers of learners are never kept. A key that names the state of
the content (modules.shelf.Shelf) makes an import or a closed programme take effect with the next request.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_forget: list[Callable[[], None]] = []


def kept(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep the `most` answers that were asked for last; the arguments are the key. Errors are not kept."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        keeping = lru_cache(maxsize=most)(function)
        _forget.append(keeping.cache_clear)
        return keeping  # type: ignore[return-value]  # the wrapper takes the same arguments

    return decorate


class Shelves(Generic[R]):
    """The same where the key is not the arguments. Threads may make a value twice; one of them stays."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.rows: OrderedDict[Hashable, R] = OrderedDict()
        _forget.append(self.rows.clear)

    def find(self, key: Hashable) -> R | None:
        try:
            self.rows.move_to_end(key)
            return self.rows[key]
        except KeyError:
            return None

    def keep(self, key: Hashable, value: R) -> R:
        self.rows[key] = value
        while len(self.rows) > self.most:
            self.rows.popitem(last=False)
        return value


def forget_everything() -> None:
    """For tests, whose databases begin anew with the same numbers."""
    for forget in _forget:
        forget()

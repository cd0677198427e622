"""Lines that say what is being done while it is done, with the seconds it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


def say(text: str) -> None:
    print(text, flush=True)


class Step:
    """One line of progress. `note` is what is said about the outcome; `tell` shows a count while the step runs."""

    def __init__(self, title: str, out: TextIO) -> None:
        self.title, self.out, self.note = title, out, "done"

    def tell(self, count: str) -> None:
        if self.out.isatty():
            self.out.write(f"\r  {self.title:<22} {count:<50}")
            self.out.flush()


@contextmanager
def step(title: str, out: TextIO | None = None) -> Iterator[Step]:
    """Print the title at once, and what came of it when the block ends."""
    out = out or sys.stdout
    line, began = Step(title, out), time.monotonic()
    out.write(f"  {title:<22} ")
    out.flush()
    try:
        yield line
    except BaseException:
        out.write("failed\n")
        raise
    start = f"\r  {title:<22} " if out.isatty() else ""
    out.write(f"{start}{line.note:<50} {time.monotonic() - began:5.1f} s\n")
    out.flush()

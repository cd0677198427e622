"""Renders in a process of its own, killed when it takes too long. A thread cannot be stopped; a process can."""

import json
import resource
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from modules.markdown.engine import convert
from modules.markdown.surroundings import Picture, Rendered, Surroundings, Trouble

SECONDS = 5.0
MEMORY = 512 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[2]
_START = f"import sys; sys.path.insert(0, {str(_ROOT)!r}); from modules.markdown.child import main; main()"


class RenderingFailed(Exception):
    """The process was killed, or broke."""


def render_in_child(text: str, surroundings: Surroundings, *, seconds: float = SECONDS) -> Rendered:
    """As `convert`, but stopped after `seconds`. Raises RenderingFailed."""
    order = json.dumps([text, {**asdict(surroundings), "facts": sorted(surroundings.facts)}])
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and our own code; the text goes in by standard input
            [sys.executable, "-I", "-c", _START], input=order.encode(), capture_output=True, timeout=seconds, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise RenderingFailed(f"it took longer than {seconds:g} seconds") from error
    except subprocess.CalledProcessError as error:
        raise RenderingFailed("the parser broke") from error
    answer = json.loads(done.stdout)
    answer["troubles"] = [Trouble(**trouble) for trouble in answer["troubles"]]
    return Rendered(**answer)


def answer(order: str) -> str:
    """An order of render_in_child carried out."""
    text, given = json.loads(order)
    given["pictures"] = {name: Picture(**picture) for name, picture in given["pictures"].items()}
    given["facts"] = frozenset(given["facts"])
    return json.dumps(asdict(convert(text, Surroundings(**given))))


def main() -> None:
    """What the process does."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.write(answer(sys.stdin.read()))

"""Pure: which questions of a pool one attempt gets. Why it is stored: docs/decisions/0014-drawing-questions.md."""

from collections.abc import Collection, Mapping
from hashlib import sha256

Pool = Mapping[int, str | None]


def draw(pool: Pool, count: int, seed: str, seen: Collection[int] = ()) -> list[int]:
    """`count` positions of the pool {position: lesson}, spread over the lessons as evenly as it has questions.

    Equal seeds draw alike. Within a lesson, what the last attempt had (`seen`) comes after what it had not.
    """
    lessons: dict[str | None, list[int]] = {}
    for position in sorted(pool, key=lambda position: (position in seen, _chance(seed, f"position {position}"))):
        lessons.setdefault(pool[position], []).append(position)
    # Round by round, each lesson gives one; which lessons give one more than others is up to chance.
    turns = [
        (round_, _chance(seed, f"lesson {lesson}"), position)
        for lesson, positions in lessons.items()
        for round_, position in enumerate(positions)
    ]
    return sorted(position for _, _, position in sorted(turns)[:count])


def _chance(seed: str, what: str) -> bytes:
    return sha256(f"{seed}/{what}".encode()).digest()

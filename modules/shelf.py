"""What is published now, in one cheap question: the key under which content is kept in the process."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Max, QuerySet

from lms.shared.prepared import PreparedRows
from modules.models import Programme

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Differs after every import, and whenever a programme is opened or closed."""

    programmes: tuple[tuple[int, str, bool, int | None], ...]
    changed_at: datetime

    def is_open(self, programme: int) -> bool:
        return any(pk == programme and is_open for pk, _key, is_open, _release in self.programmes)


_Row = tuple[int, str, bool, int | None, datetime | None]


def _programmes() -> QuerySet[Programme, _Row]:
    rows = Programme.objects.order_by("pk").values_list("pk", "key", "is_open")
    return rows.annotate(newest=Max("releases"), changed_at=Max("releases__imported_at"))


_rows = PreparedRows(_programmes)


def shelf() -> Shelf:
    """Every programme with its newest release. One query."""
    rows = _rows.of()
    return Shelf(tuple(row[:4] for row in rows), max((row[4] for row in rows if row[4]), default=NEVER))

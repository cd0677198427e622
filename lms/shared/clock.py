"""The one place that asks for the time, and the day a moment falls on somewhere."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in UTC. For front doors and tasks; everything below gets `now` as an argument."""
    return timezone.now()  # noqa: TID251  this is the place


def local_date(moment: datetime, zone: str) -> date:
    """The day `moment` falls on in `zone` (an IANA name)."""
    return moment.astimezone(ZoneInfo(zone)).date()


def local_hour(moment: datetime, zone: str) -> int:
    return moment.astimezone(ZoneInfo(zone)).hour


def start_of_day(day: date, zone: str) -> datetime:
    """The first moment of `day` in `zone`. Where the clocks skip midnight: the first that exists (Q-12)."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))

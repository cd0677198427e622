"""Work that must happen once is a row; a claim is a conditional update that only one caller can win.

A claimed row carries a lease: `heartbeat_at`. While the work goes on the worker renews it; a sweep takes up rows
whose lease ran out, because their worker died. The same on SQLite and PostgreSQL, without locks.
"""

from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

LEASE = timedelta(seconds=45)
M = TypeVar("M", bound=Model)


def claim(queryset: QuerySet[M], pk: Any, *, frm: str, to: str, **stamps: Any) -> M | None:
    """Take the row if it is still in state `frm`. Returns it in its new state, or None when somebody else was first."""
    if queryset.filter(pk=pk, state=frm).update(state=to, **stamps):
        return queryset.get(pk=pk)
    return None


def lease_ran_out(now: datetime, lease: timedelta = LEASE) -> Q:
    """Rows whose worker gave no sign of life for longer than the lease."""
    return Q(heartbeat_at__lt=now - lease)

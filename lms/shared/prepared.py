"""Queries whose SQL is written once: for one of many parts Django needs milliseconds, and the database microseconds.

A prepared query is an ordinary queryset with slots where texts will stand that are known later.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.db.models.expressions import Combinable

M = TypeVar("M", bound=Model)


class Slot(str):
    """Stands in a queryset for a text. Its own text is its name."""

    __slots__ = ()


class Prepared(Generic[M]):
    """The SQL of a queryset, and where its slots are."""

    def __init__(self, rows: QuerySet[M]) -> None:
        self.model = rows.model
        self.sql, self.params = rows.query.sql_with_params()

    def first(self, values: Mapping[str, str]) -> M | None:
        """The first row with these texts in the slots. Annotations stand on it as the database gave them."""
        params = [values[param] if isinstance(param, Slot) else param for param in self.params]
        return next(iter(self.model._default_manager.raw(self.sql, params)), None)


@dataclass(frozen=True, slots=True)
class Beside:
    """What to read beside a row, in the same statement: the expressions that `make(*shape)` names.

    `texts` are for the slots in them. Two of the same `make` and `shape` are the same statement.
    """

    make: Callable[..., Mapping[str, Combinable]]
    shape: tuple[Hashable, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict, compare=False)

    def expressions(self) -> Mapping[str, Combinable]:
        return self.make(*self.shape)

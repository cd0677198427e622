"""Queries whose SQL is written once: for one of many parts Django needs milliseconds, and the database microseconds.

A prepared query is an ordinary queryset with slots where texts will stand that are known later; or one of plain rows
that a function makes for somebody.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Model, QuerySet, UUIDField
from django.db.models.expressions import Combinable

M = TypeVar("M", bound=Model)
R = TypeVar("R", bound=tuple[Any, ...])
Key = UUID | str | int
_uuids = UUIDField()


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


class PreparedRows(Generic[R]):
    """The SQL of a queryset with values_list, written when it is first asked for. The rows are those of the queryset.

    `make` gets the keys of what the rows are about, and must not look at them: the SQL is written with keys of nobody.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, R]]) -> None:
        self.make = make
        self.written: _Statement | None = None

    def of(self, *keys: Key) -> list[R]:
        """One query."""
        self.written = self.written or _written(self.make, keys)
        return self.written.rows(keys)


@dataclass(frozen=True, slots=True)
class _Statement:
    """`slots`: a place among the parameters and which key stands there. `converters`: Django's, by column."""

    sql: str
    params: tuple[Any, ...]
    slots: tuple[tuple[int, int], ...]
    converters: Mapping[int, tuple[list[Callable[..., Any]], Any]]

    def rows(self, keys: Sequence[Key]) -> list[Any]:
        params = list(self.params)
        for place, which in self.slots:
            params[place] = _in_database(keys[which])
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
        return [self._converted(row) for row in found] if self.converters else found

    def _converted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for place, (converters, expression) in self.converters.items():
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        return tuple(values)


def _written(make: Callable[..., QuerySet[Any, Any]], keys: Sequence[Key]) -> _Statement:
    """Keys of the same sorts, but of nobody, show where in the parameters they belong."""
    nobody = [_stand_in(key) for key in keys]
    compiler = make(*nobody).query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    stand_ins = [_in_database(key) for key in nobody]
    slots = tuple((place, stand_ins.index(param)) for place, param in enumerate(params) if param in stand_ins)
    return _Statement(sql, tuple(params), slots, compiler.get_converters([column[0] for column in compiler.select]))


def _stand_in(key: Key) -> Key:
    """By chance no other parameter is like it."""
    chance = uuid4()
    return chance if isinstance(key, UUID) else chance.hex if isinstance(key, str) else chance.int >> 66


def _in_database(key: Key) -> Any:
    return _uuids.get_db_prep_value(key, connection) if isinstance(key, UUID) else key


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

"""Statements that are compiled once and then run with other values: for what is asked or written with every request."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

from cms import rows

M = TypeVar("M", bound=Model)
Converts = list[tuple[str, rows.Convert]]


class PreparedQuery:
    """`written(**values)` is a queryset of `values_list`, or of whole rows, compiled for the default connection.

    `samples` stand for the values until then. A sample has the type of the values that it stands for; no two samples
    are alike, and none is like a constant of the query. Rows come as tuples, with the values that the ORM would give.
    """

    def __init__(self, written: Callable[..., QuerySet], samples: Mapping[str, Any]) -> None:
        self._written = written
        self._samples = samples
        self._compiled: tuple[str, list[Any], Any, Any] | None = None

    def first(self, **values: Any) -> tuple[Any, ...] | None:
        """The first row, or None. Raises DatabaseError."""
        return next(iter(self.all(**values)), None)

    def all(self, **values: Any) -> list[tuple[Any, ...]]:
        """Every row, in order. Raises DatabaseError."""
        sql, parameters, compiler, converters = self._compiled or self._compile()
        given = [parameter(values[place]) if named else place for named, place in parameters]
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            found = cursor.fetchall()
        return [tuple(row) for row in compiler.apply_converters(found, converters)] if converters else found

    def one(self, model: type[M], **values: Any) -> M | None:
        """The first row as an instance of the query's model, for a query of whole rows. Raises DatabaseError."""
        row = self.first(**values)
        return model.from_db(connection.alias, _names(model), row) if row else None

    def _compile(self) -> tuple[str, list[Any], Any, Any]:
        """The statement, and its parameters in order: (True, name) for a value, (False, constant) for the rest."""
        compiler = self._written(**self._samples).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        names = {parameter(sample): name for name, sample in self._samples.items()}
        places = [(value in names, names.get(value, value)) for value in parameters]
        missing = set(self._samples) - {name for named, name in places if named}
        if missing:
            raise ValueError(f"The query does not use {', '.join(sorted(missing))}.")
        converters = compiler.get_converters(expression for expression, _, _ in compiler.select)
        self._compiled = sql, places, compiler, converters
        return self._compiled


def parameter(value: Any) -> Any:
    """A value as the database's driver takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return value


def insert(row: Model) -> None:
    """Write a new row whose key the model makes itself, as `save(force_insert=True)` would: every column that the
    database does not compute, and those are deferred until they are asked for.

    Nothing here sends signals, and no parent tables are written. Raises DatabaseError.
    """
    _write(row, *_insertion(type(row), connection.vendor))


def insert_unless_there(row: Model) -> None:
    """The same, or nothing where a unique column says that another row stands in its place."""
    statement, converts = _insertion(type(row), connection.vendor)
    _write(row, f"{statement} ON CONFLICT DO NOTHING", converts)


def update(row: Model, *names: str) -> None:
    """Write these fields of a stored row, as `save(update_fields=names)` would. Raises DatabaseError."""
    _write(row, *_change(type(row), names, connection.vendor))


def _write(row: Model, statement: str, converts: Converts) -> None:
    values = row.__dict__
    with connection.cursor() as cursor:
        cursor.execute(statement, [convert(values[name]) for name, convert in converts])
    row._state.adding, row._state.db = False, connection.alias


@lru_cache(maxsize=64)
def _names(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@lru_cache(maxsize=64)
def _insertion(model: type[Model], vendor: str) -> tuple[str, Converts]:
    """The statement for a model in one dialect, and what makes its values."""
    fields = rows.columns(model)
    return rows.insertion(model, fields), rows.converts(fields)


@lru_cache(maxsize=64)
def _change(model: type[Model], names: tuple[str, ...], vendor: str) -> tuple[str, Converts]:
    fields = rows.named(model, names)
    return rows.change(model, fields), rows.converts(fields)

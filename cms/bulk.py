"""Writing very many new rows of one table: COPY on PostgreSQL, one statement prepared once on SQLite.

For rows that nobody waits for, such as a made-up site. Triggers and constraints hold as for any other statement; what
`bulk_create` does beyond that (ids given back, conflicts, rows of parent tables) is not done here.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, cast

from django.db import connection, models

Convert = Callable[[Any], Any]

_DIRECT = {
    "BooleanField", "PositiveIntegerField", "PositiveSmallIntegerField", "PositiveBigIntegerField", "BigIntegerField",
    "SmallIntegerField", "IntegerField", "FloatField", "CharField", "TextField", "BinaryField",
}  # fmt: skip
"""Fields whose Python values both drivers take as they are."""


def write(rows: Iterable[models.Model]) -> None:
    """Insert rows of one model. What the database makes itself, numbers and generated columns, is left to it."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    fields = [
        field
        for field in first._meta.concrete_fields
        if not field.generated and not (field.primary_key and first.pk is None)
    ]
    converts = [(field.attname, _convert(field)) for field in fields]
    values = ([convert(row.__dict__[name]) for name, convert in converts] for row in chain((first,), rows))
    _insert(first._meta.db_table, [str(field.column) for field in fields], values)


def _insert(table: str, columns: Sequence[str], values: Iterator[list[Any]]) -> None:
    names = ", ".join(map(connection.ops.quote_name, columns))
    into = f"{connection.ops.quote_name(table)} ({names})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            statement = f"INSERT INTO {into} VALUES ({marks})"  # noqa: S608 - names of our own columns
            cursor.executemany(statement, cast(Sequence[Any], values))  # an iterator does, and is not kept


def _convert(field: models.Field) -> Convert:
    """From a field's Python value to what the driver takes."""
    target = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    kind = target.get_internal_type()
    if kind in _DIRECT:
        return _as_it_is
    if kind == "JSONField":
        return _as_json
    native = connection.vendor == "postgresql"
    if kind == "UUIDField":
        return _as_it_is if native else _as_hex
    if kind == "DateTimeField":
        return _as_it_is if native else _as_text
    return lambda value: field.get_db_prep_save(value, connection)


def _as_it_is(value: Any) -> Any:
    return value


def _as_json(value: Any) -> Any:
    return json.dumps(value)


def _as_hex(value: Any) -> Any:
    return value and value.hex


@lru_cache(maxsize=100_000)
def _as_text(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value)

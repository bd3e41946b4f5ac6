"""How rows of a model are written past the ORM: which columns, and what the drivers take for their values.

What the database makes itself, numbers and generated columns, is left to it. No field here fills itself when it is
saved (`auto_now`), and none has an encoder of its own.
"""

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field, ForeignKey, Model

Convert = Callable[[Any], Any]

_DIRECT = {
    "BooleanField", "PositiveIntegerField", "PositiveSmallIntegerField", "PositiveBigIntegerField", "BigIntegerField",
    "SmallIntegerField", "IntegerField", "FloatField", "CharField", "TextField", "BinaryField",
}  # fmt: skip
"""Fields whose Python values both drivers take as they are."""


def columns(model: type[Model], *, with_key: bool = True) -> list[Field]:
    """The columns to write, in order; without the key where the database numbers the rows."""
    return [
        field
        for field in model._meta.concrete_fields
        if not field.generated and (with_key or not field.primary_key)
    ]


def named(model: type[Model], names: tuple[str, ...]) -> list[Field]:
    """The fields of these names, and at the end the key."""
    by_name = {field.name: field for field in model._meta.concrete_fields}
    key = next(field for field in by_name.values() if field.primary_key)
    return [*(by_name[name] for name in names), key]


def converts(fields: list[Field]) -> list[tuple[str, Convert]]:
    """The attribute of each field, and what makes of its Python value what the driver takes."""
    return [(field.attname, _convert(field)) for field in fields]


def into(model: type[Model], fields: list[Field]) -> str:
    """`"table" ("column", …)`, in the dialect of the default connection."""
    name = connection.ops.quote_name
    return f"{name(model._meta.db_table)} ({', '.join(name(str(field.column)) for field in fields)})"


def insertion(model: type[Model], fields: list[Field]) -> str:
    """The statement that writes one row."""
    places = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {into(model, fields)} VALUES ({places})"  # noqa: S608 - names of our own columns


def change(model: type[Model], fields: list[Field]) -> str:
    """The statement that writes these columns, of which the last is the key, of one row."""
    name = connection.ops.quote_name
    *places, key = (f"{name(str(field.column))} = %s" for field in fields)
    return f"UPDATE {name(model._meta.db_table)} SET {', '.join(places)} WHERE {key}"  # noqa: S608 - the same


def _convert(field: Field) -> Convert:
    target: Any = field
    while isinstance(target, ForeignKey):
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
    return None if value is None else json.dumps(value)


def _as_hex(value: Any) -> Any:
    return value and value.hex


@lru_cache(maxsize=100_000)
def _as_text(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value)

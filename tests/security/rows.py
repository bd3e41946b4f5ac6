"""Every row of every table, for tests of what a request must leave alone and of what no row may hold."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection

COUNTERS = frozenset(
    {"cms_ratewindow", "axes_accessattempt", "axes_accessattemptexpiration", "django_session"}
)
"""Tables in which a refused request may leave a trace: that it was counted, and a visitor's session."""


def every_row() -> Iterator[tuple[str, tuple[Any, ...]]]:
    """`(table, values)`; binary columns as bytes."""
    for model in apps.get_models():
        for row in model._base_manager.values_list():
            yield model._meta.db_table, tuple(_plain(value) for value in row)


def contents() -> set[str]:
    """The database but for its counters, so that two states can be compared and their difference read.

    In the database's own values: to make them Python's would take several times as long.
    """
    found = set()
    with connection.cursor() as cursor:
        for table in {model._meta.db_table for model in apps.get_models()} - COUNTERS:
            cursor.execute(f"SELECT * FROM {table}")
            found |= {f"{table} {tuple(map(_plain, row))!r}" for row in cursor.fetchall()}
    return found


def text_of(row: tuple[Any, ...]) -> str:
    """All values in one text, bytes read as Latin-1 so that nothing in them is lost."""
    return " ".join(value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in row)


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value

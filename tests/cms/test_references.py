"""Every reference from one row to another is led by an index: a row is looked for by those who refer to it, when it goes
on both databases, and on SQLite also when it comes after them.
"""

from collections.abc import Iterator

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def references() -> Iterator[tuple[str, str, bool]]:
    """Table, column, and whether an index begins with it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            constraints = connection.introspection.get_constraints(cursor, table).values()
            led = {found["columns"][0] for found in constraints if found["columns"] and leads(found)}
            for relation in connection.introspection.get_relations(cursor, table):
                yield table, relation, relation in led


def leads(found: dict) -> bool:
    return bool(found["index"] or found["unique"] or found["primary_key"])


def test_every_reference_is_led_by_an_index() -> None:
    found = list(references())
    assert len(found) > 40
    assert [(table, column) for table, column, led in found if not led] == []

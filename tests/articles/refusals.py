"""What the database says when it refuses, and statements that try to change what it keeps."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from cms.constraints import violated


@contextmanager
def refused(*names: str) -> Iterator[None]:
    """The database refuses by one of the named triggers or constraints; the transaction goes on without the attempt."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert violated(caught.value) in names


@contextmanager
def refused_at_commit() -> Iterator[None]:
    """What is left until the commit is refused there."""
    with pytest.raises(IntegrityError), transaction.atomic():
        yield
        connection.check_constraints()


def sql(statement: str, *parameters: Any) -> None:
    """One statement, past the ORM and everything that our own code would have judged."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(parameters))


def replace_all(table: str) -> None:
    """Get rid of rows without a DELETE, as this database can: by TRUNCATE, or by REPLACE."""
    if connection.vendor == "postgresql":
        connection.check_constraints()  # TRUNCATE waits for no judgement that is still due
        sql(f"TRUNCATE {table} CASCADE")
    else:
        sql(f"REPLACE INTO {table} SELECT * FROM {table}")


def stored(value: Any) -> Any:
    """An identifier as this database stores it, for statements that we write ourselves."""
    return value if connection.vendor == "postgresql" else value.hex

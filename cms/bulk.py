"""Writing very many new rows of one table: COPY on PostgreSQL, one statement prepared once on SQLite.

For rows that nobody waits for, such as a made-up site. Triggers and constraints hold as for any other statement; what
`bulk_create` does beyond that (ids given back, conflicts, rows of parent tables) is not done here.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, cast

from django.db import connection, models

from cms import rows as writing


def write(rows: Iterable[models.Model]) -> None:
    """Insert rows of one model. What the database makes itself, numbers and generated columns, is left to it."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    model = type(first)
    fields = writing.columns(model, with_key=first.pk is not None)
    converts = writing.converts(fields)
    values = ([convert(row.__dict__[name]) for name, convert in converts] for row in chain((first,), rows))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {writing.into(model, fields)} FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:  # an iterator does, and is not kept
            cursor.executemany(writing.insertion(model, fields), cast(Sequence[Any], values))

"""SQLite through Django's backend: WAL, foreign keys, triggers that REPLACE cannot step over, commits in time."""

import time
from pathlib import Path
from typing import Any, Self

from django.db import OperationalError
from django.db.backends.sqlite3 import base, schema

from cms import triggers
from cms.database.commits import TimedCommits

# What is deleted is overwritten with zeros, so that erased words do not linger in the file's free space. The log is
# moved into the file every 16 MB instead of every 4: what many small writes change again and again is moved once.
_PRAGMAS = (
    "recursive_triggers = ON",
    "mmap_size = 0",
    "synchronous = FULL",
    "secure_delete = ON",
    "wal_autocheckpoint = 4000",
)

BETWEEN_TRIES = 0.0005
"""Seconds. Left alone, SQLite sleeps longer and longer, up to a tenth of a second, while others come and go."""


class SchemaEditor(schema.DatabaseSchemaEditor):
    """Works without our triggers: SQLite alters a table by making it anew, which a trigger that names it forbids.

    `migrate` makes them again when it ends, and nothing serves until then (`cms.wsgi`).
    """

    def __enter__(self) -> Self:
        entered = super().__enter__()
        if not self.collect_sql:
            triggers.remove(self.connection)
        return entered


def _keep_to_owner(name: str) -> None:
    """A new file is for its owner alone, for it holds drafts and held replies; SQLite gives the WAL the same mode."""
    path = Path(name)
    if ":" not in name and path.parent.is_dir() and not path.exists():
        path.touch(mode=0o600)


class DatabaseWrapper(TimedCommits, base.DatabaseWrapper):
    SchemaEditorClass = SchemaEditor

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        _keep_to_owner(str(conn_params["database"]))
        connection = super().get_new_connection(conn_params)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        """BEGIN IMMEDIATE, tried often for as long as SQLite is to wait. Raises OperationalError when that is over."""
        [patience] = self.connection.execute("PRAGMA busy_timeout").fetchone()
        deadline = time.monotonic() + patience / 1_000
        self.connection.execute("PRAGMA busy_timeout = 0").close()
        try:
            while not self._begun(deadline):
                time.sleep(BETWEEN_TRIES)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {patience}").close()

    def _begun(self, deadline: float) -> bool:
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs leave it out
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() >= deadline:
                raise
            return False
        return True

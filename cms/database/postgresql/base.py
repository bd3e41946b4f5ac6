"""PostgreSQL through Django's backend, with commits in time, and a plain word at once while the server is away."""

import time
from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from cms.database.commits import TimedCommits

AGAIN_AFTER = 1.0
"""Seconds for which nobody asks again after somebody waited for a connection in vain. Threads that wait answer nobody,
and would leave even `/healthz` unanswered.
"""


class DatabaseWrapper(TimedCommits, base.DatabaseWrapper):
    away_until = 0.0
    """Of this process, by the monotonic clock."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if time.monotonic() < DatabaseWrapper.away_until:
            raise OperationalError("the server was away a moment ago")
        try:
            return super().get_new_connection(conn_params)
        except PoolTimeout:
            DatabaseWrapper.away_until = time.monotonic() + AGAIN_AFTER
            raise

"""One way to run a write: all or nothing, stamped in time, tried again when only the moment was wrong."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, DatabaseError, IntegrityError, connection, connections, transaction

from cms import clock, constraints
from cms.database.commits import TimedCommits
from cms.errors import Busy, CommitTooLate

T = TypeVar("T")

ATTEMPTS = 5
_turn = threading.RLock()
_SERIALIZATION = {"40001", "40P01"}  # serialization_failure, deadlock_detected


def must_commit_before(stamp: datetime) -> None:
    """Promise that the open transaction commits a lease before `stamp`, or not at all."""
    deadline = stamp - timedelta(seconds=clock.LEASE)
    database = cast(TimedCommits, connections[DEFAULT_DB_ALIAS])
    earlier = database.must_commit_before
    database.must_commit_before = min(earlier, deadline) if earlier else deadline


def run(work: Callable[[], T]) -> T:
    """Run `work` in one transaction. It may be called several times; only its last run is committed.

    Inside an open transaction it is a part of that, which whoever opened it commits.
    Raises Busy when the database stayed contended through all attempts.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with _one_at_a_time(), clock.attempt(attempt), transaction.atomic():
                return work()
        except (CommitTooLate, DatabaseError) as error:
            if not _passing(error):
                raise
            if attempt == ATTEMPTS:
                raise Busy(
                    "The change could not be committed in time. Nothing was changed; try again."
                ) from None
    raise AssertionError("unreachable: the last attempt returns or raises")


def joined(work: Callable[[], T]) -> T:
    """As `run`; inside an open transaction without a way back of its own: when `work` raises, all of that is over."""
    if not connection.in_atomic_block:
        return run(work)
    with transaction.atomic(savepoint=False):
        return work()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """On SQLite one thread of a process writes at a time: the file takes one writer, and threads that wait here leave
    the interpreter to the one that writes, where those that ask the file again and again would not. Who has waited as
    long as for the file goes on, and the database says what is in the way.
    """
    waits = connection.vendor == "sqlite" and _turn.acquire(
        timeout=connection.settings_dict["OPTIONS"]["timeout"]
    )
    try:
        yield
    finally:
        if waits:
            _turn.release()


def _passing(error: Exception) -> bool:
    """Whether another attempt, with another stamp, may well succeed."""
    if isinstance(error, IntegrityError):
        return isinstance(constraints.meaning_of(error), CommitTooLate)
    if connection.in_atomic_block:
        return False
    return isinstance(error, CommitTooLate) or getattr(error.__cause__, "sqlstate", None) in _SERIALIZATION

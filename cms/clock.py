"""The one clock. Transitions are whole seconds of the database's clock; reads floor theirs.

A transition that is made "now" begins at a whole second far enough ahead that it is committed before any reader
could have asked for that instant. `docs/decisions/0001-time.md` has the reasoning and what was measured.
"""

import contextlib
import math
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from django.db import connection

FAR = datetime(9999, 12, 31, tzinfo=UTC)
"""The end of an interval that has none: a sentinel, because an index finds it and NULL it does not."""

LEASE = 0.25
"""Seconds: what was read at t may be served until the next whole second at least this far ahead of t."""

STAMP_AHEAD = 0.5
"""Seconds: a stamp is the next whole second at least this far ahead, so that work and commit fit before the lease; with
a second attempt twice as far, and so on.
"""

_attempt: ContextVar[int] = ContextVar("attempt", default=1)
_shift = timedelta(0)
_pause: Callable[[float], None] = time.sleep


def set_shift(shift: timedelta) -> None:
    """Set the application's clock ahead of the real one; for tests and rehearsals. Never behind: history is real."""
    global _shift
    if shift < timedelta(0):
        raise ValueError("the application's clock can only be set ahead")
    _shift = shift


def shift() -> timedelta:
    """How far the application's clock is ahead of the real one."""
    return _shift


def go_ahead(seconds: float) -> None:
    """Set the application's clock so many seconds further ahead."""
    set_shift(_shift + timedelta(seconds=seconds))


def set_pause(pause: Callable[[float], None]) -> None:
    """How a wait passes: by sleeping, or, in tests and rehearsals of one process, by going ahead."""
    global _pause
    _pause = pause


def now() -> datetime:
    """The application's clock, with microseconds, UTC."""
    return datetime.now(UTC) + _shift


def read_instant() -> datetime:
    """The instant that a read speaks of: the clock, floored to its second."""
    return floor(now())


def floor(instant: datetime) -> datetime:
    return instant.replace(microsecond=0)


def database_now() -> datetime:
    """The database server's clock, UTC. On SQLite it is this machine's."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            return cursor.fetchone()[0] + _shift
    return now()


@contextlib.contextmanager
def attempt(number: int) -> Iterator[None]:
    """The `number`-th attempt at one write, counted from 1. What came too late is given more time with each."""
    before = _attempt.set(number)
    try:
        yield
    finally:
        _attempt.reset(before)


def stamp() -> datetime:
    """The whole second at which a transition made now begins. Call it under the lock, as late as possible."""
    ahead = database_now() + timedelta(seconds=STAMP_AHEAD * _attempt.get())
    return ahead if ahead.microsecond == 0 else floor(ahead) + timedelta(seconds=1)


def lease_end(read_at: datetime) -> datetime:
    """Until when (exclusive) what was read at `read_at` is exactly right without asking again."""
    return datetime.fromtimestamp(math.ceil(read_at.timestamp() + LEASE), UTC)


def wait_until(instant: datetime) -> None:
    """Commit wait: return when `instant` has come for readers of this process. At most the stamp's distance."""
    while (left := (instant - now()).total_seconds()) > 0:
        _pause(min(left, 0.5))

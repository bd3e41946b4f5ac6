"""Connections that are read with outside of Django's requests, which give theirs back when they end."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def lent() -> Iterator[None]:
    """Whatever connection the block used goes back to the pool, if it came from one.

    A thread that keeps it takes it along when it ends, as the server's do that have had nothing to do for a while. The
    pool would count it as in use for good, and stand empty after a few of them.
    """
    try:
        yield
    finally:
        connection.close_if_unusable_or_obsolete()

"""Several at once: threads that begin together, each with connections of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

T = TypeVar("T")
SECONDS = 60


def together(works: Sequence[Callable[[], T]], seconds: float = SECONDS) -> list[T]:
    """Run every work in a thread, all from the same moment on; their answers in the order of the works.

    `seconds`: how long the longest may take.
    """
    barrier = Barrier(len(works))

    def run(work: Callable[[], T]) -> T:
        barrier.wait(SECONDS)
        return alone(work)

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result(seconds) for future in [pool.submit(run, work) for work in works]]


def alone(work: Callable[[], T]) -> T:
    """One work, after which this thread's connection goes back, as it does after each request of a server."""
    try:
        return work()
    finally:
        connection.close()

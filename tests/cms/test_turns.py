"""Who writes when: on SQLite one thread of a process at a time, and whoever waits for another process asks often; on
PostgreSQL nobody waits to begin.
"""

import time
from collections.abc import Callable
from threading import Barrier, BrokenBarrierError, Event

import pytest
from django.db import OperationalError, connection, transaction

from cms import transactions
from cms.database.sqlite import base
from cms.models import Site
from tests.concurrency import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited between tries to begin, on SQLite."""
    waited: list[float] = []

    class Time:
        monotonic = staticmethod(time.monotonic)

        @staticmethod
        def sleep(seconds: float) -> None:
            waited.append(seconds)
            time.sleep(seconds)

    monkeypatch.setattr(base, "time", Time)
    return waited


def test_threads_of_a_process_take_turns_only_where_the_database_takes_one_writer(tries: list[float]) -> None:
    both = Barrier(2)

    def work() -> bool:
        try:
            both.wait(0.5)
        except BrokenBarrierError:
            return False
        return True

    def write() -> bool:
        return transactions.run(work)

    assert set(together([write, write])) == {connection.vendor == "postgresql"}
    assert not tries, "who waits for a turn leaves the file alone"


def test_a_write_within_a_write_has_its_turn_already() -> None:
    assert transactions.run(lambda: transactions.run(lambda: connection.in_atomic_block))


def test_what_fails_gives_its_turn_back() -> None:
    def fail() -> None:
        raise ValueError("No.")

    def write() -> None:
        with pytest.raises(ValueError, match="No"):
            transactions.run(fail)

    together([write] * 3)
    assert together([lambda: transactions.run(Site.objects.count)] * 3) == [Site.objects.count()] * 3


def while_another_writes(work: Callable[[Event], None]) -> None:
    """Runs `work` while another connection, which knows nothing of turns, has begun. It ends when the event is set."""
    begun, over = Event(), Event()

    def another() -> None:
        with transaction.atomic():
            begun.set()
            assert over.wait(30)

    def this() -> None:
        assert begun.wait(30)
        try:
            work(over)
        finally:
            over.set()

    together([another, this])


def test_who_waits_for_another_process_begins_when_it_ends(tries: list[float]) -> None:
    def work(over: Event) -> None:
        before = patience()
        if connection.vendor == "postgresql":
            with transaction.atomic():
                assert not over.is_set()
            return
        together([lambda: transactions.run(lambda: None), lambda: end_after_a_try(over)])
        assert tries
        assert set(tries) == {base.BETWEEN_TRIES}
        assert patience() == before

    def end_after_a_try(over: Event) -> None:
        while not tries:
            time.sleep(0.001)
        over.set()

    while_another_writes(work)


@pytest.mark.parametrize("milliseconds", [0, 30])
def test_who_may_not_wait_or_has_waited_long_enough_is_told(tries: list[float], milliseconds: int) -> None:
    def work(over: Event) -> None:
        if connection.vendor == "postgresql":
            return
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
        with pytest.raises(OperationalError, match="locked"), transaction.atomic():
            pass
        assert patience() == milliseconds

    while_another_writes(work)
    assert bool(tries) is (milliseconds > 0 and connection.vendor == "sqlite")


def patience() -> int:
    """Milliseconds that SQLite waits by itself."""
    if connection.vendor == "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        return int(cursor.fetchone()[0])

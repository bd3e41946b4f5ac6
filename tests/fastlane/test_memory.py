"""What a process keeps: as much as it was told, the newest, and nothing of an epoch that is over."""

from cms.delivery import Keeping
from cms.fastlane.memory import OVERHEAD, Kept, Memory

LIMIT = 100_000


def kept(length: int) -> Kept:
    return Kept((("ETag", '"1"'),), b"x" * length, '"1"', Keeping(None, 60, 300))


def filled(count: int, length: int) -> Memory:
    memory = Memory(LIMIT)
    memory.get(("begin",), 1)
    for number in range(count):
        memory.put((str(number),), kept(length), 1)
    return memory


def test_it_never_grows_beyond_its_limit() -> None:
    memory = filled(1_000, 3_000)
    assert LIMIT - (3_000 + OVERHEAD) < memory.weight <= LIMIT
    assert len(memory) == LIMIT // (3_000 + OVERHEAD)


def test_what_was_not_asked_for_longest_goes_first() -> None:
    memory = filled(20, 3_000)
    assert memory.get(("0",), 1) is not None
    memory.put(("new",), kept(3_000), 1)
    assert memory.get(("0",), 1) is not None
    assert memory.get(("1",), 1) is None


def test_one_answer_takes_the_place_of_its_earlier_self() -> None:
    memory = filled(1, 3_000)
    for _ in range(50):
        memory.put(("0",), kept(4_000), 1)
    assert (len(memory), memory.weight) == (1, 4_000 + OVERHEAD)


def test_one_answer_may_not_push_out_all_others() -> None:
    memory = filled(1, LIMIT // 8)
    assert len(memory) == 0


def test_another_epoch_begins_empty_and_an_older_one_adds_nothing() -> None:
    memory = filled(5, 1_000)
    assert memory.get(("0",), 2) is None
    assert (len(memory), memory.weight) == (0, 0)
    memory.put(("late",), kept(1_000), 1)
    assert len(memory) == 0

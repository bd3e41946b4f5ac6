"""Threads of one process share what it keeps: an answer of one epoch is found in no other, and nothing is lost count of."""

from cms.delivery import Keeping
from cms.fastlane.memory import Kept, Memory
from cms.remembered import Remembered
from tests.concurrency import together

HANDS, TURNS = 8, 400


def kept(text: str) -> Kept:
    return Kept((), text.encode() * 50, f'"{text}"', Keeping(None, 60, 60))


def test_what_threads_keep_at_once_is_found_in_its_own_epoch_alone() -> None:
    memory = Memory(60_000)
    epochs = [0]
    found: list[tuple[int, str]] = []

    def keep(hand: int) -> None:
        for turn in range(TURNS):
            epoch = epochs[-1]
            if turn % 20 == hand:
                epochs.append(epoch + 1)
            key = (str(turn % 30),)
            if answer := memory.get(key, epoch):
                found.append((epoch, answer.etag))
            else:
                memory.put(key, kept(str(epoch)), epoch)

    together([lambda hand=hand: keep(hand) for hand in range(HANDS)])
    assert found
    assert all(etag == f'"{epoch}"' for epoch, etag in found)
    assert memory.weight == sum(entry.weight for entry in memory._entries.values()) <= memory.limit


def test_what_threads_remember_at_once_weighs_what_it_weighs() -> None:
    remembered = Remembered(2_000)

    def ask(hand: int) -> None:
        for turn in range(TURNS):
            number = (turn * (hand + 1)) % 40
            assert remembered.of(number, lambda number=number: bytes(number + 60)) == bytes(number + 60)

    together([lambda hand=hand: ask(hand) for hand in range(HANDS)])
    assert remembered.weight == sum(map(len, remembered._made.values())) <= remembered.limit

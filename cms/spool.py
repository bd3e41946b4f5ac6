"""A pile of things that is larger than memory, taken down again in order: sorted runs in a file, merged."""

import heapq
import json
import tempfile
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

T = TypeVar("T")

RUN = 100_000
"""How many things are held before they go into the file."""

_AT_ONCE = 1_000


class Spool(Generic[T]):
    """Things in the order of `key`; those with equal keys in the order in which they came. Its file goes with it.

    `pack` makes of a thing what JSON can hold, and `unpack` the thing again.
    """

    def __init__(
        self,
        key: Callable[[T], Any],
        run: int = RUN,
        *,
        pack: Callable[[T], Any] = lambda thing: thing,
        unpack: Callable[[Any], T] = lambda packed: packed,
    ) -> None:
        self._key, self._run = key, run
        self._pack, self._unpack = pack, unpack
        self._held: list[T] = []
        self._runs: list[tuple[int, int]] = []
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as this object
        self._number = 0

    def __len__(self) -> int:
        return self._number

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def append(self, thing: T) -> None:
        self._held.append(thing)
        self._number += 1
        if len(self._held) >= self._run:
            self._put_away()

    def in_order(self) -> Iterator[T]:
        """All of it, once everything was put in."""
        self._put_away()
        return heapq.merge(*(self._read(start, end) for start, end in self._runs), key=self._key)

    def _put_away(self) -> None:
        if not self._held:
            return
        held, self._held = sorted(self._held, key=self._key), []
        start = self._file.seek(0, 2)
        for begin in range(0, len(held), _AT_ONCE):
            packed = [self._pack(thing) for thing in held[begin : begin + _AT_ONCE]]
            self._file.write(json.dumps(packed).encode() + b"\n")
        self._runs.append((start, self._file.tell()))

    def _read(self, start: int, end: int) -> Iterator[T]:
        while start < end:
            self._file.seek(start)
            part = json.loads(self._file.readline())
            start = self._file.tell()
            yield from map(self._unpack, part)

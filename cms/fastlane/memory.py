"""What a process keeps of delivery's answers: a bounded memory that forgets what was not asked for longest."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

from cms.delivery import Keeping

OVERHEAD = 2_000
"""Bytes: what an entry weighs beside its body (headers, key, bookkeeping), as measured, rounded up."""

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer of 200. `headers` are all but X-Request-Id and Cache-Control, which differ from request to request."""

    headers: Headers
    body: bytes
    etag: str
    keeping: Keeping

    @property
    def weight(self) -> int:
        return len(self.body) + OVERHEAD


class Memory:
    """Answers of one epoch, by key, at most `limit` bytes of them. Epochs are compared for equality alone.

    Threads share it: an answer of one epoch is never found in another, whoever comes between.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.weight = 0
        self._epoch: Hashable = None
        self._entries: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: tuple[str, ...], epoch: Hashable) -> Kept | None:
        with self._lock:
            if epoch != self._epoch:
                self._begin(epoch)
                return None
            kept = self._entries.get(key)
            if kept is not None:
                self._entries.move_to_end(key)
            return kept

    def put(self, key: tuple[str, ...], kept: Kept, epoch: Hashable) -> None:
        """Keep an answer, unless its epoch is over or it alone would fill an eighth of the memory."""
        with self._lock:
            if epoch != self._epoch or kept.weight > self.limit // 8:
                return
            earlier = self._entries.pop(key, None)
            self.weight += kept.weight - (earlier.weight if earlier else 0)
            self._entries[key] = kept
            while self.weight > self.limit:
                self.weight -= self._entries.popitem(last=False)[1].weight

    def _begin(self, epoch: Hashable) -> None:
        self._entries.clear()
        self.weight, self._epoch = 0, epoch

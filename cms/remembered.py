"""A bounded memory of what was made from bytes that never change: made once, forgotten when not asked for longest."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock


class Remembered:
    """At most `limit` bytes, for one process. What a key names must be the same always."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.weight = 0
        self._made: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def of(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """What was made for `key`, made now if it is not remembered."""
        with self._lock:
            if (found := self._made.get(key)) is not None:
                self._made.move_to_end(key)
                return found
        made = make()
        with self._lock:
            earlier = self._made.pop(key, b"")
            self._made[key] = made
            self.weight += len(made) - len(earlier)
            while self.weight > self.limit:
                self.weight -= len(self._made.popitem(last=False)[1])
        return made

    def forget(self) -> None:
        """All of it, for instance because a text was deleted for good."""
        with self._lock:
            self._made.clear()
            self.weight = 0

"""A bounded memory of what was made from bytes that never change: made once, forgotten when not asked for longest."""

from collections import OrderedDict
from collections.abc import Callable, Hashable


class Remembered:
    """At most `limit` bytes, for one process. What a key names must be the same always."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.weight = 0
        self._made: OrderedDict[Hashable, bytes] = OrderedDict()

    def of(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """What was made for `key`, made now if it is not remembered."""
        found = self._made.get(key)
        if found is not None:
            self._made.move_to_end(key)
            return found
        made = self._made[key] = make()
        self.weight += len(made)
        while self.weight > self.limit:
            self.weight -= len(self._made.popitem(last=False)[1])
        return made

    def forget(self) -> None:
        """All of it, for instance because a text was deleted for good."""
        self._made.clear()
        self.weight = 0

"""How long a process may trust what it has read: until a second that nothing committed since can have touched."""

from collections.abc import Callable
from datetime import datetime
from threading import Lock

from cms import clock, generation
from cms.database.lending import lent

NextTransition = Callable[[datetime], datetime | None]

ATTEMPTS = 3


class Lease:
    """Answers belong to an epoch. An epoch ends when a commit changed something, or a transition has come.

    Within a lease (`cms.clock.lease_end`) nothing is asked. After it two small reads say whether the epoch goes on,
    so that what rests is kept for as long as it rests. Threads share it: one renews, the others wait for that.
    """

    def __init__(self, transitions: list[NextTransition]) -> None:
        self.epoch = 0
        self._latest: int | None = None
        self._transitions = transitions
        self._generation = -1
        self._following = clock.FAR
        self._until = datetime.min.replace(tzinfo=clock.FAR.tzinfo)
        self._renewing = Lock()

    def hold(self) -> int | None:
        """The epoch that is right now; None when the database was too slow to say. Raises DatabaseError."""
        for _ in range(ATTEMPTS):
            if clock.now() < self._until:  # looked at before the epoch, which a renewal moves first
                return self.epoch
            with self._renewing:
                if (now := clock.now()) >= self._until:
                    with lent():
                        self._renew(now)
        return None

    def latest(self) -> int:
        """The generation that this process read last, for whatever purpose. Raises DatabaseError."""
        if self._latest is None:
            with lent():
                self._latest = generation.current()
        return self._latest

    def moved_since(self, number: int) -> bool:
        """Whether something was committed since `number` was the latest. Raises DatabaseError."""
        with lent():
            current = self._latest = generation.current()
        return current != number

    def _renew(self, now: datetime) -> None:
        """In this order: a commit between the two reads is met by the next renewal, its transitions by this one."""
        number = self._latest = generation.current()
        ahead = [found for transition in self._transitions if (found := transition(clock.floor(now)))]
        if number != self._generation or now >= self._following:
            self.epoch += 1
        self._generation = number
        self._following = min(ahead, default=clock.FAR)
        self._until = min(clock.lease_end(now), self._following)

"""How long the tests of this folder go on, and their chance: seeded, so that what failed can be run again.

Once as long in `make test`, `SOAK` times as long in `make soak`.
"""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

TIMES = max(1, int(os.environ.get("KINTSUGI_SOAK") or 1))
LONGEST = 45
"""Seconds after which a load ends, whatever it lacks."""

Amounts = Mapping[str, tuple[int, int]]
"""What a load has to come to: how much there is of it, and how much there has to be."""


@dataclass
class Load:
    """Work that goes on for so many seconds; on a machine that is busy with other things, until enough was done."""

    seconds: float
    amounts: Callable[[], Amounts]
    began: float = field(default_factory=time.monotonic)

    def goes_on(self) -> bool:
        passed = time.monotonic() - self.began
        return passed < self.seconds or (passed < LONGEST and bool(self.lacks()))

    def lacks(self) -> Amounts:
        """What there is too little of to say anything."""
        return {name: amount for name, amount in self.amounts().items() if amount[0] < amount[1]}


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - repeatable on purpose; nothing secret is made of it

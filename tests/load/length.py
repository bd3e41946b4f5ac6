"""How long the tests of this folder go on, and their chance: seeded, so that what failed can be run again.

Once as long in `make test`, `SOAK` times as long in `make soak`.
"""

import os
from random import Random

TIMES = max(1, int(os.environ.get("KINTSUGI_SOAK") or 1))


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - repeatable on purpose; nothing secret is made of it

"""What two sequences have in common, by the algorithm of Myers ("An O(ND) Difference Algorithm and Its Variations",
1986).

The work is bounded by counting steps, not by a clock: the same input always gives the same answer, on every machine.
"""

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

Run = tuple[int, int, int]
Furthest = dict[int, int]


@dataclass
class Budget:
    """How many steps a comparison may still take; a comparison gets half of them, a fraction of a second."""

    left: int = 600_000

    def take(self, steps: int) -> bool:
        """Whether there were enough left; takes them, or all that there is."""
        enough = steps <= self.left
        self.left = self.left - steps if enough else 0
        return enough

    def share(self) -> "Budget":
        """Half of what is left, so that one costly comparison leaves something for those that follow."""
        return Budget(self.left // 2)


def common_runs(old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget) -> tuple[list[Run], bool]:
    """Runs `(place in old, place in new, length)` that both have in the same order, both places rising.

    The second value says whether the answer is exact; beyond the budget only what both begin and end with is found.
    """
    head = _equal_from_start(old, new)
    tail = _equal_from_start(old[head:][::-1], new[head:][::-1])
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    part = budget.share()
    before = part.left
    inner = _middle(middle_old, middle_new, part)
    budget.take(before - part.left)
    runs = [(0, 0, head), *((i + head, j + head, size) for i, j, size in inner or [])]
    runs.append((len(old) - tail, len(new) - tail, tail))
    return [run for run in runs if run[2]], inner is not None


def moved_places(places: Sequence[int]) -> set[int]:
    """Which of the places (all different) are outside the longest rising run through them."""
    ends: list[int] = []
    ending: list[int] = []
    before: list[int] = []
    for index, place in enumerate(places):
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        ending[length : length + 1] = [index]
        before.append(ending[length - 1] if length else -1)
    stayed = set()
    at = ending[-1] if ending else -1
    while at >= 0:
        stayed.add(places[at])
        at = before[at]
    return set(places) - stayed


def _equal_from_start(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _middle(old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget) -> list[Run] | None:
    """None when the budget ends first."""
    if not old or not new:
        return []
    if not set(old) & set(new):
        return []
    numbers: dict[Hashable, int] = {}
    olds = [numbers.setdefault(item, len(numbers)) for item in old]
    news = [numbers.setdefault(item, len(numbers)) for item in new]
    trace = _searched(olds, news, budget)
    return None if trace is None else _walked_back(trace, len(olds), len(news))


def _searched(old: list[int], new: list[int], budget: Budget) -> list[Furthest] | None:
    """The furthest places reached with 0, 1, 2… edits, on each diagonal, until both ends are reached."""
    reached: Furthest = {1: 0}
    trace: list[Furthest] = []
    for edits in range(len(old) + len(new) + 1):
        if not budget.take(edits + 1):
            return None
        trace.append(dict(reached))
        steps = 0
        for diagonal in range(-edits, edits + 1, 2):
            x = _start(reached, diagonal, edits)
            y = x - diagonal
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x, y, steps = x + 1, y + 1, steps + 1
            reached[diagonal] = x
            if x >= len(old) and y >= len(new):
                return trace
        if not budget.take(steps):
            return None
    return trace


def _start(reached: Furthest, diagonal: int, edits: int) -> int:
    """Where a diagonal is entered: by an insertion from the one above, or by a deletion from the one below."""
    down = diagonal == -edits or (diagonal != edits and reached[diagonal - 1] < reached[diagonal + 1])
    return reached[diagonal + 1] if down else reached[diagonal - 1] + 1


def _walked_back(trace: list[Furthest], x: int, y: int) -> list[Run]:
    runs: list[Run] = []
    for edits in range(len(trace) - 1, -1, -1):
        reached, diagonal = trace[edits], x - y
        start = _start(reached, diagonal, edits)
        if x > start:
            runs.append((start, start - diagonal, x - start))
        down = diagonal == -edits or (diagonal != edits and reached[diagonal - 1] < reached[diagonal + 1])
        x, y = (start, start - diagonal - 1) if down else (start - 1, start - diagonal)
    return runs[::-1]

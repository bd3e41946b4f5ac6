"""Which piece of an edited text is which piece of the one that it was made from."""

from collections.abc import Sequence
from itertools import pairwise

from articles.diffing.sequences import Budget, common_runs
from articles.markdown.alignment import MAX_PAIRS, MAX_PAIRS_IN_ALL, Key, align


def matched(base: Sequence[Key], other: Sequence[Key]) -> dict[int, int]:
    """Places in `base` to places in `other`, both rising: equal keys, and between those similar ones of one type."""
    runs, _ = common_runs(base, other, Budget())
    places = {i + step: j + step for i, j, size in runs for step in range(size)}
    left = MAX_PAIRS_IN_ALL
    for (i, i_end), (j, j_end) in _gaps(places, len(base), len(other)):
        pairs = align(other[j:j_end], base[i:i_end], budget=min(MAX_PAIRS, left))
        left = max(0, left - (i_end - i) * (j_end - j))
        places |= {i + old: j + new for new, old in pairs}
    return dict(sorted(places.items()))


def _gaps(places: dict[int, int], old: int, new: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The stretches between matched pieces where both have something."""
    fixed = [(-1, -1), *places.items(), (old, new)]
    between = [((a + 1, c), (b + 1, d)) for (a, b), (c, d) in pairwise(fixed)]
    return [gap for gap in between if gap[0][0] < gap[0][1] and gap[1][0] < gap[1][1]]

"""Which changed block of one version is which of the other, in a stretch between equal neighbours.

Where a stretch is long, only near neighbours are compared: coarser, but in linear time.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

Key = tuple[str, str]

# The most comparisons that one stretch, and a whole document, may take before the comparison becomes coarser.
MAX_PAIRS = 900
MAX_PAIRS_IN_ALL = 20_000
_WINDOW = 4
_SIMILAR = 0.5
_SHORT = 80
_WORD = re.compile(r"\w+")


def align(news: Sequence[Key], olds: Sequence[Key], *, budget: int) -> list[tuple[int, int]]:
    """Return pairs (place in news, place in olds), both rising, of the same type and similar text.

    Within a budget of comparisons the pairs are those with the greatest sum of similarities; above it each block
    is compared with the next few of the other version only.
    """
    words = lru_cache(maxsize=None)(lambda text: Counter(_WORD.findall(text.lower())))

    def score(new: Key, old: Key) -> float:
        return similarity(new[1], old[1], words) if new[0] == old[0] else 0.0

    if len(news) * len(olds) > budget:
        return _nearest(news, olds, score)
    return _best(news, olds, score)


def similarity(one: str, other: str, words: Callable[[str], Counter[str]]) -> float:
    """Return 0 to 1: shared characters in order for short texts, shared words (Dice) for longer ones.

    Below `_SIMILAR` two texts count as different, and the answer is 0.
    """
    shorter, longer = sorted((len(one), len(other)))
    if one == other or 3 * shorter < longer:
        return float(one == other)
    if longer <= _SHORT:
        value = SequenceMatcher(None, one, other, autojunk=False).ratio()
    else:
        first, second = words(one), words(other)
        total = first.total() + second.total()
        value = 2 * (first & second).total() / total if total else 0.0
    return value if value >= _SIMILAR else 0.0


def _best(
    news: Sequence[Key], olds: Sequence[Key], score: Callable[[Key, Key], float]
) -> list[tuple[int, int]]:
    table = [[0.0] * (len(olds) + 1) for _ in range(len(news) + 1)]
    scores = [[score(new, old) for old in olds] for new in news]
    for row in range(len(news) - 1, -1, -1):
        for column in range(len(olds) - 1, -1, -1):
            paired = scores[row][column] + table[row + 1][column + 1] if scores[row][column] else 0.0
            table[row][column] = max(paired, table[row + 1][column], table[row][column + 1])
    pairs, row, column = [], 0, 0
    while row < len(news) and column < len(olds):
        value = scores[row][column]
        if value and table[row][column] == value + table[row + 1][column + 1]:
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif table[row][column] == table[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def _nearest(
    news: Sequence[Key], olds: Sequence[Key], score: Callable[[Key, Key], float]
) -> list[tuple[int, int]]:
    pairs, column = [], 0
    for row, new in enumerate(news):
        window = range(column, min(column + _WINDOW, len(olds)))
        chosen = max(window, key=lambda place: score(new, olds[place]), default=None)
        if chosen is not None and score(new, olds[chosen]):
            pairs.append((row, chosen))
            column = chosen + 1
    return pairs

"""Ids that stay with a block while it lives: through edits of it, and through insertions and moves around it.

Equal blocks keep their ids wherever they go; an edited block keeps its id when it stands, changed but similar,
between the same neighbours. Everything is decided by the texts, never by a clock, so that it can be repeated.
"""

import hashlib
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from articles.markdown.alignment import MAX_PAIRS, MAX_PAIRS_IN_ALL, align
from articles.markdown.builder import read
from articles.markdown.numbering import number
from articles.markdown.plain import block_text
from articles.markdown.tree import Block, walk

Key = tuple[str, str]


def carry_ids(source: str, *, previous_source: str | None, previous_ids: Sequence[str]) -> tuple[str, ...]:
    """Return an id for each block of `source` in document order (pre-order, nested blocks included).

    `previous_ids` are those of `previous_source`'s blocks in the same order. When they are not as many as its
    blocks, they were made by another grammar and none can be carried. Raises BodyTooLongError.
    """
    new = _keys(number(read(source)).blocks)
    old = _keys(number(read(previous_source)).blocks) if previous_source is not None else []
    if len(old) != len(previous_ids):
        return _completed(new, {})
    return _completed(
        new, {place: previous_ids[origin] for place, origin in _Match(old, new).pairs().items()}
    )


def fresh_ids(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return new ids for the blocks of a document that has no previous version."""
    return _completed(_keys(blocks), {})


def _keys(blocks: Sequence[Block]) -> list[Key]:
    return [(item["type"], block_text(item)) for item in walk(blocks)]


def _completed(keys: Sequence[Key], kept: dict[int, str]) -> tuple[str, ...]:
    """Fill in a hash of type, text and occurrence for every block that keeps no id."""
    taken, seen, ids = set(kept.values()), Counter[Key](), []
    for place, key in enumerate(keys):
        identifier = kept.get(place)
        while identifier is None or (place not in kept and identifier in taken):
            identifier = _hashed(key, seen[key])
            seen[key] += 1
        taken.add(identifier)
        ids.append(identifier)
    return tuple(ids)


def _hashed(key: Key, occurrence: int) -> str:
    return "b" + hashlib.sha256("\0".join([*key, str(occurrence)]).encode()).hexdigest()[:10]


@dataclass(slots=True)
class _Match:
    """Pairs the places of two versions of a document: new place -> old place, each at most once."""

    old: Sequence[Key]
    new: Sequence[Key]
    _pairs: dict[int, int] = field(default_factory=dict)
    _budget: int = MAX_PAIRS_IN_ALL

    def pairs(self) -> dict[int, int]:
        self._pair_ends()
        self._pair_equals()
        for news, olds in list(self._gaps()):
            self._pairs |= {news[place]: olds[origin] for place, origin in self._similar(news, olds)}
        return self._pairs

    def _pair_ends(self) -> None:
        shorter = min(len(self.old), len(self.new))
        first = 0
        while first < shorter and self.old[first] == self.new[first]:
            self._pairs[first] = first
            first += 1
        last = 1
        while last <= shorter - first and self.old[-last] == self.new[-last]:
            self._pairs[len(self.new) - last] = len(self.old) - last
            last += 1

    def _pair_equals(self) -> None:
        used = set(self._pairs.values())
        places: defaultdict[Key, deque[int]] = defaultdict(deque)
        for place, key in enumerate(self.old):
            if place not in used:
                places[key].append(place)
        for place, key in enumerate(self.new):
            if place not in self._pairs and places[key]:
                self._pairs[place] = places[key].popleft()

    def _gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """Yield each run of unpaired new places with the unpaired old places beside the same neighbours."""
        free = sorted(set(range(len(self.old))) - set(self._pairs.values()))
        unpaired, run = set(free), list[int]()
        for place in range(len(self.new) + 1):
            if place < len(self.new) and place not in self._pairs:
                run.append(place)
            elif run:
                before, after = self._pairs.get(run[0] - 1, -1), self._pairs.get(place, len(self.old))
                olds = sorted({*_run(before, 1, unpaired), *_run(after, -1, unpaired)})
                unpaired -= set(olds)
                yield run, olds
                run = []

    def _similar(self, news: list[int], olds: list[int]) -> list[tuple[int, int]]:
        pairs = len(news) * len(olds)
        found = align(
            [self.new[place] for place in news],
            [self.old[place] for place in olds],
            budget=min(MAX_PAIRS, self._budget),
        )
        self._budget = max(0, self._budget - pairs)
        return found


def _run(start: int, step: int, among: set[int]) -> Iterator[int]:
    place = start + step
    while place in among:
        yield place
        place += step

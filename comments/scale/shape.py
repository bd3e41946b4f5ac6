"""The shape of a made-up thread: who answers whom, what became of each reply, and the counts that follow. Pure."""

from dataclasses import dataclass
from random import Random

from comments import paths

DEEPEST = 20
RECENT = 40
"""Of how many of the latest replies one is answered."""

ROOTS = 0.4
"""The share of replies to the article itself."""

ENDS = ("published",) * 93 + ("held",) * 2 + ("rejected",) * 2 + ("removed",) + ("deleted",) * 2


@dataclass
class Place:
    """One reply to be: its parent's number in the thread, its path, its state, and what is published beneath it."""

    parent: int | None
    path: bytes
    state: str = "published"
    children: int = 0
    public_replies: int = 0

    @property
    def depth(self) -> int:
        return paths.levels(self.path) - 1


@dataclass(frozen=True)
class Shape:
    """A thread, its replies in the order in which they came."""

    places: list[Place]
    roots: int

    @property
    def public(self) -> int:
        return sum(place.state == "published" for place in self.places)

    @property
    def held(self) -> int:
        return sum(place.state == "held" for place in self.places)


def shape(chance: Random, number: int) -> Shape:
    """A thread of `number` replies. One with many has some chains of `DEEPEST` levels."""
    places: list[Place] = []
    roots = 0
    for index in range(number):
        parent = _parent(chance, places, index)
        if parent is None:
            roots += 1
            places.append(Place(None, paths.root(roots)))
            continue
        above = places[parent]
        above.children += 1
        places.append(Place(parent, paths.child(above.path, above.children)))
    _end(chance, places)
    _count(places)
    return Shape(places, roots)


def _parent(chance: Random, places: list[Place], index: int) -> int | None:
    if not places:
        return None
    if index % 1_000 < DEEPEST:
        return index - 1 if index % 1_000 else None  # a chain
    if chance.random() < ROOTS:
        return None
    chosen = chance.randrange(max(0, index - RECENT), index)
    return chosen if places[chosen].depth < DEEPEST - 1 else None


def _end(chance: Random, places: list[Place]) -> None:
    """What was never public was never answered."""
    for place in places:
        state = chance.choice(ENDS)
        place.state = "published" if place.children and state in ("held", "rejected") else state


def _count(places: list[Place]) -> None:
    """Every reply counts for all above it; whoever came later stands beneath whoever came before."""
    for place in reversed(places):
        if place.parent is not None:
            places[place.parent].public_replies += place.public_replies + (place.state == "published")

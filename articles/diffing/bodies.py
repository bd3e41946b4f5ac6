"""Three-way merge of Markdown sources, piece by piece.

In the manner of diff3 (Khanna, Kunal and Pierce, "A Formal Investigation of Diff3", 2007), refined: a piece that was
edited stays the same piece while it is similar, so that edits of neighbouring paragraphs, and a new paragraph beside
an edited one, do not conflict.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.diffing.chunks import chunks
from articles.diffing.matching import matched


@dataclass(frozen=True)
class Clash:
    """A stretch that both changed differently, in its three forms; `position` counts the base's pieces from 0."""

    position: int
    base: str
    theirs: str
    yours: str


@dataclass(frozen=True)
class _Region:
    position: int
    base: list[str]
    theirs: list[str]
    yours: list[str]


def merge_bodies(base: str, theirs: str, yours: str) -> tuple[str, list[Clash]]:
    """The merged source, with `theirs` wherever they clash, and the clashes.

    Raises BodyTooLongError for a source that is too long itself; the merge may be longer than either.
    """
    sources = [chunks(source) for source in (base, theirs, yours)]
    pieces: list[str] = []
    clashes: list[Clash] = []
    for region in _regions(*sources):
        for part in _fine(region):
            pieces += _chosen(part)
            if _clashes(part):
                texts = ("".join(side) for side in (part.base, part.theirs, part.yours))
                clashes.append(Clash(part.position, *texts))
    return _joined(pieces, sources), clashes


def _regions(base: list[str], theirs: list[str], yours: list[str]) -> Iterator[_Region]:
    """Each piece that lives on in both edits, and the stretches between those."""
    keys = [[("", piece.strip()) for piece in side] for side in (base, theirs, yours)]
    in_theirs, in_yours = matched(keys[0], keys[1]), matched(keys[0], keys[2])
    b = t = y = 0
    for place in (*(place for place in in_theirs if place in in_yours), None):
        if place is None:
            yield _Region(b, base[b:], theirs[t:], yours[y:])
            return
        t_end, y_end = in_theirs[place], in_yours[place]
        yield _Region(b, base[b:place], theirs[t:t_end], yours[y:y_end])
        yield _Region(place, [base[place]], [theirs[t_end]], [yours[y_end]])
        b, t, y = place + 1, t_end + 1, y_end + 1


def _fine(region: _Region) -> Iterator[_Region]:
    """Piece by piece where all three have equally many; else the region as one."""
    if not len(region.base) == len(region.theirs) == len(region.yours):
        yield region
        return
    for offset, (base, theirs, yours) in enumerate(
        zip(region.base, region.theirs, region.yours, strict=True)
    ):
        yield _Region(region.position + offset, [base], [theirs], [yours])


def _chosen(region: _Region) -> list[str]:
    if not _same(region.theirs, region.base):
        return region.theirs
    return region.base if _same(region.yours, region.base) else region.yours


def _clashes(region: _Region) -> bool:
    changed = not _same(region.theirs, region.base) and not _same(region.yours, region.base)
    return changed and not _same(region.theirs, region.yours)


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Blank lines around pieces do not count."""
    return [piece.strip("\n") for piece in one] == [piece.strip("\n") for piece in other]


def _joined(pieces: Sequence[str], sources: Sequence[Sequence[str]]) -> str:
    """The pieces as one source; neighbours that were none before get the blank line that keeps blocks apart."""
    beside = {pair for source in sources for pair in pairwise(source)}
    joined = [
        piece if (piece, following) in beside else piece.rstrip("\n") + "\n\n"
        for piece, following in pairwise(pieces)
    ]
    endings = {source[-1] for source in sources if source}
    last = [piece if piece in endings else piece.rstrip("\n") + "\n" for piece in pieces[-1:]]
    return "".join([*joined, *last])

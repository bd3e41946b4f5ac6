"""Which revision last changed each block of a body, told from the revisions in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.diffing.blocks import Block, is_equal


@dataclass(frozen=True)
class Lived:
    """One block of the newest revision: the revision in which it became what it is, and the one where it began."""

    block: Block
    changed_in: int
    began_in: int


def blame(history: Iterable[tuple[int, Sequence[Block]]]) -> list[Lived]:
    """`history`: (revision number, its top-level blocks), oldest first. One entry a block, in order."""
    lived: dict[str, Lived] = {}
    for number, blocks in history:
        lived = {block["id"]: _lived(lived.get(block["id"]), block, number) for block in blocks}
    return list(lived.values())


def _lived(before: Lived | None, block: Block, number: int) -> Lived:
    if before is None:
        return Lived(block, number, number)
    if is_equal(before.block, block):
        return Lived(block, before.changed_in, before.began_in)
    return Lived(block, number, before.began_in)

"""The shape of blocks and inlines as plain dictionaries, and the ways to walk them.

Their published description is in `schema`. A block's `id` and `html` stay empty until `rendering` fills them.
"""

from collections.abc import Iterator, Sequence
from typing import Any

Block = dict[str, Any]
Inline = dict[str, Any]


def block(type: str, **fields: Any) -> Block:
    """Return a block of a type with its own fields, its `id` and `html` still empty."""
    return {"id": "", "type": type, **fields, "html": ""}


def walk(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield every block in document order: a block, then the blocks inside it (pre-order)."""
    for item in blocks:
        yield item
        yield from walk(item.get("blocks", ()))


def walk_inlines(inlines: Sequence[Inline]) -> Iterator[Inline]:
    """Yield every inline in reading order, a wrapping one before what it wraps."""
    for item in inlines:
        yield item
        yield from walk_inlines(item.get("inlines", ()))


def own_inlines(item: Block) -> Iterator[Inline]:
    """Yield the inlines that a block holds itself, its table cells included, its nested blocks not."""
    yield from walk_inlines(item.get("inlines", ()))
    for cell in cells(item):
        yield from walk_inlines(cell["inlines"])


def cells(item: Block) -> Iterator[dict[str, Any]]:
    """Yield a table's cells, its header first, row by row; nothing for other blocks."""
    yield from item.get("header", ())
    for row in item.get("rows", ()):
        yield from row

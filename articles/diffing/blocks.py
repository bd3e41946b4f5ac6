"""The blocks of a body as they are compared: what makes two of them equal, and the text that is shown of one."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from articles.diffing.matching import matched
from articles.diffing.sequences import Budget, common_runs
from articles.markdown import to_markdown
from articles.markdown.builder import read
from articles.markdown.identity import fresh_ids
from articles.markdown.numbering import assign_ids, number
from articles.markdown.plain import block_text
from articles.markdown.tree import walk

Block = dict[str, Any]
Shown = Callable[[Block], str]

_ASSIGNED = frozenset({"html", "number", "anchor", "anchors"})


def blocks_of(source: str, ids: Sequence[str]) -> list[Block]:
    """The top-level blocks of a source with their ids, without HTML, which takes longest to make.

    Ids that an older grammar gave to another number of blocks are given up for new ones. Raises BodyTooLongError.
    """
    blocks = number(read(source)).blocks
    fitting = len(ids) == sum(1 for _ in walk(blocks))
    assign_ids(blocks, ids if fitting else fresh_ids(blocks))
    return blocks


def as_text(block: Block) -> str:
    """What a reader reads of it."""
    return block_text(block)


def as_source(block: Block) -> str:
    """The Markdown that an editor would write for it; its plain text when today's grammar has no such block."""
    try:
        return to_markdown([block]).rstrip("\n")
    except ValueError:
        return block_text(block)


def is_equal(one: Block, other: Block) -> bool:
    """Whether both say the same: ids, and numbers that follow from other blocks, do not count."""
    return one == other or _essence(one) == _essence(other)


def _essence(value: Any) -> Any:
    if isinstance(value, Mapping):
        own_id = () if "anchor" in value else ("id",)  # a footnote's mark is told by the note it belongs to
        return {
            name: _essence(item)
            for name, item in value.items()
            if name not in _ASSIGNED and name not in own_id
        }
    return [_essence(item) for item in value] if isinstance(value, list | tuple) else value


def with_ids_of(new: Sequence[Block], old: Sequence[Block]) -> list[Block]:
    """`old`, where what lost its id on the way (it was removed and came back) has the id of what it became."""
    taken, known = {item["id"] for item in new}, {item["id"] for item in old}
    lost = [place for place, item in enumerate(old) if item["id"] not in taken]
    fresh = [item for item in new if item["id"] not in known]
    found = matched([_key(old[place]) for place in lost], [_key(item) for item in fresh])
    ids = {lost[i]: fresh[j]["id"] for i, j in found.items()}
    return [{**item, "id": ids.get(place, item["id"])} for place, item in enumerate(old)]


def _key(item: Block) -> tuple[str, str]:
    return item["type"], block_text(item)


def paired_by_type(old: Sequence[Block], new: Sequence[Block]) -> list[Block]:
    """`old` with the ids of the blocks of `new` that stand in their places: for a text and its translation."""
    places: dict[int, int] = {}
    runs, _ = common_runs([_form(item) for item in old], [_form(item) for item in new], Budget())
    for i, j, size in runs:
        places |= {i + step: j + step for step in range(size)}
    return [
        {**item, "id": new[places[place]]["id"] if place in places else f"{item['id']}-other"}
        for place, item in enumerate(old)
    ]


def _form(block: Block) -> tuple[str, Any]:
    return block["type"], block.get("level")

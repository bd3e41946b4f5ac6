"""Reading a content for the guard: every place that holds words, in order, and the facts that stand there."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from articles.guard.tokens import Fact, facts_of, words_of
from articles.markdown.tree import Block, Inline, cells, own_inlines

APART = frozenset(
    "slug topics authors related comments_policy comments_close_at body_markdown "
    "references legal urgency content_notes medical review_due_at".split()
)
"""Fields that are no prose. Any other field is read as prose, also one that is added some day."""

_NO_PROSE = frozenset({"id", "type", "html", "language", "anchor", "variant", "certainty"})
Place = tuple[str, str, str]
"""Pointer of the field, id of the block or nothing, text."""


def places(content: Mapping[str, Any], blocks: Sequence[Block]) -> Iterator[Place]:
    """Every text of a content that readers may see; claims are compared as a whole, and left out here."""
    for name, value in content.items():
        if name not in APART:
            yield from ((pointer, "", text) for pointer, text in _leaves(f"/{name}", value))
    for block in _blocks(blocks):
        yield from (("/body_markdown", block["id"], text) for text in _texts(block))


def apart(one: Sequence[Place], other: Sequence[Place]) -> tuple[Sequence[Place], Sequence[Place]]:
    """Both without what they begin and end with alike: most of a text is as it was."""
    most = min(len(one), len(other))
    head = next((n for n in range(most) if not _same(one[n], other[n])), most)
    tail = next((n for n in range(most - head) if not _same(one[-1 - n], other[-1 - n])), most - head)
    return one[head : len(one) - tail], other[head : len(other) - tail]


def _same(one: Place, other: Place) -> bool:
    return (one[0], one[2]) == (other[0], other[2])


def vocabulary(found: Sequence[Place]) -> frozenset[str]:
    """Every word of these places."""
    return frozenset(word for _, _, text in found for word in words_of(text))


def facts(found: Sequence[Place], known: frozenset[str]) -> dict[str, list[Fact]]:
    """Numbers and negations by field, in order."""
    by_field: dict[str, list[Fact]] = {}
    for pointer, block, text in found:
        by_field.setdefault(pointer, []).extend(facts_of(text, known, block))
    return by_field


def marks(blocks: Sequence[Block]) -> Iterator[Fact]:
    """What else of a body is watched: citations, digits of links, numbered lists, notes of sections, urgent boxes."""
    for block in _blocks(blocks):
        place = block["id"]
        if block["type"] == "list" and block["ordered"]:
            yield Fact("number", f"list from {block['start']}", "", place)
        if block["type"] == "callout":
            yield Fact("urgency", f"callout {block['variant']}", "", place)
        for note in block.get("content_notes", ()):
            yield Fact("content_note", f"{note['type']}:{note['intensity']}", "", place)
        for inline in own_inlines(block):
            yield from _of_inline(inline, place)


def urgent_texts(blocks: Sequence[Block]) -> list[list[str]]:
    """The whole words of every urgent callout."""
    urgent = (block for block in _blocks(blocks) if block.get("variant") == "urgent")
    return [
        [word for each in _blocks([block]) for text in _texts(each) for word in text.split()]
        for block in urgent
    ]


def _of_inline(inline: Inline, place: str) -> Iterator[Fact]:
    if inline["type"] == "citation":
        for item in inline["items"]:
            yield Fact("reference", f"@{item['key']} {item['locator']}".strip(), "", place)
    if inline["type"] == "link" and (digits := "".join(filter(str.isdigit, inline["href"]))):
        yield Fact("number", f"{digits} in a link", "", place)


def _blocks(blocks: Sequence[Block]) -> Iterator[Block]:
    """Every block, a claim and what is in it left out."""
    for block in blocks:
        if block["type"] != "claim":
            yield block
            yield from _blocks(block.get("blocks", ()))


def _texts(block: Block) -> Iterator[str]:
    yield from (value for name, value in block.items() if name not in _NO_PROSE and isinstance(value, str))
    if "inlines" in block:
        yield _read(block["inlines"])
    yield from (_read(cell["inlines"]) for cell in cells(block))


def _read(inlines: Sequence[Inline]) -> str:
    """Letters in emphasis belong to the word around them; raised and lowered signs are told apart from digits."""
    return "".join(map(_read_one, inlines))


def _read_one(inline: Inline) -> str:
    kind = inline["type"]
    if kind in ("sup", "sub"):
        return f"{'^' if kind == 'sup' else '_'}{inline['text']}"
    if kind in ("break", "citation", "footnote"):
        return " "
    return str(inline["text"]) if "text" in inline else _read(inline.get("inlines", ()))


def _leaves(pointer: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _leaves(f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}", item)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _leaves(f"{pointer}/{index}", item)
    elif value is not None:
        yield pointer, str(value)

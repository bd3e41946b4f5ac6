"""Blocks as canonical Markdown: what `render` reads back as the same blocks, their ids aside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.markdown.containers import quote
from articles.markdown.inline_writer import inline_markdown, longest_run
from articles.markdown.tree import Block

_COLONS = re.compile(r"[ \t]*(:{3,})")
_RULES = {"left": ":---", "center": ":---:", "right": "---:", "default": "---"}
_MAX_NUMBER = 999_999_999


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block stands: how many lists are around it, and whether its list must differ from one before it."""

    lists: int = 0
    second: bool = False


def to_markdown(blocks: Sequence[Block]) -> str:
    """Return the canonical Markdown of a document's blocks, ending in a line feed unless it is empty.

    Raises ValueError for a type of block that the grammar cannot write.
    """
    lines = _lines(blocks, _Place())
    return "\n".join(lines) + "\n" if lines else ""


def _lines(blocks: Sequence[Block], place: _Place) -> list[str]:
    lines: list[str] = []
    for here, item in _placed(blocks, place):
        if lines:
            lines.append("")
        lines.extend(_write(item, here))
    return lines


def _placed(blocks: Sequence[Block], place: _Place) -> Iterator[tuple[_Place, Block]]:
    """Yield blocks with their places: of lists that touch, every second one takes the other marker."""
    before: Block | None = None
    second = False
    for item in blocks:
        touches = before is not None and before["type"] == item["type"] == "list"
        second = not second if touches and before and before["ordered"] == item["ordered"] else False
        yield _Place(place.lists, second), item
        before = item


def _write(item: Block, place: _Place) -> list[str]:
    write = _BLOCKS.get(item["type"])
    if write is None:
        raise ValueError(f"The grammar has no block of type {item['type']}.")
    return write(item, place)


def _paragraph(item: Block, place: _Place) -> list[str]:
    return inline_markdown(item["inlines"]).split("\n")


def _heading(item: Block, place: _Place) -> list[str]:
    # Number signs at a heading's end would close it.
    content = re.sub(r"(?<!\\)#$", r"\\#", inline_markdown(item["inlines"]))
    return ["#" * item["level"] + " " + content]


def _list(item: Block, place: _Place) -> list[str]:
    lines: list[str] = []
    for index, entry in enumerate(item["blocks"]):
        if lines and not item["tight"]:
            lines.append("")
        marker = _marker(item, index, place)
        inside = _Place(place.lists + 1)
        content = _tight_lines(entry["blocks"], inside) if item["tight"] else _lines(entry["blocks"], inside)
        lines.extend(_indented(content, first=marker + " ", rest=" " * (len(marker) + 1)))
    return lines


def _marker(item: Block, index: int, place: _Place) -> str:
    if item["ordered"]:
        return f"{min(item['start'] + index, _MAX_NUMBER)}{')' if place.second else '.'}"
    return "-*"[(place.lists + place.second) % 2]


def _tight_lines(blocks: Sequence[Block], place: _Place) -> list[str]:
    return [line for here, item in _placed(blocks, place) for line in _write(item, here)]


def _indented(lines: Sequence[str], *, first: str, rest: str) -> list[str]:
    if not lines:
        return [first.rstrip(" ")]
    return [(first if index == 0 else rest) + line if line else "" for index, line in enumerate(lines)]


def _quote(item: Block, place: _Place) -> list[str]:
    return [f"> {line}" if line else ">" for line in _lines(item["blocks"], _Place(place.lists))]


def _code(item: Block, place: _Place) -> list[str]:
    fence = "`" * max(3, longest_run(item["text"], "`") + 1)
    content = item["text"].split("\n") if item["text"] else []
    return [fence + item["language"], *content, fence]


def _divider(item: Block, place: _Place) -> list[str]:
    # After a list's marker, three hyphens would be a divider together with it.
    return ["___" if place.lists else "---"]


def _table(item: Block, place: _Place) -> list[str]:
    rules = [_RULES[alignment] for alignment in item["alignments"]]
    rows = [[_cell(cell) for cell in row] for row in [item["header"], *item["rows"]]]
    return ["| " + " | ".join(row) + " |" for row in [rows[0], rules, *rows[1:]]]


def _cell(cell: Block) -> str:
    return inline_markdown(cell["inlines"]).replace("|", "\\|")


def _callout(item: Block, place: _Place) -> list[str]:
    return _container("callout", {"type": item["variant"], "title": item["title"]}, item, place)


def _claim(item: Block, place: _Place) -> list[str]:
    keys = ",".join(reference["key"] for reference in item["references"])
    attributes = {"certainty": item["certainty"], "population": item["population"], "refs": keys}
    return _container("claim", attributes, item, place)


def _section(item: Block, place: _Place) -> list[str]:
    notes = ",".join(f"{note['type']}:{note['intensity']}" for note in item["content_notes"])
    return _container("section", {"notes": notes, "summary": item["summary"]}, item, place)


def _container(name: str, attributes: dict[str, str], item: Block, place: _Place) -> list[str]:
    inside = _lines(item["blocks"], _Place(place.lists))
    used = (len(match[1]) for line in inside if (match := _COLONS.match(line)))
    fence = ":" * (max(used, default=2) + 1)
    given = "".join(f" {key}={_value(key, value)}" for key, value in attributes.items() if value)
    return [f"{fence} {name}{given}", *inside, fence]


def _value(key: str, value: str) -> str:
    return quote(value) if key in {"title", "population", "summary"} else value


def _footnotes(item: Block, place: _Place) -> list[str]:
    return _lines(item["blocks"], place)


def _footnote(item: Block, place: _Place) -> list[str]:
    label, content = f"[^{item['number']}]:", _lines(item["blocks"], _Place())
    if item["blocks"] and item["blocks"][0]["type"] == "paragraph":
        return _indented(content, first=label + " ", rest="    ")
    return [label, *_indented(content, first="    ", rest="    ")] if content else [label]


_BLOCKS = {
    "paragraph": _paragraph,
    "heading": _heading,
    "list": _list,
    "quote": _quote,
    "code": _code,
    "divider": _divider,
    "table": _table,
    "callout": _callout,
    "claim": _claim,
    "section": _section,
    "footnotes": _footnotes,
    "footnote": _footnote,
}

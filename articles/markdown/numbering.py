"""Numbers in order of first mention, for citations and footnotes, and the final block that holds the footnotes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.markdown.builder import Draft
from articles.markdown.tree import Block, Inline, block, own_inlines, walk


@dataclass(frozen=True, slots=True)
class Numbered:
    """A document whose blocks carry their numbers; `citations` are the cited keys, first mentioned first."""

    blocks: list[Block]
    citations: tuple[str, ...]


def number(draft: Draft) -> Numbered:
    """Number a draft's citations and footnotes in place; footnotes nobody mentions are reported and left out.

    A claim's references count as mentioned after its text; footnotes are read after everything else.
    """
    counter = _Counter()
    counter.visit(draft.blocks)
    notes: list[Block] = []
    while len(notes) < len(counter.mentioned):
        inside = draft.footnotes[counter.mentioned[len(notes)]].blocks
        counter.visit(inside)
        notes.append(block("footnote", number=len(notes) + 1, anchors=[], blocks=inside))
    for label, unused in draft.footnotes.items():
        if label not in counter.footnotes:
            draft.log.add("footnote-unused", line=unused.line, excerpt=f"[^{label}]:", label=label)
    ending = [block("footnotes", blocks=notes)] if notes else []
    return Numbered([*draft.blocks, *ending], tuple(counter.citations))


@dataclass(slots=True)
class _Counter:
    citations: dict[str, int] = field(default_factory=dict)
    footnotes: dict[str, int] = field(default_factory=dict)
    mentioned: list[str] = field(default_factory=list)

    def visit(self, blocks: Sequence[Block]) -> None:
        for item in blocks:
            for inline in own_inlines(item):
                self._take(inline)
            self.visit(item.get("blocks", ()))
            self._cite(item.get("references", ()))

    def _take(self, inline: Inline) -> None:
        if inline["type"] == "citation":
            self._cite(inline["items"])
        elif inline["type"] == "footnote":
            inline["number"] = self._note(inline.pop("label"))

    def _note(self, label: str) -> int:
        if label not in self.footnotes:
            self.mentioned.append(label)
            self.footnotes[label] = len(self.mentioned)
        return self.footnotes[label]

    def _cite(self, items: Sequence[dict[str, object]]) -> None:
        for item in items:
            item["number"] = self.citations.setdefault(str(item["key"]), len(self.citations) + 1)


def assign_ids(blocks: Sequence[Block], ids: Sequence[str]) -> None:
    """Give every block its id (pre-order) and join footnote marks with their footnotes by id and anchor."""
    notes: dict[int, Block] = {}
    for item, identifier in zip(walk(blocks), ids, strict=True):
        item["id"] = identifier
        if item["type"] == "footnote":
            notes[item["number"]] = item
    for item in walk(blocks):
        for inline in own_inlines(item):
            if inline["type"] == "footnote":
                note = notes[inline["number"]]
                inline["id"] = note["id"]
                inline["anchor"] = f"{note['id']}-ref-{len(note['anchors']) + 1}"
                note["anchors"].append(inline["anchor"])

"""From block tokens to blocks, before numbers, ids and HTML: the grammar's meaning.

Everything that is left out or changed on the way is a problem in the log.
"""

import re
from dataclasses import dataclass, field

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from articles.markdown.directives import directive
from articles.markdown.inlines import InlineReader, without_breaks
from articles.markdown.problems import ProblemLog
from articles.markdown.syntax import MAX_NESTING, parse, prepare
from articles.markdown.tree import Block, block

_LANGUAGE = re.compile(r"[A-Za-z0-9_+#.-]{1,40}")
_PIPE = re.compile(r"(?<!\\)\|")
_ALIGNMENTS = {"text-align:left": "left", "text-align:center": "center", "text-align:right": "right"}


@dataclass(frozen=True, slots=True)
class Definition:
    """A footnote's text and the line (from 1) where it is defined."""

    line: int
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that was read: its blocks, its footnotes by label in order of definition, its problems."""

    blocks: list[Block]
    footnotes: dict[str, Definition]
    log: ProblemLog


def read(source: str) -> Draft:
    """Read a source into blocks that have no numbers yet. Raises BodyTooLongError."""
    log = ProblemLog()
    prepared, replaced = prepare(source)
    if replaced:
        log.add("control-character", count=replaced)
    tokens, too_deep = parse(prepared)
    lines = prepared.split("\n")
    for line in too_deep:
        log.add("nesting-too-deep", line=line + 1, excerpt=lines[line], limit=MAX_NESTING)
    reader = _BlockReader(tokens, lines, log)
    blocks = reader.blocks_until(None)
    return Draft(blocks, reader.footnotes, log)


@dataclass(slots=True)
class _BlockReader:
    tokens: list[Token]
    lines: list[str]
    log: ProblemLog
    footnotes: dict[str, Definition] = field(default_factory=dict)
    _position: int = 0
    _level: int = 1
    _inlines: InlineReader = field(init=False)

    def __post_init__(self) -> None:
        labels = (token.meta["label"] for token in self.tokens if token.type == "footnote_reference_open")
        self._inlines = InlineReader(self.log, frozenset(labels))

    def blocks_until(self, closing: str | None) -> list[Block]:
        blocks: list[Block] = []
        while self._position < len(self.tokens):
            token = self._next()
            if token.type == closing:
                break
            blocks.extend(_READERS[token.type](self, token))
        return blocks

    def _next(self) -> Token:
        self._position += 1
        return self.tokens[self._position - 1]

    def _leaf(self) -> Token:
        inline = self._next()
        self._position += 1
        return inline

    def _report(self, code: str, token: Token, excerpt: str = "", **details: object) -> None:
        self.log.add(code, line=token.map[0] + 1 if token.map else None, excerpt=excerpt, **details)

    def _unless_empty(self, token: Token, made: Block, *parts: object) -> list[Block]:
        if any(parts):
            return [made]
        self._report("empty-block", token, type=made["type"])
        return []

    def _paragraph(self, token: Token) -> list[Block]:
        inlines = self._inlines.read(self._leaf())
        return self._unless_empty(token, block("paragraph", inlines=inlines), inlines)

    def _heading(self, token: Token) -> list[Block]:
        inline = self._leaf()
        inlines = without_breaks(self._inlines.read(inline))
        level = int(token.tag[1])
        if not inlines:
            self._report("empty-block", token, type="heading")
            return []
        if not 2 <= level <= 4:
            self._report("heading-level-one" if level == 1 else "heading-too-deep", token, inline.content)
        level = min(max(level, 2), 4)
        if level > self._level + 1:
            self._report("heading-level-skipped", token, inline.content, previous=self._level, level=level)
        self._level = level
        return [block("heading", level=level, inlines=inlines)]

    def _list(self, token: Token) -> list[Block]:
        ordered, first = token.type == "ordered_list_open", self._position
        items = self.blocks_until(token.type.replace("open", "close"))
        start = int(token.attrs.get("start", 1)) if ordered else 1
        spread = self._is_spread(first, token.level + 2) and _can_be_spread(items)
        tight = not spread and all(_can_be_tight(item["blocks"]) for item in items)
        return [block("list", ordered=ordered, start=start, tight=tight, blocks=items)]

    def _is_spread(self, first: int, level: int) -> bool:
        """Say whether a list's own paragraphs are set apart: markdown-it hides those of a tight list."""
        return any(
            token.type == "paragraph_open" and token.level == level and not token.hidden
            for token in self.tokens[first : self._position]
        )

    def _item(self, token: Token) -> list[Block]:
        return [block("list_item", blocks=self.blocks_until("list_item_close"))]

    def _quote(self, token: Token) -> list[Block]:
        blocks = self.blocks_until("blockquote_close")
        return self._unless_empty(token, block("quote", blocks=blocks), blocks)

    def _code(self, token: Token) -> list[Block]:
        info = unescapeAll(token.info).strip()
        language = _LANGUAGE.match(info)
        if info != (language[0] if language else ""):
            self._report("code-language", token, info)
        kept = language[0] if language else ""
        return [block("code", language=kept, text=token.content.removesuffix("\n"))]

    def _divider(self, token: Token) -> list[Block]:
        return [block("divider")]

    def _table(self, token: Token) -> list[Block]:
        alignments: list[str] = []
        rows: list[list[dict[str, object]]] = []
        while (part := self._next()).type != "table_close":
            if part.type == "tr_open":
                rows.append([])
                self._judge_row(part, len(alignments))
            elif part.type == "inline":
                rows[-1].append({"inlines": self._inlines.read(part)})
            elif part.type == "th_open":
                alignments.append(_ALIGNMENTS.get(str(part.attrs.get("style", "")), "default"))
        return [block("table", alignments=alignments, header=rows[0], rows=rows[1:])]

    def _judge_row(self, row: Token, columns: int) -> None:
        """Report cells beyond the header's: GFM drops them."""
        line = self.lines[row.map[0]] if row.map else ""
        if columns and _cells_in(line) > columns:
            self._report("table-row-too-long", row, line, columns=columns)

    def _container(self, token: Token) -> list[Block]:
        line = (token.map or [0])[0] + 1
        children = self.blocks_until("container_close")
        if not token.meta["closed"]:
            self._report("container-unclosed", token, token.meta["info"], colons=":" * token.meta["colons"])
        return directive(token.meta["info"], children, line=line, log=self.log)

    def _stray(self, token: Token) -> list[Block]:
        self._report("container-stray-fence", token, ":::")
        return []

    def _footnote(self, token: Token) -> list[Block]:
        label, blocks = token.meta["label"], self.blocks_until("footnote_reference_close")
        if label in self.footnotes:
            self._report("footnote-duplicate", token, f"[^{label}]:", label=label)
        if not blocks:
            self._report("footnote-empty", token, f"[^{label}]:", label=label)
        self.footnotes.setdefault(label, Definition((token.map or [0])[0] + 1, blocks))
        return []


_READERS = {
    "paragraph_open": _BlockReader._paragraph,
    "heading_open": _BlockReader._heading,
    "bullet_list_open": _BlockReader._list,
    "ordered_list_open": _BlockReader._list,
    "list_item_open": _BlockReader._item,
    "blockquote_open": _BlockReader._quote,
    "fence": _BlockReader._code,
    "code_block": _BlockReader._code,
    "hr": _BlockReader._divider,
    "table_open": _BlockReader._table,
    "container_open": _BlockReader._container,
    "container_stray": _BlockReader._stray,
    "footnote_reference_open": _BlockReader._footnote,
}


def _cells_in(line: str) -> int:
    content = line.lstrip(" \t>").removeprefix("|").rstrip(" \t")
    return len(_PIPE.findall(content[:-1] if _PIPE.search(content, len(content) - 1) else content)) + 1


def _can_be_spread(items: list[Block]) -> bool:
    """Say whether there is a paragraph to set apart, and a place for the blank line that does so."""
    inside = [child for item in items for child in item["blocks"]]
    return any(child["type"] == "paragraph" for child in inside) and max(len(items), len(inside)) > 1


def _can_be_tight(blocks: list[Block]) -> bool:
    """Say whether an item can be written without blank lines: a paragraph, then lists that may interrupt it.

    CommonMark 0.31, 5.2: an empty item, or a number other than 1, cannot interrupt a paragraph.
    """
    rest = blocks[1:] if blocks and blocks[0]["type"] == "paragraph" else blocks
    if not all(item["type"] == "list" and item["tight"] for item in rest):
        return False
    following = rest if rest is not blocks else rest[1:]
    return all(item["start"] == 1 and item["blocks"][0]["blocks"] for item in following)

"""Inlines as canonical Markdown: one line, but for hard breaks, that reads back as the same inlines.

Emphasis opens and closes by what stands beside it (CommonMark 0.31, 6.2). Where a neighbour would prevent that,
the neighbour is written as a numeric entity, which counts as punctuation and reads back as the character.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from articles.markdown.links import destination_of
from articles.markdown.marks import SCRIPT_TYPES
from articles.markdown.tree import Inline

_ALWAYS_ESCAPED = frozenset("\\`*_[]~^")
_LINE_START = re.compile(r"#(?=[#\s]|$)|>|[+=](?=[+=\s]|$)|-(?=[-\s|:]|$)|:(?=[:-]|$)|\|")
_LIST_NUMBER = re.compile(r"\d{1,9}(?=[.)])")
_MARKERS = {kind: marker for marker, kind in SCRIPT_TYPES.items()}


@dataclass(slots=True)
class _Pair:
    """The two ends of one emphasis; `*` gives way to `_` where it would touch the marks of strong emphasis."""

    strong: bool
    underscore: bool = False

    @property
    def mark(self) -> str:
        return "**" if self.strong else "_" if self.underscore else "*"


@dataclass(slots=True)
class _Piece:
    """A stretch of output: units of text (each one escaped character), fixed Markdown, or an end of emphasis."""

    units: list[str] = field(default_factory=list)
    pair: _Pair | None = None
    opens: bool = False
    is_text: bool = False
    is_break: bool = False

    @property
    def first(self) -> str:
        return self.pair.mark[0] if self.pair else self.units[0][0]

    @property
    def last(self) -> str:
        return self.pair.mark[0] if self.pair else self.units[-1][-1]

    @property
    def output(self) -> str:
        return self.pair.mark if self.pair else "".join(self.units)


def inline_markdown(inlines: Sequence[Inline]) -> str:
    """Return the Markdown of a paragraph's, a heading's or a cell's inlines."""
    pieces = list(_pieces(inlines))
    _choose_marks(pieces)
    for index, piece in enumerate(pieces):
        if piece.is_text:
            before = pieces[index - 1] if index else None
            _escape_start(piece, before)
            _escape_end(piece, pieces[index + 1] if index + 1 < len(pieces) else None)
    for index, piece in enumerate(pieces):
        if piece.pair:
            _make_flank(pieces, index)
    return "".join(piece.output for piece in pieces)


def _pieces(inlines: Sequence[Inline]) -> list[_Piece]:
    pieces: list[_Piece] = []
    for item in inlines:
        pieces.extend(_piece(item))
    return pieces


def _piece(item: Inline) -> list[_Piece]:
    kind = item["type"]
    if kind in {"emphasis", "strong"}:
        pair = _Pair(strong=kind == "strong")
        return [_Piece(pair=pair, opens=True), *_pieces(item["inlines"]), _Piece(pair=pair)]
    if kind == "link":
        return [_Piece(["["]), *_pieces(item["inlines"]), _Piece([f"]({_destination(item)})"])]
    if kind == "text":
        return [_Piece(_units(item["text"]), is_text=True)]
    if kind == "break":
        return [_Piece(["\\\n"], is_break=True)]
    return [_Piece([_FIXED[kind](item)])]


def _units(text: str) -> list[str]:
    return [_unit(sign, text[place + 1 : place + 2]) for place, sign in enumerate(text)]


def _unit(sign: str, following: str) -> str:
    if sign == "\ufeff":
        return _entity(sign)
    entity = sign == "&" and (following == "#" or following.isalnum())
    tag = sign == "<" and not (following.isdigit() or following in {" ", "="} or following == "\u00a0")
    return "\\" + sign if sign in _ALWAYS_ESCAPED or entity or tag else sign


def _choose_marks(pieces: Sequence[_Piece]) -> None:
    for one, other in pairwise(pieces):
        if one.pair and other.pair and one.pair.strong != other.pair.strong:
            weak = other.pair if one.pair.strong else one.pair
            weak.underscore = True


def _escape_start(piece: _Piece, before: _Piece | None) -> None:
    if before is None or before.is_break:
        text = "".join(piece.units)
        if piece.units[0].isspace():
            piece.units[0] = _entity(piece.units[0])
        elif number := _LIST_NUMBER.match(text):
            piece.units[number.end()] = "\\" + piece.units[number.end()]
        elif _LINE_START.match(text):
            piece.units[0] = "\\" + piece.units[0]
    elif before.last == "]" and piece.units[0] in {"(", ":"}:
        piece.units[0] = "\\" + piece.units[0]


def _escape_end(piece: _Piece, following: _Piece | None) -> None:
    last = piece.units[-1]
    if last.isspace() and (following is None or following.is_break):
        piece.units[-1] = _entity(last)
    elif last == "!" and following is not None and following.first == "[":
        piece.units[-1] = "\\!"


def _make_flank(pieces: Sequence[_Piece], index: int) -> None:
    """Write the neighbours of one mark so that it can open, or close, as it should."""
    piece, step = pieces[index], 1 if pieces[index].opens else -1
    inner, outer = pieces[index + step], None
    if 0 <= index - step < len(pieces):
        outer = pieces[index - step]
    inner_end, outer_end = (0, -1) if piece.opens else (-1, 0)
    if inner.is_text and inner.units[inner_end].isspace():
        inner.units[inner_end] = _entity(inner.units[inner_end])
    inner_sign = inner.first if piece.opens else inner.last
    if outer is None or not outer.is_text or not (_is_mark(inner_sign) or piece.output == "_"):
        return
    outer_sign = outer.last if piece.opens else outer.first
    if not _is_space(outer_sign) and not _is_mark(outer_sign):
        outer.units[outer_end] = _entity(outer.units[outer_end])


def _is_space(sign: str) -> bool:
    """Say whether CommonMark counts a character as white space: Unicode's category Zs, tabs and line ends."""
    return sign in "\t\n\f\r\v" or unicodedata.category(sign) == "Zs"


def _is_mark(sign: str) -> bool:
    """Say whether CommonMark counts a character as punctuation: Unicode's categories P and S."""
    return unicodedata.category(sign)[0] in "PS"


def _entity(sign: str) -> str:
    return f"&#{ord(sign)};" if len(sign) == 1 else sign


def _code(item: Inline) -> str:
    content = item["text"]
    fence = "`" * (longest_run(content, "`") + 1)
    padded = (
        content[0] == "`" or content[-1] == "`" or (content[0] == content[-1] == " " and content.strip(" "))
    )
    return f"{fence} {content} {fence}" if padded else f"{fence}{content}{fence}"


def longest_run(text: str, sign: str) -> int:
    """Return the length of the longest run of one character in a text."""
    return max((len(run) for run in re.findall(f"{re.escape(sign)}+", text)), default=0)


def _destination(item: Inline) -> str:
    escaped = re.sub(r"&(?=[#A-Za-z])", r"\\&", destination_of(item))
    return f"<{escaped}>" if "(" in escaped or ")" in escaped else escaped


def _citation(item: Inline) -> str:
    return "[" + "; ".join(map(_cited, item["items"])) + "]"


def _cited(item: dict[str, str]) -> str:
    return f"@{item['key']}, {item['locator']}" if item["locator"] else f"@{item['key']}"


def _script(item: Inline) -> str:
    marker = _MARKERS[item["type"]]
    content = item["text"].replace("\\", "\\\\").replace(marker, "\\" + marker)
    return f"{marker}{content}{marker}"


_FIXED = {
    "code": _code,
    "citation": _citation,
    "footnote": lambda item: f"[^{item['number']}]",
    "sub": _script,
    "sup": _script,
}

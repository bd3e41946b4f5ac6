"""From inline tokens to inlines: what a paragraph, a heading or a table's cell holds.

Equal meanings get one shape: adjacent texts are joined, white space is collapsed, emphasis inside emphasis is
one emphasis, and line breaks stand outside of what they would begin or end.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from markdown_it.token import Token

from articles.markdown.links import resolve
from articles.markdown.problems import ProblemLog
from articles.markdown.tree import Inline

_SPACES = re.compile(r"[ \t\n\r\f\v]+")
# A tag, the beginning of a tag with an attribute, a comment, a declaration or a processing instruction.
_RAW_HTML = re.compile(
    r"</?[A-Za-z][A-Za-z0-9-]*(?:[\s/][^<>]{0,1000})?>"
    r"|<[A-Za-z][A-Za-z0-9-]*\s+[\w:-]+\s*=|<!--|<!\[CDATA\[|<![A-Za-z]|<\?"
)
_WRAPPERS = {"em_open": "emphasis", "strong_open": "strong", "link_open": "link"}
_CLOSERS = {"em_close", "strong_close", "link_close"}


@dataclass(slots=True)
class _Frame:
    type: str
    attributes: dict[str, Any] = field(default_factory=dict)
    nodes: list[Inline] = field(default_factory=list)


@dataclass(slots=True)
class InlineReader:
    """Reads the inlines of one text at a time; `footnotes` are the labels that the document defines."""

    log: ProblemLog
    footnotes: frozenset[str]
    _line: int | None = None
    _frames: list[_Frame] = field(default_factory=list)
    _opened: list[bool] = field(default_factory=list)

    def read(self, token: Token) -> list[Inline]:
        """Return the inlines of an `inline` token; its first line is the one problems are counted from."""
        self._line = token.map[0] + 1 if token.map else None
        self._frames, self._opened = [_Frame("root")], []
        for child in token.children or ():
            self._take(child)
        return trimmed(tidy(self._frames[0].nodes))

    def _take(self, token: Token) -> None:
        if token.type in _WRAPPERS:
            self._open(token)
        elif token.type in _CLOSERS:
            self._close()
        elif reader := _READERS.get(token.type):
            self._frames[-1].nodes.append(reader(self, token))

    def _open(self, token: Token) -> None:
        kind = _WRAPPERS[token.type]
        self._opened.append(all(frame.type != kind for frame in self._frames))
        if self._opened[-1]:
            self._frames.append(_Frame(kind, dict(token.attrs)))

    def _close(self) -> None:
        if not self._opened.pop():
            return
        frame = self._frames.pop()
        before, nodes, after = _split_edges(tidy(frame.nodes))
        wrapped = self._link(frame, nodes) if frame.type == "link" else _emphasis(frame.type, nodes)
        self._frames[-1].nodes.extend([*before, *wrapped, *after])

    def _link(self, frame: _Frame, nodes: list[Inline]) -> list[Inline]:
        href = str(frame.attributes["href"])
        if frame.attributes.get("title"):
            self._report("link-title", str(frame.attributes["title"]))
        resolved = resolve(href)
        if resolved is None:
            self._report("link-not-allowed", plain_text(nodes), href=href)
            return nodes
        if is_blank(nodes):
            self._report("link-without-text", href, href=href)
            return nodes
        return [{"type": "link", **resolved, "inlines": nodes}]

    def _text(self, token: Token) -> Inline:
        for found in _RAW_HTML.finditer(token.content):
            self._report("raw-html", token.content, tag=found[0])
        if "[@" in token.content:
            self._report("citation-malformed", token.content[token.content.index("[@") :])
        return text(token.content)

    def _escaped(self, token: Token) -> Inline:
        return text(token.content)

    def _code(self, token: Token) -> Inline:
        return {"type": "code", "text": token.content}

    def _script(self, token: Token) -> Inline:
        return {"type": token.type, "text": token.content}

    def _soft_break(self, token: Token) -> Inline:
        self._next_line()
        return text(" ")

    def _hard_break(self, token: Token) -> Inline:
        self._next_line()
        return {"type": "break"}

    def _image(self, token: Token) -> Inline:
        self._report("image-unsupported", token.content or str(token.attrs.get("src", "")))
        return text(_alternative(token))

    def _citation(self, token: Token) -> Inline:
        if self._inside_link():
            self._report("citation-in-link", token.content)
            return text(token.content)
        items = [{"key": key, "number": 0, "locator": locator} for key, locator in token.meta["items"]]
        return {"type": "citation", "items": items}

    def _footnote(self, token: Token) -> Inline:
        label = token.meta["label"]
        if label not in self.footnotes:
            self._report("footnote-undefined", token.content, label=label)
            return text(token.content)
        if self._inside_link():
            self._report("footnote-in-link", token.content)
            return text(token.content)
        return {"type": "footnote", "id": "", "number": 0, "anchor": "", "label": label}

    def _inside_link(self) -> bool:
        return any(frame.type == "link" for frame in self._frames)

    def _next_line(self) -> None:
        if self._line is not None:
            self._line += 1

    def _report(self, code: str, excerpt: str, **details: object) -> None:
        self.log.add(code, line=self._line, excerpt=excerpt, **details)


_READERS = {
    "text": InlineReader._text,
    "text_special": InlineReader._escaped,
    "code_inline": InlineReader._code,
    "sub": InlineReader._script,
    "sup": InlineReader._script,
    "softbreak": InlineReader._soft_break,
    "hardbreak": InlineReader._hard_break,
    "image": InlineReader._image,
    "citation": InlineReader._citation,
    "footnote_mark": InlineReader._footnote,
}


def text(content: str) -> Inline:
    """Return a text inline."""
    return {"type": "text", "text": content}


def plain_text(inlines: Iterable[Inline]) -> str:
    """Return what a reader would hear: no marks of citations or footnotes, breaks as line feeds."""
    return "".join(_plain(item) for item in inlines)


def _plain(item: Inline) -> str:
    if item["type"] == "break":
        return "\n"
    return str(item["text"]) if "text" in item else plain_text(item.get("inlines", ()))


def is_blank(inlines: Sequence[Inline]) -> bool:
    """Say whether nothing of these inlines could be seen."""
    return not any(
        item["type"] in {"code", "citation", "footnote", "sub", "sup"}
        or (item["type"] == "text" and not item["text"].isspace())
        or not is_blank(item.get("inlines", ()))
        for item in inlines
    )


def tidy(nodes: Sequence[Inline]) -> list[Inline]:
    """Join what belongs together and collapse white space; a space beside a break goes."""
    joined: list[Inline] = []
    for kind, group in groupby(nodes, key=lambda item: item["type"]):
        if kind == "text":
            joined.append(text(_SPACES.sub(" ", "".join(item["text"] for item in group))))
        elif kind in {"emphasis", "strong"}:
            joined.append(_joined(kind, list(group)))
        else:
            joined.extend(group)
    return _without_spaces_at_breaks(joined)


def _joined(kind: str, group: list[Inline]) -> Inline:
    if len(group) == 1:
        return group[0]
    return {"type": kind, "inlines": tidy([child for item in group for child in item["inlines"]])}


def _without_spaces_at_breaks(nodes: list[Inline]) -> list[Inline]:
    kept: list[Inline] = []
    for index, item in enumerate(nodes):
        if item["type"] == "text":
            content = item["text"]
            if index and nodes[index - 1]["type"] == "break":
                content = content.removeprefix(" ")
            if index + 1 < len(nodes) and nodes[index + 1]["type"] == "break":
                content = content.removesuffix(" ")
            item = text(content)
        if item.get("text") != "" or item["type"] != "text":
            kept.append(item)
    return kept


def trimmed(nodes: list[Inline]) -> list[Inline]:
    """Return a whole text's inlines without spaces and breaks at its ends; nothing when none can be seen."""
    if is_blank(nodes):
        return []
    _, middle, _ = _split_edges(nodes)
    for index, strip in ((0, str.lstrip), (-1, str.rstrip)):
        if middle[index]["type"] == "text":
            middle[index] = text(strip(middle[index]["text"], " "))
    kept = [item for item in middle if item != text("")]
    return kept if kept == nodes else trimmed(kept)


def without_breaks(nodes: Iterable[Inline]) -> list[Inline]:
    """Return the inlines with a space for each break: a heading is one line."""
    replaced: list[Inline] = []
    for item in nodes:
        if "inlines" in item:
            item = {**item, "inlines": without_breaks(item["inlines"])}
        replaced.append(text(" ") if item["type"] == "break" else item)
    return tidy(replaced)


def _split_edges(nodes: list[Inline]) -> tuple[list[Inline], list[Inline], list[Inline]]:
    first, last = 0, len(nodes)
    while first < last and nodes[first]["type"] == "break":
        first += 1
    while last > first and nodes[last - 1]["type"] == "break":
        last -= 1
    return nodes[:first], nodes[first:last], nodes[last:]


def _emphasis(kind: str, nodes: list[Inline]) -> list[Inline]:
    return nodes if is_blank(nodes) else [{"type": kind, "inlines": nodes}]


def _alternative(image: Token) -> str:
    parts = []
    for child in image.children or ():
        parts.append(_alternative(child) if child.type == "image" else child.content)
        if child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return "".join(parts)

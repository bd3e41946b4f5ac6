"""The block rule for `:::` fences and the reading of their attributes; what they mean is in `directives`."""

import re
from dataclasses import dataclass

from markdown_it.rules_block import StateBlock

_FENCE = re.compile(r"(:{3,})[ \t]*(.*?)[ \t]*$")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_ATTRIBUTE = re.compile(
    r"\s+([A-Za-z][A-Za-z0-9_-]*)=(?:\"((?:[^\"\\]|\\.)*)\"|“([^”]*)”|([^\s\"“”]+))(?=\s|$)"
)
_ESCAPE = re.compile(r"\\([\"\\])")


@dataclass(frozen=True, slots=True)
class Heading:
    """A container's first line: its name, its attributes, and what of the line could not be read."""

    name: str
    attributes: dict[str, str]
    repeated: tuple[str, ...]
    rest: str


def read_heading(info: str) -> Heading:
    """Read `name key=value key="quoted value"`; a quoted value escapes quotation marks by a backslash."""
    name = _NAME.match(info)
    position = name.end() if name else 0
    attributes: dict[str, str] = {}
    repeated = []
    while match := _ATTRIBUTE.match(info, position):
        key, plain = match[1], next(group for group in match.groups()[1:] if group is not None)
        value = " ".join(_ESCAPE.sub(r"\1", plain).split() if match[2] is not None else plain.split())
        if key in attributes:
            repeated.append(key)
        attributes.setdefault(key, value)
        position = match.end()
    return Heading(name[0] if name else "", attributes, tuple(repeated), info[position:].strip())


def quote(value: str) -> str:
    """Return a value as a quoted attribute, the inverse of what `read_heading` does."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a fenced container up to a bare fence of as many colons or more, or to the end of its parent.

    A bare fence that closes nothing becomes a token of its own, to be reported and left out.
    """
    fence = None if state.is_code_block(start) else _FENCE.match(_line(state, start))
    if fence is None:
        return False
    if silent:
        return True
    colons, info = fence.groups()
    if not info:
        state.push("container_stray", "", 0).map = [start, start + 1]
        state.line = start + 1
        return True
    close = _closing_line(state, start + 1, end, len(colons))
    last = end if close is None else close
    _read_inside(state, start, last, {"info": info, "colons": len(colons), "closed": close is not None})
    if close is not None:
        state.line = close + 1
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _closing_line(state: StateBlock, line: int, end: int, colons: int) -> int | None:
    while line < end:
        if not state.isEmpty(line):
            if state.sCount[line] < state.blkIndent:
                return None
            text = _line(state, line).rstrip(" \t")
            if len(text) >= colons and not text.strip(":") and not state.is_code_block(line):
                return line
        line += 1
    return None


def _read_inside(state: StateBlock, start: int, last: int, meta: dict[str, object]) -> None:
    parent, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", last
    opening = state.push("container_open", "", 1)
    opening.meta, opening.map = meta, [start, last]
    state.line = start + 1
    state.md.block.tokenize(state, start + 1, last)
    state.push("container_close", "", -1)
    state.parentType, state.lineMax = parent, line_max

"""An answer laid out for reading: indented JSON, in pieces of which some are links. Escaping is the template's."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cms.renderers import encode

LIMIT = 400_000
"""Characters of a page's JSON: a longer one is cut, and the page says so."""

_STRING = re.compile(r'"(?P<text>[^"\\\n]*)"(?P<key>:)?|"(?:[^"\\\n]|\\.)*"')
_ADDRESS = re.compile(r"(?:https?://[^\s<>]+|/(?:[^\s<>/][^\s<>]*)?)")


@dataclass(frozen=True)
class Piece:
    """Some characters of the text; with `href`, a link."""

    text: str
    href: str = ""

    @property
    def leads_away(self) -> bool:
        return not self.href.startswith("/")


def pieces(data: Any) -> list[Piece]:
    """`data` (a JSON value, or bytes that hold one) as pieces whose texts together are indented JSON."""
    return list(_split(indented(data)[:LIMIT]))


def is_cut(data: Any) -> bool:
    return len(indented(data)) > LIMIT


def value_of(data: Any) -> Any:
    """The JSON value of an answer; None when it is not JSON."""
    try:
        return json.loads(data if isinstance(data, bytes) else encode(data))
    except (ValueError, TypeError):
        return None


def indented(data: Any) -> str:
    if data is None:
        return ""
    return json.dumps(data, ensure_ascii=False, indent=2)


def _split(text: str) -> Iterator[Piece]:
    """Strings that are an address on this host or on the web become links; names of members do not."""
    done = 0
    for match in _STRING.finditer(text):
        address = match["text"]
        if not address or match["key"] or not _ADDRESS.fullmatch(address):
            continue
        start = match.start("text")
        yield Piece(text[done:start])
        yield Piece(address, href=address)
        done = match.end("text")
    yield Piece(text[done:])

"""An answer laid out for reading: indented JSON, in pieces of which some are links. Escaping is the template's."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cms.browsable.zone import Beside, moment, no_instant
from cms.renderers import encode

LIMIT = 400_000
"""Characters of a page's JSON: a longer one is cut, and the page says so."""

_STRING = re.compile(r'"(?P<text>[^"\\\n]*)"(?P<key>:)?|"(?:[^"\\\n]|\\.)*"')
_ADDRESS = re.compile(r"(?:https?://[^\s<>]+|/(?:[^\s<>/][^\s<>]*)?)")


@dataclass(frozen=True)
class Piece:
    """Some characters of the text; with `href`, a link; with `moment`, an instant. `beside` is no part of the text."""

    text: str
    href: str = ""
    moment: str = ""
    beside: str = ""

    @property
    def leads_away(self) -> bool:
        return not self.href.startswith("/")


def pieces(data: Any, beside: Beside = no_instant) -> list[Piece]:
    """`data` (a JSON value, or bytes that hold one) as pieces whose texts together are indented JSON."""
    return list(_split(indented(data)[:LIMIT], beside))


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


def _split(text: str, beside: Beside) -> Iterator[Piece]:
    """Strings that are an address on this host or on the web, or an instant, are more than text; names are not."""
    done = 0
    for match in _STRING.finditer(text):
        string = "" if match["key"] else match["text"] or ""
        local = beside(string)
        if local is None and not _ADDRESS.fullmatch(string):
            continue
        start, end = match.span("text")
        yield Piece(text[done:start])
        if local is None:
            yield Piece(string, href=string)
            done = end
        else:
            yield Piece(string, moment=moment(string))
            done = end + (2 if text[end + 1 : end + 2] == "," else 1)
            yield Piece(text[end:done], beside=local)
    yield Piece(text[done:])

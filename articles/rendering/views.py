"""What is given of a stored document: its body in one form only, or some of its members. Pure.

Nothing of a view comes from the source of a text. Its Markdown is written from the published blocks, so that it holds
what readers see and no comment, no unused definition and no draft.
"""

import json
from functools import partial
from typing import Any

from articles.markdown import to_markdown
from articles.rendering.document import bytes_of
from cms.remembered import Remembered

FULL = "full"
VIEWS = (FULL, "html", "blocks", "markdown")
MEMORY = 8_000_000
"""Bytes of views that a process keeps."""

_made = Remembered(MEMORY)


def in_view(stored: bytes, sha256: str, view: str) -> bytes:
    """A stored document, whose digest is `sha256`, in one of VIEWS. The same bytes for the same document, always.

    `html` is without blocks, `blocks` without HTML; `markdown` has the text as Markdown in the place of both.
    """
    if view == FULL:
        return stored
    return _made.of((sha256, view), partial(_viewed, stored, view))


def with_members(document: bytes, names: tuple[str, ...]) -> bytes:
    """Only the members that are named, in the order of the document; all of them when none is."""
    if not names:
        return document
    whole = json.loads(document)
    return bytes_of({name: whole[name] for name in whole if name in names})


def forget() -> None:
    """Let go of every view, for instance because a text was deleted for good."""
    _made.forget()


def _viewed(stored: bytes, view: str) -> bytes:
    document = json.loads(stored)
    return bytes_of(document | {"body": _body(document["body"], view)})


def _body(body: dict[str, Any], view: str) -> dict[str, Any]:
    rest = {name: value for name, value in body.items() if name not in ("html", "blocks")}
    if view == "markdown":
        return {"markdown": to_markdown(body["blocks"]), **rest}
    return {view: body[view], **rest}

"""Answers from one look-up, without Django's request handling: cast in the mould of an answer that Django gave.

Most headers of an answer are the same for every answer of its kind. Those are learned from Django's own, once for each
host and coding, and only when what is cast in the mould equals Django's answer to the same request in everything.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cms.compression import SMALLEST, compressed, tag_of
from cms.delivery import Keeping
from cms.fastlane.memory import Kept

MOST = 16
"""Moulds that a process keeps: there are no more hosts than are allowed, unless a pattern allows many."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Particular:
    """What is one resource's own: its bytes, their strong tag, its headers, and how long it may be kept."""

    body: bytes
    etag: str
    headers: Mapping[str, str]
    keeping: Keeping


LookUp = Callable[[str, str], Particular | None]
"""Given a path and a query string. None for what it does not know; raises DatabaseError."""

Mould = tuple[tuple[str, str | None], ...]
"""Names of headers in order, with the value that never differs, or None where the resource says it."""


class Straight:
    """One kind of resource. `key` is the fast lane's: path and query, then all else that an answer depends on."""

    def __init__(self, look_up: LookUp) -> None:
        self._look_up = look_up
        self._moulds: dict[Key, Mould] = {}

    def answer(self, key: Key) -> Kept | None:
        """None without a mould, and for what the look-up does not know."""
        mould = self._moulds.get(key[2:])
        found = self._look_up(key[0], key[1]) if mould else None
        return _cast(mould, found, key) if mould and found else None

    def learn(self, key: Key, kept: Kept) -> None:
        """Take the mould of Django's answer, if casting in it gives that very answer."""
        if key[2:] in self._moulds or len(self._moulds) >= MOST:
            return
        found = self._look_up(key[0], key[1])
        if found is None:
            return
        own = {"ETag", "Content-Length", *found.headers}
        mould = tuple((name, None if name in own else value) for name, value in kept.headers)
        if _cast(mould, found, key) == kept:
            self._moulds[key[2:]] = mould


def _cast(mould: Mould, found: Particular, key: Key) -> Kept | None:
    body, etag = found.body, found.etag
    if key[-1] == "gzip":
        if len(body) < SMALLEST:  # it goes out plain, which is another mould
            return None
        body, etag = compressed(etag, body), tag_of(etag)
    own = {**found.headers, "ETag": etag, "Content-Length": str(len(body))}
    headers = tuple((name, own[name] if value is None else value) for name, value in mould)
    return Kept(headers, body, etag, found.keeping)

"""The layer itself: what it knows it answers; everything else, and everything unusual, is Django's."""

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

from django.db import DatabaseError

from cms import clock, generation
from cms.compression import takes_gzip
from cms.conditional import names
from cms.database.lending import lent
from cms.delivery import Keeping, cache_control
from cms.fastlane.lease import Lease
from cms.fastlane.memory import Kept, Memory
from cms.fastlane.routes import leased_paths
from cms.fastlane.straight import Straight
from cms.middleware import request_id_of

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Key = tuple[str, ...]

_PROGRAMS = frozenset({"", "*/*", "application/json", "application/json, */*", "application/json,*/*"})
"""Values of Accept that ask for JSON without a doubt; any other is negotiated by Django."""

_BODILESS = frozenset({"content-type", "content-length", "content-encoding"})
_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_OWN = frozenset({"x-request-id", "cache-control"})


@dataclass(frozen=True)
class Lane:
    """Some addresses, and what is kept of their answers. `watched` is the generation that each request asks for."""

    paths: re.Pattern[str]
    memory: Memory
    watched: int | None = None


def lanes(limit: int) -> tuple[Lane, ...]:
    """One for what begins at a stamp, and one for replies, with a quarter of the memory (`limit`, in bytes)."""
    return (
        Lane(leased_paths(None), Memory(limit - limit // 4)),
        Lane(leased_paths(generation.REPLIES), Memory(limit // 4), generation.REPLIES),
    )


class FastLane:
    """WSGI (PEP 3333). `behind` is Django's handler; its answers are complete before they are given on."""

    def __init__(
        self, behind: Application, lease: Lease, lanes: Sequence[Lane], straight: Sequence[Straight] = ()
    ) -> None:
        self.behind = behind
        self.lease = lease
        self.lanes = lanes
        self.straight = straight

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method in _UNSAFE:
            return self._written(environ, start_response)
        lane = self._lane(environ) if method in ("GET", "HEAD") else None
        epoch = self._epoch(lane) if lane else None
        if lane is None or epoch is None:
            return self.behind(environ, start_response)
        key = _key(environ)
        kept = lane.memory.get(key, epoch) or self._straight(lane, key, epoch)
        if kept is None:
            return self._from_django(lane, key, epoch, environ, start_response)
        return _given(kept, environ, start_response)

    def _lane(self, environ: Environ) -> Lane | None:
        """None for a request with anything unusual about it."""
        if environ.get("HTTP_ACCEPT", "") not in _PROGRAMS:
            return None
        if environ.get("CONTENT_LENGTH", "") not in ("", "0") or "HTTP_TRANSFER_ENCODING" in environ:
            return None
        path = environ["PATH_INFO"]
        for lane in self.lanes:
            if lane.paths.fullmatch(path):
                return lane
        return None

    def _epoch(self, lane: Lane) -> Hashable:
        """None without a database to ask: then nothing is kept, and Django says what is wrong."""
        try:
            held = self.lease.hold()
            if held is None or lane.watched is None:
                return held
            with lent():
                return held, generation.current(lane.watched)
        except DatabaseError:
            return None

    def _straight(self, lane: Lane, key: Key, epoch: Hashable) -> Kept | None:
        """What one look-up answers, which is kept from now on; None for what only Django can answer."""
        try:
            with lent():
                kept = next((kept for kind in self.straight if (kept := kind.answer(key))), None)
        except DatabaseError:
            return None
        if kept:
            lane.memory.put(key, kept, epoch)
        return kept

    def _from_django(
        self, lane: Lane, key: Key, epoch: Hashable, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Let Django answer the whole of it, and keep that; what is not to be kept is given as Django gave it.

        What Django reads is at least as new as the epoch: at the next look the epoch is over, or it was right.
        """
        told: list[tuple[Any, ...]] = []
        response: Any = self.behind(_whole(environ), lambda *given: told.append(given))
        keeping = getattr(response, "keeping", None)
        kept = _kept(response, keeping) if response.status_code == 200 and keeping else None
        if kept is None and _is_whole(environ):
            start_response(*told[0])
            return cast(Iterable[bytes], response)
        response.close()
        if kept is None:
            return self.behind(environ, start_response)
        lane.memory.put(key, kept, epoch)
        with suppress(DatabaseError), lent():  # the answer is there already
            for kind in self.straight:
                kind.learn(key, kept)
        return _given(kept, environ, start_response)

    def _written(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Give the answer of a write when no process can hold anything older: its commit's lease is over then."""
        told: list[tuple[Any, ...]] = []
        known = self._latest()
        response: Any = self.behind(environ, lambda *given: told.append(given))
        committed_at = getattr(response, "committed_at", None)
        if committed_at and self._moved_since(known):
            clock.wait_until(clock.lease_end(committed_at))
        start_response(*told[0])
        return cast(Iterable[bytes], response)

    def _latest(self) -> int | None:
        try:
            return self.lease.latest()
        except DatabaseError:
            return None

    def _moved_since(self, number: int | None) -> bool:
        """Whether the write, or another meanwhile, changed what readers get. Who cannot tell waits."""
        try:
            return number is None or self.lease.moved_since(number)
        except DatabaseError:
            return True


def _is_whole(environ: Environ) -> bool:
    return environ["REQUEST_METHOD"] == "GET" and "HTTP_IF_NONE_MATCH" not in environ


def _whole(environ: Environ) -> Environ:
    """The request for the same resource with its body, whatever the caller holds already."""
    if _is_whole(environ):
        return environ
    whole = {name: value for name, value in environ.items() if name != "HTTP_IF_NONE_MATCH"}
    return whole | {"REQUEST_METHOD": "GET"}


def _key(environ: Environ) -> Key:
    """All of a request that the answer depends on."""
    return (
        environ["PATH_INFO"],
        environ.get("QUERY_STRING", ""),
        environ.get("HTTP_HOST", ""),
        environ.get("wsgi.url_scheme", ""),
        environ.get("HTTP_X_FORWARDED_PROTO", ""),
        "gzip" if takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")) else "",
    )


def _kept(response: Any, keeping: Keeping) -> Kept:
    headers = tuple((name, value) for name, value in response.items() if name.lower() not in _OWN)
    return Kept(headers, response.content, response["ETag"], keeping)


def _given(kept: Kept, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    keeping = kept.keeping
    own = [
        ("X-Request-Id", request_id_of(environ)),
        ("Cache-Control", cache_control(keeping.transition, max_age=keeping.max_age, swr=keeping.swr)),
    ]
    asked_for = environ.get("HTTP_IF_NONE_MATCH")
    if asked_for and names(asked_for, kept.etag):
        start_response("304 Not Modified", [*_without_body(kept), *own])
        return [b""]
    start_response("200 OK", [*kept.headers, *own])
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else kept.body]


def _without_body(kept: Kept) -> Iterable[tuple[str, str]]:
    return (header for header in kept.headers if header[0].lower() not in _BODILESS)

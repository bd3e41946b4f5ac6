"""The service as its workers run it: WSGI calls, through a fast lane of one's own or past it."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.utils.module_loading import import_string

from cms.fastlane import FastLane, Lease, Straight, lanes

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Answer:
    """What came back. Header names are in lower case."""

    status_code: int
    headers: dict[str, str]
    content: bytes
    written: tuple[tuple[str, str], ...] = ()
    """The headers as they were given to the server."""

    def __getitem__(self, name: str) -> str:
        return self.headers[name.lower()]


def a_lane(limit: int = 1_000_000) -> FastLane:
    """A process of its own, as far as what it remembers goes."""
    lease = Lease([import_string(path) for path in settings.TRANSITIONS])
    straight = [Straight(import_string(path)) for path in settings.STRAIGHT]
    return FastLane(WSGIHandler(), lease, lanes(limit), straight)


@dataclass
class Caller:
    """Calls one application, without a socket."""

    application: Application = field(default_factory=WSGIHandler)

    def get(self, address: str, **headers: str) -> Answer:
        return self.call("GET", address, **headers)

    def call(self, method: str, address: str, body: bytes = b"", **headers: str) -> Answer:
        told: list[Any] = []
        response = self.application(
            _environ(method, address, body, headers), lambda *given: told.append(given)
        )
        try:
            content = b"".join(response)
        finally:
            getattr(response, "close", lambda: None)()
        status, named = told[0]
        headers = {name.lower(): value for name, value in named}
        return Answer(int(status[:3]), headers, content, tuple(named))


def _environ(method: str, address: str, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
    parts = urlsplit(address)
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "testserver",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if body:
        environ |= {"CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/json"}
    return environ | {f"HTTP_{name.upper()}": value for name, value in headers.items()}

"""L1: a WSGI application that does nothing but answer 6 kB. No framework, no database."""

from collections.abc import Callable, Iterable
from typing import Any

BODY = b"k" * 6_000
_HEADERS = [("Content-Type", "application/json"), ("Content-Length", str(len(BODY)))]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", _HEADERS)
    return (BODY,)

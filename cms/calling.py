"""Calling an address that the site names: one signed POST over HTTPS, answered with a status and nothing else.

Signed as Standard Webhooks 1.0 says (`webhook-id`, `webhook-timestamp`, `webhook-signature`). What is called, when and
how often is not known here.
"""

import base64
import hashlib
import hmac
import ssl
from collections.abc import Sequence
from datetime import datetime
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

SECONDS = 10.0
"""How long each step of a call may take: connecting, sending, waiting for the answer."""

KEY_PREFIX = "whsec_"
KEY_BYTES = range(24, 65)
LOCAL = ("localhost", "127.0.0.1", "::1")
"""Where plain HTTP goes, for trying things out: nothing leaves the machine."""


class NotTaken(Exception):
    """The answer was no 2xx. A redirect is none: it is not followed. Says the status, and nothing of the answer."""

    def __init__(self, status: int) -> None:
        super().__init__(f"answered {status}")


def is_address(url: str) -> bool:
    """Whether `url` may be called by its form: https, or http on this machine; no user, no fragment, only ASCII."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    secure = parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL)
    plain = url.isascii() and url.isprintable() and " " not in url
    return bool(secure and host and plain and port != 0 and "@" not in parts.netloc and not parts.fragment)


def is_key(text: str) -> bool:
    """Whether `text` is a signing key: `whsec_` and 24 to 64 bytes in base64."""
    try:
        return text.startswith(KEY_PREFIX) and len(_bytes_of(text)) in KEY_BYTES
    except ValueError:
        return False


def signed(*, call_id: str, at: datetime, body: bytes, keys: Sequence[str]) -> dict[str, str]:
    """The three headers. Each key signs, so that a receiver can change from an old one to a new one."""
    stamp = str(int(at.timestamp()))
    content = b".".join([call_id.encode(), stamp.encode(), body])
    digests = [hmac.digest(_bytes_of(key), content, hashlib.sha256) for key in keys]
    return {
        "webhook-id": call_id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(f"v1,{base64.b64encode(digest).decode()}" for digest in digests),
    }


def post(url: str, body: bytes, headers: dict[str, str]) -> None:
    """Send JSON there. Follows no redirect, uses no proxy, reads no body of the answer.

    Raises NotTaken, OSError (no connection, no time, no trusted certificate) and HTTPException (no HTTP).
    """
    parts = urlsplit(url)
    connection = _connection(parts)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    try:
        connection.request("POST", path, body, {"Content-Type": "application/json", **headers})
        status = connection.getresponse().status
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise NotTaken(status)


def _connection(parts: SplitResult) -> HTTPConnection:
    host = parts.hostname or ""
    if parts.scheme == "https":
        return HTTPSConnection(host, parts.port, timeout=SECONDS, context=ssl.create_default_context())
    return HTTPConnection(host, parts.port, timeout=SECONDS)


def _bytes_of(key: str) -> bytes:
    return base64.b64decode(key.removeprefix(KEY_PREFIX), validate=True)

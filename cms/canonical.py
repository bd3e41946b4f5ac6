"""One byte form for one JSON value (RFC 8785) and its SHA-256: what is hashed, stored and compared."""

import hashlib
import json
from typing import Any

import rfc8785

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
"""Made once: `json.dumps` would make one for each value."""


def canonical_bytes(value: Any) -> bytes:
    """The JSON Canonicalization Scheme form of `value`, UTF-8. Raises ValueError for what JSON cannot hold."""
    return rfc8785.dumps(value)


def sha256_hex(data: bytes) -> str:
    """SHA-256 as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def document_bytes(value: Any) -> bytes:
    """The bytes that readers get: UTF-8 JSON, members in the order of the document's schema, no spare space."""
    return _ENCODER.encode(value).encode()

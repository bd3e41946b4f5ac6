"""Compressed forms of delivery's answers: which one a caller gets, and each made once for the bytes that it is of."""

import gzip
from functools import lru_cache

from cms.negotiation import QVALUE
from cms.remembered import Remembered

SMALLEST = 1_000
"""Bytes: below that a compressed form saves less than its headers cost."""

LEVEL = 6
MEMORY = 8_000_000
"""Bytes of compressed forms that a process keeps, so that lists and articles are not compressed again and again."""

_made = Remembered(MEMORY)


@lru_cache(maxsize=512)
def takes_gzip(field: str) -> bool:
    """Whether a value of Accept-Encoding (RFC 9110, 12.5.3) allows gzip: by name, or by `*` when it is not named."""
    qualities = {}
    for member in field.lower().split(","):
        coding, _, weight = member.partition(";")
        qualities[coding.strip()] = _quality(weight)
    return qualities.get("gzip", qualities.get("x-gzip", qualities.get("*", 0.0))) > 0


def compressed(etag: str, data: bytes) -> bytes:
    """The gzip form (RFC 1952) of `data`, whose strong tag is `etag`; the same bytes always."""
    return _made.of(etag, lambda: gzip.compress(data, LEVEL, mtime=0))


def tag_of(etag: str) -> str:
    """The strong tag of the gzip form: another representation, other bytes (RFC 9110, 8.8.3.3)."""
    return f'{etag[:-1]}-gzip"'


def _quality(weight: str) -> float:
    name, _, value = weight.strip().partition("=")
    if name != "q":
        return 1.0
    return float(value) if QVALUE.fullmatch(value) else 0.0

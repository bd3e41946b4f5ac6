"""Keyed digests of words: the gate compares texts and learns from them without keeping what they say."""

from collections.abc import Iterable
from hashlib import blake2b
from heapq import nsmallest

from django.conf import settings

from cms import sealing
from comments.gate.folding import Words

SHINGLE = 3
"""Words that are digested together."""

SKETCH = 8
"""The smallest digests that stand for a text: A. Z. Broder, "On the resemblance and containment of documents",
1997."""

_BYTES = 8


def key_of(use: str) -> bytes:
    """A key for one use, of the first of the site's digest keys: 32 bytes."""
    return bytes.fromhex(sealing.mac(use, settings.DIGEST_KEYS, "comments.gate"))


def sketch(words: Words) -> list[str]:
    """The digests that stand for a text, at most `SKETCH` of 16 hexadecimal digits. Near-equal texts share most."""
    texts = [word.text for word in words]
    shingles = {" ".join(texts[first : first + SHINGLE]) for first in range(len(texts) - SHINGLE + 1)}
    return nsmallest(SKETCH, _digests(shingles, key_of("repeated")))


def buckets(words: Words, count: int) -> set[int]:
    """The numbers, below `count`, into which the distinct words of a text fall."""
    texts = {word.text for word in words}
    return {int(digest, 16) % count for digest in _digests(texts, key_of("learned"))}


def _digests(texts: Iterable[str], key: bytes) -> Iterable[str]:
    return (blake2b(text.encode(), key=key, digest_size=_BYTES).hexdigest() for text in texts)

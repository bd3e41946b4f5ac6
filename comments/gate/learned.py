"""What the site's own moderators called spam, as far as words tell it: one more check, never the only one.

It says nothing until `manage.py train_gate` has run. Nothing leaves the site and no outside service is asked.
"""

import struct
from collections.abc import Collection, Iterator, Sequence
from math import exp, sqrt

from django.db.models import QuerySet

from cms.prepared import PreparedQuery
from comments.gate import Reply, Verdict
from comments.gate.digests import buckets, key_of
from comments.models.traces import LearnedGate

VERSION = 2
BUCKETS = 4096


def _learned(key_id: str) -> QuerySet:
    return LearnedGate.objects.filter(pk=1, key_id=key_id).values_list("weights", "bias", "threshold")


_LEARNED = PreparedQuery(_learned, {"key_id": "a-key"})


def check(reply: Reply) -> Iterator[Verdict]:
    learned = _LEARNED.first(key_id=key_id())
    if learned is None:
        return
    packed, bias, threshold = learned
    weights = struct.unpack(f"<{BUCKETS}f", packed)
    score = reached(weights, bias, buckets(reply.words, BUCKETS))
    if score >= threshold:
        explanation = "Its words are those of replies that this site's moderators called spam."
        yield Verdict("learned", VERSION, 1 / (1 + exp(-min(score, 50))), explanation)


def reached(weights: Sequence[float], bias: float, text: Collection[int]) -> float:
    """How much more like spam a text's buckets are. Over the root of their number, so that long texts reach no more
    than short ones by chance.
    """
    return (bias + sum(weights[bucket] for bucket in text)) / sqrt(len(text) or 1)


def key_id() -> str:
    """Names the key of the digests and the reckoning: what was learned under another is of no use."""
    return key_of(f"key id {VERSION}").hex()[:16]

"""Learning from moderators: naive Bayes over keyed digests of words, from decisions of persons only.

Deterministic: the same decisions give the same weights. Texts that were graded for self-harm are left out.
"""

import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, log

from django.db import transaction

from comments.gate import Reply
from comments.gate.digests import buckets
from comments.gate.learned import BUCKETS, key_id
from comments.models import CommentVersion, Decision
from comments.models.traces import LearnedGate

FEWEST = 20
"""Decisions of either kind below which nothing is learned."""

WRONGLY_HELD = 0.005
"""The share of the published replies that the threshold may hold."""


class TooFewDecisions(Exception):
    """There are fewer than `FEWEST` of a kind. `spam` and `published` say how many there are."""

    def __init__(self, spam: int, published: int) -> None:
        super().__init__(f"{spam} spam, {published} published")
        self.spam = spam
        self.published = published


@dataclass(frozen=True)
class Examples:
    """The buckets of each text, by what a person decided."""

    spam: Sequence[set[int]]
    published: Sequence[set[int]]


@transaction.atomic
def train(*, now: datetime) -> LearnedGate:
    """Replace what was learned by what today's decisions teach. Raises TooFewDecisions; then nothing is changed."""
    examples = _examples()
    if min(len(examples.spam), len(examples.published)) < FEWEST:
        raise TooFewDecisions(len(examples.spam), len(examples.published))
    weights, bias = _weights(examples)
    learned, _ = LearnedGate.objects.update_or_create(
        pk=1,
        defaults={
            "weights": struct.pack(f"<{BUCKETS}f", *weights),
            "bias": bias,
            "threshold": _threshold(examples, weights, bias),
            "key_id": key_id(),
            "spam_count": len(examples.spam),
            "published_count": len(examples.published),
            "trained_at": now,
        },
    )
    return learned


def _examples() -> Examples:
    spam: list[set[int]] = []
    published: list[set[int]] = []
    for version, decision in _decided():
        into = spam if decision == "spam" else published
        into.append(buckets(Reply(version.text).words, BUCKETS))
    return Examples(spam, published)


def _decided() -> Iterable[tuple[CommentVersion, str]]:
    """Versions with the latest decision of a person on them that was not undone, where that is spam or publish and
    the words remain.
    """
    by_persons = Decision.objects.of_persons().standing().order_by("at", "pk")
    latest = {(row.comment_id, row.version): row.decision for row in by_persons.iterator()}
    versions = CommentVersion.objects.filter(erased_at__isnull=True, private__grade=0).order_by("pk")
    for version in versions.iterator():
        decision = latest.get((version.comment_id, version.number))
        if decision in ("spam", "publish"):
            yield version, decision


def _weights(examples: Examples) -> tuple[list[float], float]:
    """For each bucket the logarithm of how much likelier spam has it (Laplace's smoothing), and the prior."""
    in_spam = Counter(bucket for text in examples.spam for bucket in text)
    in_published = Counter(bucket for text in examples.published for bucket in text)
    spam, published = len(examples.spam), len(examples.published)
    weights = [
        log((in_spam[bucket] + 1) / (spam + 2)) - log((in_published[bucket] + 1) / (published + 2))
        if in_spam[bucket] or in_published[bucket]
        else 0.0
        for bucket in range(BUCKETS)
    ]
    return weights, log(spam / published)


def _threshold(examples: Examples, weights: Sequence[float], bias: float) -> float:
    """At least 1, and so high that at most `WRONGLY_HELD` of the published texts reach it."""
    reached = sorted(bias + sum(weights[bucket] for bucket in text) for text in examples.published)
    last_passed = reached[ceil(len(reached) * (1 - WRONGLY_HELD)) - 1]
    return max(1.0, last_passed + 0.001)

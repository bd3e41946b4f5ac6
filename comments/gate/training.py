"""Learning from moderators: naive Bayes over keyed digests of words, from decisions of persons only.

Deterministic: the same decisions give the same weights. Texts that were graded for self-harm are left out.
"""

import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, log

from django.db import transaction

from comments.gate import Reply
from comments.gate.digests import buckets
from comments.gate.learned import BUCKETS, key_id, reached
from comments.models import CommentVersion, Decision
from comments.models.traces import LearnedGate

FEWEST = 20
"""Decisions of either kind below which nothing is learned."""

WRONGLY_HELD = 0.005
"""The share of the published replies that the threshold may hold, of those from which was not learned."""

FOLDS = 5
"""Parts into which decisions are dealt for a rehearsal."""


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


@dataclass(frozen=True)
class _Lesson:
    weights: Sequence[float]
    bias: float
    threshold: float

    def holds(self, text: set[int]) -> bool:
        return reached(self.weights, self.bias, text) >= self.threshold


@dataclass(frozen=True)
class Rehearsal:
    """How many of each kind there were, and how many of them would have been held."""

    spam: int
    spam_held: int
    published: int
    published_held: int


def rehearse() -> Rehearsal:
    """What would become of decisions that were not learned from: each is judged by what all but its own fifth teach.

    Stores nothing. Raises TooFewDecisions.
    """
    return rehearsal_of(_enough_examples())


def rehearsal_of(examples: Examples) -> Rehearsal:
    """Cross-validation in `FOLDS` folds by position, so that it comes out the same each time."""
    spam_held = published_held = 0
    for rest, unseen in _folds(examples):
        lesson = _lesson(rest)
        spam_held += sum(map(lesson.holds, unseen.spam))
        published_held += sum(map(lesson.holds, unseen.published))
    return Rehearsal(len(examples.spam), spam_held, len(examples.published), published_held)


@transaction.atomic
def train(*, now: datetime) -> LearnedGate:
    """Replace what was learned by what today's decisions teach. Raises TooFewDecisions; then nothing is changed."""
    examples = _enough_examples()
    lesson = _lesson(examples)
    learned, _ = LearnedGate.objects.update_or_create(
        pk=1,
        defaults={
            "weights": struct.pack(f"<{BUCKETS}f", *lesson.weights),
            "bias": lesson.bias,
            "threshold": lesson.threshold,
            "key_id": key_id(),
            "spam_count": len(examples.spam),
            "published_count": len(examples.published),
            "trained_at": now,
        },
    )
    return learned


def _enough_examples() -> Examples:
    examples = _examples()
    if min(len(examples.spam), len(examples.published)) < FEWEST:
        raise TooFewDecisions(len(examples.spam), len(examples.published))
    return examples


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


def _folds(examples: Examples) -> Iterator[tuple[Examples, Examples]]:
    """For each fold what one learns from, and what was left out."""
    for fold in range(FOLDS):
        rest = Examples(_without(examples.spam, fold), _without(examples.published, fold))
        yield rest, Examples(examples.spam[fold::FOLDS], examples.published[fold::FOLDS])


def _without(texts: Sequence[set[int]], fold: int) -> list[set[int]]:
    return [text for place, text in enumerate(texts) if place % FOLDS != fold]


def _lesson(examples: Examples) -> _Lesson:
    return _Lesson(*_weights(examples), _threshold(examples))


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


def _threshold(examples: Examples) -> float:
    """At least 1, and so high that of the published texts at most `WRONGLY_HELD` reach it, each judged unseen."""
    scores = sorted(
        reached(weights, bias, text)
        for rest, unseen in _folds(examples)
        for weights, bias in [_weights(rest)]
        for text in unseen.published
    )
    last_passed = scores[ceil(len(scores) * (1 - WRONGLY_HELD)) - 1]
    return max(1.0, last_passed + 0.001)

"""Repeated text: what came before, to the letter or nearly, from anybody, while it is remembered.

Compares digests only. Short texts are left alone: many people write the same few words of thanks.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Count

from cms import clock
from cms.retention import over_before
from comments.gate import Reply, Verdict
from comments.gate.digests import SHINGLE, sketch
from comments.models import CommentVersion
from comments.models.traces import TextDigest

VERSION = 1
SHORTEST = 8  # distinct words
ALIKE = 0.6  # share of the digests that two texts have in common
KEPT = "text_digests"  # the clock of settings.RETENTION that says how long


def check(reply: Reply) -> Iterator[Verdict]:
    wanted = digests_of(reply)
    if not wanted:
        return
    alike = _most_alike(reply, wanted) / len(wanted)
    if alike >= ALIKE:
        yield Verdict("repeated", VERSION, alike, "Nearly the same text was sent before, in another reply.")


def digests_of(reply: Reply) -> list[str]:
    """The digests by which this text is remembered; none for a short one."""
    if len({word.text for word in reply.words}) < max(SHORTEST, SHINGLE):
        return []
    return sketch(reply.words)


def remember(version: CommentVersion, digests: Sequence[str], now: datetime) -> None:
    """Keep a version's digests, and one time in sixteen drop those that are too old to be compared with."""
    if version.pk.hex.endswith("0"):
        TextDigest.objects.filter(created_at__lt=over_before(KEPT, now)).delete()
    TextDigest.objects.bulk_create(
        TextDigest(version=version, digest=digest, created_at=now) for digest in digests
    )


def _most_alike(reply: Reply, wanted: list[str]) -> int:
    """How many of the digests the most similar recent version of another comment shares."""
    recent = TextDigest.objects.filter(
        digest__in=wanted, created_at__gte=over_before(KEPT, clock.read_instant())
    )
    others = recent.exclude(version__comment_id=reply.comment_id) if reply.comment_id else recent
    shared = others.values("version").annotate(shared=Count("digest")).order_by("-shared")
    return shared.values_list("shared", flat=True).first() or 0

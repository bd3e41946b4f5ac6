"""Repeated text: what came before, to the letter or nearly, from anybody, while it is remembered.

Compares digests only. Short texts are left alone: many people write the same few words of thanks. Of texts that repeat
one another only the first is remembered, so that a flood of one text costs no more than one.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from django.db.models import Count, QuerySet

from cms import clock
from cms.prepared import PreparedQuery
from cms.retention import over_before
from comments.gate import Reply, Ruling, Verdict
from comments.gate.digests import SHINGLE, SKETCH, sketch
from comments.models import CommentVersion
from comments.models.traces import TextDigest

RULE = "repeated"
VERSION = 1
SHORTEST = 8  # distinct words
ALIKE = 0.6  # share of the digests that two texts have in common
_SWEEPING = ("0",)  # how the ids of versions end that drop what is over: one in sixteen
KEPT = "text_digests"  # the clock of settings.RETENTION that says how long


def check(reply: Reply) -> Iterator[Verdict]:
    wanted = digests_of(reply)
    if not wanted:
        return
    alike = _most_alike(reply, wanted) / len(wanted)
    if alike >= ALIKE:
        yield Verdict(RULE, VERSION, alike, "Nearly the same text was sent before, in another reply.")


def digests_of(reply: Reply) -> list[str]:
    """The digests by which this text is remembered; none for a short one."""
    if len({word.text for word in reply.words}) < max(SHORTEST, SHINGLE):
        return []
    return sketch(reply.words)


def to_remember(reply: Reply, ruling: Ruling) -> list[str]:
    """The digests to keep with this text; none for one that repeats what is remembered already."""
    known = any(verdict.rule == RULE for verdict in ruling.verdicts)
    return [] if known else digests_of(reply)


def remember(version: CommentVersion, digests: Sequence[str], now: datetime) -> None:
    """Keep a version's digests, and one time in sixteen drop those that are too old to be compared with."""
    if version.pk.hex.endswith(_SWEEPING):
        TextDigest.objects.filter(created_at__lt=over_before(KEPT, now)).delete()
    TextDigest.objects.bulk_create(
        TextDigest(version=version, digest=digest, created_at=now) for digest in digests
    )


def _most_alike(reply: Reply, wanted: list[str]) -> int:
    """How many of the digests the most similar recent version of another comment shares."""
    since = over_before(KEPT, clock.read_instant())
    if reply.comment_id:
        return _alike(wanted, since).exclude(version__comment_id=reply.comment_id).first() or 0
    digests = {f"digest_{place}": wanted[place % len(wanted)] for place in range(SKETCH)}
    found = _ALIKE.first(since=since, **digests)
    return found[0] if found else 0


def _alike(wanted: Sequence[str], since: datetime) -> QuerySet:
    """How many of the digests each recent version shares, the most first."""
    recent = TextDigest.objects.filter(digest__in=wanted, created_at__gte=since)
    shared = recent.values("version").annotate(shared=Count("digest")).order_by("-shared")
    return shared.values_list("shared", flat=True)


def _alike_to_all(since: datetime, **digests: str) -> QuerySet:
    return _alike(list(digests.values()), since)[:1]


_ALIKE = PreparedQuery(
    _alike_to_all,
    {"since": datetime(2000, 1, 1, tzinfo=UTC)}
    | {f"digest_{place}": f"digest {place}" for place in range(SKETCH)},
)

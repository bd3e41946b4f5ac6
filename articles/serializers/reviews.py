"""What review takes and gives at the desk."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rest_framework import serializers

from articles.actions import Decided
from articles.actions.comparing import difference
from articles.models import Review, ReviewRequest, Revision
from articles.models.review import DECISIONS
from articles.serializers.fields import Instant
from articles.serializers.shapes import instant, user

MOST_REVIEWERS = 20
MOST_REMARKS = 200
_CHANGES = ("added", "removed", "changed", "moved")


class NewReviewRequest(serializers.Serializer):
    """Without `reviewers` it asks whoever may review."""

    revision = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    reviewers = serializers.ListField(
        child=serializers.CharField(max_length=150), max_length=MOST_REVIEWERS, required=False, default=list
    )
    due_at = Instant(required=False, allow_null=True)
    note = serializers.CharField(max_length=5000, required=False, default="", allow_blank=True)


class Remark(serializers.Serializer):
    """About a block, about words of it, or about the whole."""

    block_id = serializers.CharField(max_length=64, required=False, default="", allow_blank=True)
    quote = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)
    note = serializers.CharField(max_length=2000)


class NewReview(serializers.Serializer):
    """`interests` declares what might sway the reviewer; empty declares that there is nothing."""

    revision = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    decision = serializers.ChoiceField(DECISIONS)
    note = serializers.CharField(max_length=5000, required=False, default="", allow_blank=True)
    interests = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    next_due_at = Instant(required=False, allow_null=True)
    comments = Remark(
        many=True,
        required=False,
        default=list,
        max_length=MOST_REMARKS,  # type: ignore[call-arg]  # the stubs do not know what `many` takes
    )


def request(found: ReviewRequest) -> dict[str, Any]:
    """A question, with those who were asked; none means whoever may review."""
    return {
        "id": str(found.pk),
        "revision": found.revision.number,
        "reviewers": [user(asked.reviewer) for asked in sorted(found.asked.all(), key=lambda row: row.pk)],
        "requested_by": user(found.requested_by),
        "due_at": instant(found.due_at),
        "note": found.note,
        "created_at": instant(found.created_at),
        "closed_at": instant(found.closed_at),
        "href": f"/api/v1/editorial/articles/{found.article_id}/review-requests/{found.pk}",
    }


def decided(made: Decided, head: Revision) -> dict[str, Any]:
    """A decision just recorded, and what followed from it."""
    return {
        **_review(made.review, head, _changes({}, made.review.revision, head), binds=_approves(made.review)),
        "visible_at": instant(made.visible_at),
        "warnings": list(made.warnings),
        "etag": made.article.etag,
    }


def compared(rows: Sequence[Review], head: Revision) -> list[dict[str, Any]]:
    """Decisions, each with what changed between the text it judged and the head; each text is compared once."""
    latest = _latest(head)
    known: dict[str, dict[str, Any]] = {}
    return [
        _review(
            row,
            head,
            _changes(known, row.revision, head),
            binds=_approves(row) and latest[row.revision_sha256] == row.pk,
        )
        for row in rows
    ]


def _approves(row: Review) -> bool:
    return row.decision == "approve" and row.revision_sha256 == row.revision.sha256


def _latest(head: Revision) -> Mapping[str, Any]:
    """The newest decision on each text of the article, by hash."""
    rows = Review.objects.filter(article_id=head.article_id).order_by("created_at", "id")
    return dict(rows.values_list("revision_sha256", "pk"))


def _changes(known: dict[str, dict[str, Any]], judged: Revision, head: Revision) -> dict[str, Any]:
    """Fields and block ids that differ between the judged text and the head."""
    if judged.sha256 not in known:
        known[judged.sha256] = _compared(judged, head)
    return known[judged.sha256]


def _compared(judged: Revision, head: Revision) -> dict[str, Any]:
    same = judged.sha256 == head.sha256
    found = difference(judged, head) if not same and judged.content and head.content else None
    blocks: dict[str, list[str]] = defaultdict(list)
    for entry in found["blocks"] if found else ():
        blocks[entry["change"]].append(entry["id"])
    return {
        "head": head.number,
        "identical": same,
        "fields": [entry["field"] for entry in found["fields"]] if found else [],
        "blocks": {change: blocks[change] for change in _CHANGES},
    }


def _review(found: Review, head: Revision, changes: dict[str, Any], *, binds: bool) -> dict[str, Any]:
    return {
        "id": str(found.pk),
        "revision": found.revision.number,
        "revision_sha256": found.revision_sha256,
        "reviewer": user(found.reviewer),
        "decision": found.decision,
        "note": found.note,
        "interests": found.interests,
        "comments": _remarks(found.remarks, set(head.block_ids)),
        "next_due_at": instant(found.next_due_at),
        "created_at": instant(found.created_at),
        "binds": binds,
        "changes_since": changes,
    }


def _remarks(remarks: Iterable[Mapping[str, Any]], living: set[str]) -> list[dict[str, Any]]:
    return [
        {
            "block_id": remark.get("block_id", ""),
            "quote": remark.get("quote", ""),
            "note": remark["note"],
            "in_head": not remark.get("block_id") or remark["block_id"] in living,
        }
        for remark in remarks
    ]

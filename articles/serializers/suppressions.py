"""What suppressing and purging take, and what the desk gets of suppressions."""

from typing import Any

from rest_framework import serializers

from articles.models import Article, Suppression
from articles.models.suppression import SUPPRESSION_REASONS
from articles.serializers.shapes import instant, user


class NewSuppression(serializers.Serializer):
    reason = serializers.ChoiceField(SUPPRESSION_REASONS)
    note = serializers.CharField(
        max_length=2000, required=False, default="", allow_blank=True, help_text="For the desk alone."
    )


class Purge(serializers.Serializer):
    confirm = serializers.CharField(
        max_length=200, help_text="The slug of the article, or its id if it has none."
    )
    reason = serializers.ChoiceField(SUPPRESSION_REASONS)
    note = serializers.CharField(
        max_length=2000,
        required=False,
        default="",
        allow_blank=True,
        help_text="Kept in the audit: repeat nothing of what is deleted.",
    )


def suppression(found: Suppression) -> dict[str, Any]:
    """A suppression with the publications that it is about, in the order of time."""
    rows = sorted((row.publication for row in found.rows.all()), key=lambda row: row.effective_from)
    base = f"/api/v1/editorial/articles/{found.article_id}"
    return {
        "id": str(found.pk),
        "article": str(found.article_id),
        "state": "in_force" if found.confirmed_at else "waiting",
        "reason": found.reason,
        "note": found.note,
        "requested_by": user(found.requested_by),
        "requested_at": instant(found.requested_at),
        "confirmed_by": user(found.confirmed_by),
        "confirmed_at": instant(found.confirmed_at),
        "publications": [
            {
                "id": str(row.pk),
                "version": row.version,
                "revision": row.revision_number,
                "effective_from": instant(row.effective_from),
                "effective_until": instant(row.effective_until),
                "sha256": row.rendering_id,
            }
            for row in rows
        ],
        "href": f"{base}/suppressions/{found.pk}",
    }


def changed(found: Suppression, article: Article) -> dict[str, Any]:
    """A suppression as a write left it, with the tag that the next one names."""
    return {**suppression(found), "etag": article.etag}

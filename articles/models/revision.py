"""Revisions: immutable versions of an article's content."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models

from articles.querysets.editorial import RevisionQuerySet
from cms.errors import Gone
from cms.ids import uuid7


class Revision(models.Model):
    """One version of the content. `content` holds the very bytes that were hashed (RFC 8785). Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    parent_number = models.PositiveIntegerField(null=True)
    merge_parent_number = models.PositiveIntegerField(null=True)
    translated_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="translations"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    message = models.CharField(max_length=500, default="")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    block_ids = models.JSONField(default=list)
    created_at = models.DateTimeField()

    objects = RevisionQuerySet.as_manager()
    suppressed_reason: str | None = None
    suppressed_at: datetime | None = None
    """Set by `with_suppression`."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_unique"),
            models.CheckConstraint(
                condition=models.Q(parent_number__isnull=True)
                | models.Q(parent_number__lt=models.F("number")),
                name="revision_parent_before",
            ),
            models.CheckConstraint(
                condition=models.Q(merge_parent_number__isnull=True)
                | models.Q(merge_parent_number__lt=models.F("number")),
                name="revision_merge_parent_before",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} r{self.number}"

    @property
    def document(self) -> dict[str, Any]:
        """The content as a dictionary: the fields of `articles.content.FIELDS`. Raises Gone for one that was purged."""
        if not self.content:
            raise Gone("The text of this revision was deleted.", code="purged")
        return json.loads(bytes(self.content))

"""The moderators' desk: who reads what, what kinds of content it holds, what each would rather not see.

No words of anybody. Private: delivery may not import this.
"""

from django.conf import settings
from django.db import models

from articles.markdown.directives import CONTENT_NOTE_TYPES

KINDS = CONTENT_NOTE_TYPES
"""Kinds of hard content: the types of content notes."""


class Claim(models.Model):
    """Who has taken a reply to read it, and until when; the latest claim of each reply.

    It ends by itself at `until`. `given_back` says that whoever had it did not want to go on. Mutable.
    """

    comment = models.OneToOneField(
        "comments.Comment", primary_key=True, on_delete=models.CASCADE, related_name="claim"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    until = models.DateTimeField()
    given_back = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["by", "until"], name="claim_by_until")]

    def __str__(self) -> str:
        return f"{self.by_id} reads {self.comment_id}"


class CommentLabel(models.Model):
    """A kind of content that a reply holds; `by` is null where the gate found it. Erasure deletes the row. Mutable."""

    comment = models.ForeignKey("comments.Comment", on_delete=models.CASCADE, related_name="labels")
    kind = models.CharField(max_length=24)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "kind"], name="commentlabel_unique"),
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="commentlabel_kind"),
        ]
        indexes = [models.Index(fields=["by"], name="commentlabel_by", condition=models.Q(by__isnull=False))]

    def __str__(self) -> str:
        return f"{self.kind} {self.comment_id}"


class Reading(models.Model):
    """That a moderator opened a reply, and perhaps decided on it: when last. For that moderator's own eyes, and gone
    after a week.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    comment = models.ForeignKey("comments.Comment", on_delete=models.CASCADE, related_name="readings")
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "comment"], name="reading_unique")]
        indexes = [models.Index(fields=["user", "opened_at"], name="reading_by_time")]

    def __str__(self) -> str:
        return f"{self.user_id} read {self.comment_id}"


class DeskPreferences(models.Model):
    """What one moderator asked for: `rather_not` lists kinds that are not handed to them. `sequence` counts writes."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    rather_not = models.JSONField(default=list)
    sequence = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"preferences of {self.user_id}"

    @property
    def etag(self) -> str:
        """`"p3"` after the third write."""
        return f'"p{self.sequence}"'

"""Reviews: one person's decision on one exact revision."""

from django.conf import settings
from django.db import models

from cms.ids import uuid7

DECISIONS = ("approve", "request_changes")


class Review(models.Model):
    """Bound to the revision's hash, so that no later text can borrow the approval. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="reviews")
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="reviews")
    revision_sha256 = models.CharField(max_length=64)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=16)
    note = models.TextField(default="")
    interests = models.TextField(default="")
    remarks = models.JSONField(default=list)
    next_due_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(decision__in=DECISIONS), name="review_decision")
        ]
        indexes = [models.Index(fields=["article", "created_at"], name="review_article")]

    def __str__(self) -> str:
        return f"{self.decision} {self.revision_id}"

"""Requests for review: somebody was asked to look at a revision, by a day."""

from django.conf import settings
from django.db import models

from cms.ids import uuid7


class ReviewRequest(models.Model):
    """Open until a decision, a newer request or its withdrawal closes it. Mutable in `closed_at` alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="review_requests")
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="+")
    reviewers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="articles.AskedReviewer", related_name="+"
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    due_at = models.DateTimeField(null=True)
    note = models.TextField(default="")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article"], condition=models.Q(closed_at__isnull=True), name="reviewrequest_one_open"
            )
        ]
        indexes = [models.Index(fields=["closed_at", "due_at"], name="reviewrequest_due")]

    def __str__(self) -> str:
        return f"review request {self.pk}"


class AskedReviewer(models.Model):
    """One of those who were asked."""

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(ReviewRequest, on_delete=models.CASCADE, related_name="asked")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "reviewer"], name="askedreviewer_unique")]

    def __str__(self) -> str:
        return f"{self.reviewer_id} for {self.request_id}"

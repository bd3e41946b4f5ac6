"""Suppressions: past texts taken out of public time travel. Their dates and hashes stay."""

from django.conf import settings
from django.db import models

from articles.querysets.public import SuppressionQuerySet
from cms.ids import uuid7

SUPPRESSION_REASONS = ("privacy", "consent", "legal", "harm", "security")


class Suppression(models.Model):
    """Asked for by one person and confirmed by a second; in force from the confirmation on. `note` is the desk's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="suppressions")
    reason = models.CharField(max_length=16)
    note = models.TextField(default="")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reason__in=SUPPRESSION_REASONS), name="suppression_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | models.Q(requested_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("requested_by")),
                name="suppression_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.pk}"


class SuppressedPublication(models.Model):
    """One publication that a suppression is about. Append-only."""

    id = models.BigAutoField(primary_key=True)
    suppression = models.ForeignKey(Suppression, on_delete=models.PROTECT, related_name="rows")
    publication = models.ForeignKey(
        "articles.Publication", on_delete=models.PROTECT, related_name="suppressed"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["suppression", "publication"], name="suppressedpublication_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} by {self.suppression_id}"

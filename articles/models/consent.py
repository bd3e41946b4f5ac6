"""Consent records: that a person agreed to a story about them being public, and for how long that holds."""

from django.conf import settings
from django.db import models

from cms.ids import uuid7


class ConsentRecord(models.Model):
    """What was agreed is kept by reference to a document held elsewhere. Mutable in its withdrawal alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="consents")
    scope = models.TextField()
    document_reference = models.CharField(max_length=300, default="")
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["article", "withdrawn_at"], name="consentrecord_article")]

    def __str__(self) -> str:
        return f"consent {self.pk}"

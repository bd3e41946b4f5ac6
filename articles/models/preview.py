"""Preview links: a secret by which somebody without an account sees what is not public yet."""

from django.conf import settings
from django.db import models

from cms.ids import uuid7


class PreviewLink(models.Model):
    """Names one article (a pinned revision, or its head), a release, or an instant. The token is kept as a digest."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    token_digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=200, default="")
    article = models.ForeignKey(
        "articles.Article", null=True, on_delete=models.CASCADE, related_name="preview_links"
    )
    revision_number = models.PositiveIntegerField(null=True)
    release = models.ForeignKey("articles.Release", null=True, on_delete=models.CASCADE, related_name="+")
    instant = models.DateTimeField(null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    uses = models.PositiveIntegerField(default=0)
    last_used_at = models.DateTimeField(null=True)
    state: str = ""
    """Set by `articles.actions.previewing.links`."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(article__isnull=False, release__isnull=True, instant__isnull=True)
                | models.Q(article__isnull=True, release__isnull=False, instant__isnull=True)
                | models.Q(article__isnull=True, release__isnull=True, instant__isnull=False),
                name="previewlink_names_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(revision_number__isnull=True) | models.Q(article__isnull=False),
                name="previewlink_pins_an_article",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

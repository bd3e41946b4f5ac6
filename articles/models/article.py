"""The identity of an article. It holds no content: texts are revisions, what readers get are publications."""

from django.conf import settings
from django.db import models

from articles.querysets.editorial import ArticleQuerySet
from cms.ids import uuid7

KINDS = ("article", "guide", "news", "personal_story", "page")


class Article(models.Model):
    """Mutable only in its counters and in what concerns the desk; `sequence` counts writes of any kind."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=16)
    locale = models.CharField(max_length=35)
    group_id = models.UUIDField(default=uuid7)
    head_number = models.PositiveIntegerField(default=0)
    sequence = models.PositiveIntegerField(default=0)
    last_version = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    head_title = models.CharField(max_length=300, default="")
    head_slug = models.CharField(max_length=200, default="")
    head_search_key = models.TextField(default="")
    head_topics = models.TextField(default="")
    review_requested_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)
    binned_at = models.DateTimeField(null=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group_id", "locale"], name="article_one_per_locale"),
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="article_kind"),
        ]
        indexes = [models.Index(fields=["binned_at", "id"], name="article_desk")]

    def __str__(self) -> str:
        return self.head_title or str(self.id)

    @property
    def etag(self) -> str:
        """The one tag of an article and all beneath it (RFC 9110, 8.8.3): head revision and last write."""
        return f'"r{self.head_number}-{self.sequence}"'

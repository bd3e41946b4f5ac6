"""Redirects: old paths, imported or made by hand, and where they lead. Slugs that moved here need none."""

from django.conf import settings
from django.db import models

from cms.ids import uuid7


class Redirect(models.Model):
    """`path` begins with a slash. It leads to an article, or to another path of this site; never elsewhere."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = models.CharField(max_length=500, unique=True)
    article = models.ForeignKey("articles.Article", null=True, on_delete=models.CASCADE, related_name="+")
    target = models.CharField(max_length=500, default="")
    sequence = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(article__isnull=False, target="")
                | (models.Q(article__isnull=True) & ~models.Q(target="")),
                name="redirect_leads_to_one",
            )
        ]

    def __str__(self) -> str:
        return self.path

    @property
    def etag(self) -> str:
        return f'"d{self.sequence}"'

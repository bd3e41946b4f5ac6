"""What lists by topic and by person walk: one row for each name under which a listable publication is found.

Like the partial indexes of publications it is a superset of what is live: speed rests on it, truth never does.
"""

from django.db import models

from articles.models.publication import Publication

ROLES = ("topic", "author", "reviewer")


class Listing(models.Model):
    """A publication under the key of one topic or person, with what lists are ordered by repeated, so that one index
    serves each order. Mutable: it goes when its interval is over.
    """

    id = models.BigAutoField(primary_key=True)
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="listings")
    role = models.CharField(max_length=8)
    key = models.CharField(max_length=200)
    article_id = models.UUIDField()
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    title_key = models.CharField(max_length=300)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(role__in=ROLES), name="listing_role")]
        indexes = [
            models.Index(fields=["role", "key", "-published_at", "-article_id"], name="listing_published"),
            models.Index(fields=["role", "key", "-updated_at", "-article_id"], name="listing_updated"),
            models.Index(fields=["role", "key", "title_key", "article_id"], name="listing_title"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.key} {self.publication_id}"

"""The identity and the place of a comment. Its words are versions; who wrote it is private. Public-safe."""

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from cms.ids import uuid7
from comments.paths import MAX_LEVELS, WIDTH
from comments.querysets.public import CommentQuerySet

STATES = ("held", "published", "rejected", "spam", "removed", "deleted")
"""`rejected` was never public; `removed` was; `deleted` by its author, and final."""


class Comment(models.Model):
    """A reply to an article, or to another reply of the same article.

    `visible`: readers meet it in lists, as itself or, when only replies beneath it are published, as a tombstone.
    `public_replies` counts the published comments beneath it, at every level. `sequence` counts writes of any kind.
    `allows_replies` is its author's choice.
    Mutable but for its place (`comments.triggers`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = models.BinaryField(max_length=WIDTH * MAX_LEVELS)
    newest = models.BinaryField(max_length=WIDTH * MAX_LEVELS)
    depth = models.PositiveSmallIntegerField()
    last_child = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=9, default="held")
    visible = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=False)
    allows_replies = models.BooleanField(default=True)
    public_version = models.ForeignKey(
        "comments.CommentVersion", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    last_version = models.PositiveIntegerField(default=0)
    public_replies = models.PositiveIntegerField(default=0)
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "path"], name="comment_path_unique"),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="comment_state"),
            models.CheckConstraint(
                condition=models.Q(depth__lt=MAX_LEVELS)
                & models.Q(Exact(Length("path"), WIDTH * (models.F("depth") + 1)))
                & models.Q(Exact(Length("newest"), Length("path"))),
                name="comment_depth",
            ),
            models.CheckConstraint(
                condition=models.Q(depth=0, parent__isnull=True)
                | models.Q(depth__gt=0, parent__isnull=False),
                name="comment_root_or_reply",
            ),
            models.CheckConstraint(
                condition=models.Q(state="published", public_version__isnull=False)
                | (~models.Q(state="published") & models.Q(public_version__isnull=True)),
                name="comment_published_has_version",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(visible=True) & (models.Q(state="published") | models.Q(public_replies__gt=0))
                )
                | (models.Q(visible=False) & ~models.Q(state="published") & models.Q(public_replies=0)),
                name="comment_visible",
            ),
        ]
        indexes = [
            models.Index(
                fields=["public_version"],
                name="comment_public_version",
                condition=models.Q(public_version__isnull=False),
            ),
            models.Index(fields=["article", "id"], name="comment_staff", condition=models.Q(is_staff=True)),
            models.Index(fields=["article", "path"], name="comment_oldest", condition=models.Q(visible=True)),
            models.Index(
                fields=["article", "newest"], name="comment_newest", condition=models.Q(visible=True)
            ),
            models.Index(
                fields=["article", "newest"],
                name="comment_roots",
                condition=models.Q(visible=True, parent__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.id}"

    @property
    def etag(self) -> str:
        """Latest version and last write of any kind, as an entity tag (RFC 9110, 8.8.3): `"v2-5"`."""
        return f'"v{self.last_version}-{self.sequence}"'

"""Publications: intervals of time in which a revision is public, with the bytes that readers get.

Three rules are held by the database itself (`articles.triggers`, `articles.migrations`): intervals of an article
neither overlap nor leave a gap, readable intervals of one (locale, slug) do not overlap, and the past never changes.
"""

from datetime import datetime

from django.conf import settings
from django.db import models

from articles.querysets.public import PublicationQuerySet
from cms.clock import FAR
from cms.ids import uuid7

STATES = ("live", "withdrawn", "gone")
UPDATE_TYPES = ("major", "minor", "rerender")


_INTERVAL = ["effective_from", "effective_until", "state", "article_kind", "locale"]


def _listed(name: str, leading: list[str], condition: models.Q | None) -> list[models.Index]:
    """An index for each order of a list; what else lists ask stands at its end, so that rows are read for hits only."""
    orders = {
        "published": ["-published_at", "-article"],
        "updated": ["-updated_at", "-article"],
        "title": ["title_key", "article"],
    }
    ending = [field for field in _INTERVAL if field not in leading]
    return [
        models.Index(fields=[*leading, *order, *ending], name=f"publication_{name}_{by}", condition=condition)
        for by, order in orders.items()
    ]


class Rendering(models.Model):
    """The bytes of one rendered document, stored once however many publications serve them. Append-only."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    body = models.BinaryField()

    def __str__(self) -> str:
        return self.sha256[:12]


class Publication(models.Model):
    """One interval `[effective_from, effective_until)`, whole UTC seconds; open ends are `cms.clock.FAR`.

    `successor` is the row that begins where this one ends. Its foreign key is checked at commit, so a timeline
    with a hole cannot be committed. `source_article` and `source_revision` are what a translation was made from, in
    the end: the original's id and the number of its revision.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="publications")
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="publications")
    revision_number = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=16)
    update_type = models.CharField(max_length=16)
    effective_from = models.DateTimeField()
    effective_until = models.DateTimeField(default=FAR)
    successor = models.OneToOneField(
        "self", null=True, on_delete=models.DO_NOTHING, related_name="predecessor"
    )
    locale = models.CharField(max_length=35)
    slug = models.CharField(max_length=200)
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    listable = models.BooleanField()

    article_kind = models.CharField(max_length=16)
    medical = models.BooleanField()
    note_types = models.CharField(max_length=250, default="")
    title_key = models.CharField(max_length=300, default="")

    etag = models.CharField(max_length=70)
    format = models.PositiveSmallIntegerField()
    card = models.BinaryField()
    rendering = models.ForeignKey(Rendering, null=True, on_delete=models.PROTECT, related_name="+")

    change_note = models.CharField(max_length=1000, default="")
    correction = models.CharField(max_length=1000, default="")
    reason = models.CharField(max_length=32, default="")
    explanation = models.CharField(max_length=1000, default="")
    alternative = models.ForeignKey("articles.Article", null=True, on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey("articles.Review", null=True, on_delete=models.PROTECT, related_name="+")
    break_glass = models.CharField(max_length=1000, default="")
    review_status = models.CharField(max_length=8, default="none")
    review_due_at = models.DateTimeField(null=True)
    source_article = models.UUIDField(null=True)
    source_revision = models.PositiveIntegerField(null=True)
    release = models.ForeignKey("articles.Release", null=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()

    objects = PublicationQuerySet.as_manager()
    suppressed_reason: str | None = None
    suppressed_at: datetime | None = None
    """Set by `with_suppression`."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(effective_from__lt=models.F("effective_until")),
                name="publication_interval",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__lte=models.F("updated_at"))
                & models.Q(updated_at__lte=models.F("effective_from")),
                name="publication_dates",
            ),
            models.CheckConstraint(
                condition=models.Q(effective_until=FAR, successor__isnull=True)
                | models.Q(effective_until__lt=FAR, successor__isnull=False),
                name="publication_no_gap",
            ),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="publication_state"),
            models.CheckConstraint(
                condition=models.Q(update_type__in=UPDATE_TYPES), name="publication_update_type"
            ),
            models.CheckConstraint(
                condition=models.Q(state="gone") | models.Q(rendering__isnull=False),
                name="publication_readable_has_bytes",
            ),
        ]
        indexes = [
            models.Index(fields=["article", "effective_until"], name="publication_article"),
            models.Index(fields=["locale", "slug", "effective_until"], name="publication_slug"),
            models.Index(fields=["slug", "effective_until"], name="publication_slug_any"),
            models.Index(fields=["effective_from"], name="publication_from"),
            *_listed("list", [], models.Q(listable=True)),
            *_listed("locale", ["locale"], models.Q(listable=True)),
            *_listed("kind", ["article_kind"], models.Q(listable=True)),
            *_listed("past", ["state"], None),
            *_listed("past_in", ["state", "locale"], None),
            models.Index(fields=["review_status", "effective_until"], name="publication_review"),
            models.Index(fields=["review_due_at", "effective_until"], name="publication_review_due"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} v{self.version} {self.state}"


class PublicationTopic(models.Model):
    """The topics of a publication, with its dates repeated so that one index serves a topic's list. Append-only."""

    id = models.BigAutoField(primary_key=True)
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="topic_rows")
    topic = models.ForeignKey("articles.CatalogueItem", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    article_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "topic"], name="publicationtopic_unique")
        ]
        indexes = [
            models.Index(fields=["topic", "-published_at", "-article_id"], name="publicationtopic_list")
        ]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.publication_id}"


class PublicationPerson(models.Model):
    """Who wrote or reviewed what a publication shows. Append-only."""

    id = models.BigAutoField(primary_key=True)
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="person_rows")
    person = models.ForeignKey("articles.CatalogueItem", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=8)
    published_at = models.DateTimeField()
    article_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "person", "role"], name="publicationperson_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["author", "reviewer"]), name="publicationperson_role"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "role", "-published_at", "-article_id"], name="publicationperson_list"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.person_id} {self.publication_id}"


class Embed(models.Model):
    """Which version of which catalogue entry a publication's bytes hold. Stale means older than the current."""

    id = models.BigAutoField(primary_key=True)
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="embeds")
    item = models.ForeignKey("articles.CatalogueItem", on_delete=models.PROTECT, related_name="+")
    item_version = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "item"], name="embed_unique")]
        indexes = [models.Index(fields=["item", "item_version"], name="embed_item")]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.item_version}"

"""What articles point at: topics, people, references, helplines, legal statuses. One identity, versioned content.

All kinds share two tables, so that one set of rules (append-only, intervals, embedding) holds for all.
"""

import json
from typing import Any

from django.conf import settings
from django.db import models

from articles.querysets.public import CatalogueItemQuerySet, CatalogueVersionQuerySet
from cms.clock import FAR
from cms.ids import uuid7

CATALOGUE_KINDS = ("topic", "person", "reference", "helpline", "legal_status", "collection")


class CatalogueItem(models.Model):
    """The identity of an entry. `key` is its slug (topics, people) or key, unique in its kind."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=16)
    key = models.CharField(max_length=200)
    head_number = models.PositiveIntegerField(default=0)
    search_key = models.TextField(default="")
    retired_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    objects = CatalogueItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="catalogueitem_key_unique"),
            models.CheckConstraint(condition=models.Q(kind__in=CATALOGUE_KINDS), name="catalogueitem_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def etag(self) -> str:
        return f'"c{self.head_number}"'


class CatalogueVersion(models.Model):
    """One version of an entry's content, public in `[effective_from, effective_until)`. Its text never changes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item = models.ForeignKey(CatalogueItem, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    effective_from = models.DateTimeField()
    effective_until = models.DateTimeField(default=FAR)
    created_at = models.DateTimeField()

    objects = CatalogueVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="catalogueversion_number_unique"),
            models.CheckConstraint(
                condition=models.Q(effective_from__lt=models.F("effective_until")),
                name="catalogueversion_interval",
            ),
        ]
        indexes = [
            models.Index(fields=["item", "effective_until"], name="catalogueversion_item"),
            models.Index(fields=["effective_from"], name="catalogueversion_from"),
            models.Index(fields=["effective_until"], name="catalogueversion_until"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.number}"

    @property
    def document(self) -> dict[str, Any]:
        return json.loads(bytes(self.content))


class Byline(models.Model):
    """Which person of the catalogue a signed-in user is in public."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE)
    person = models.ForeignKey(CatalogueItem, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.user_id} is {self.person_id}"

"""What readers may see, said once. Knows publications and the catalogue; cannot reach a revision."""

from datetime import datetime

from django.apps import apps
from django.db import models

from cms import clock


class PublicationQuerySet(models.QuerySet):
    def covering(self, at: datetime) -> "PublicationQuerySet":
        """The rows whose interval contains `at`, whatever their state."""
        return self.filter(effective_from__lte=at, effective_until__gt=at)

    def readable(self) -> "PublicationQuerySet":
        """Live or withdrawn: there is a text to read."""
        return self.exclude(state="gone")

    def live(self, at: datetime) -> "PublicationQuerySet":
        """Live at `at`. What was taken out of the past is left out; the present is not asked: it holds no such text."""
        rows = self.covering(at).filter(state="live")
        return rows.unsuppressed() if at < clock.read_instant() else rows

    def unsuppressed(self) -> "PublicationQuerySet":
        """Without the texts that were taken out of the past."""
        return self.exclude(models.Exists(_suppressing(models.OuterRef("pk"))))

    def with_suppression(self) -> "PublicationQuerySet":
        """Annotates `suppressed_reason` and `suppressed_at`, null for what is within reach."""
        found = _suppressing(models.OuterRef("pk")).order_by("suppression__confirmed_at")
        return self.annotate(
            suppressed_reason=models.Subquery(found.values("suppression__reason")[:1]),
            suppressed_at=models.Subquery(found.values("suppression__confirmed_at")[:1]),
        )

    def begun(self, at: datetime) -> "PublicationQuerySet":
        return self.filter(effective_from__lte=at)

    def ahead(self, at: datetime) -> "PublicationQuerySet":
        return self.filter(effective_from__gt=at)

    def of_article(self, article_id: object, at: datetime) -> "PublicationQuerySet":
        """At most one row after `first()`: the first end after `at` is the only candidate (no overlap)."""
        return self.filter(article_id=article_id, effective_until__gt=at).order_by("effective_until")

    def in_time_order(self) -> "PublicationQuerySet":
        return self.order_by("effective_from")


class SuppressionQuerySet(models.QuerySet):
    def in_force(self) -> "SuppressionQuerySet":
        return self.filter(confirmed_at__isnull=False)

    def waiting(self) -> "SuppressionQuerySet":
        return self.filter(confirmed_at__isnull=True)


def _suppressing(publication: models.OuterRef) -> models.QuerySet:
    """The rows of suppressions in force that are about a publication."""
    rows = apps.get_model("articles", "SuppressedPublication").objects
    return rows.filter(publication=publication, suppression__confirmed_at__isnull=False)


class CatalogueItemQuerySet(models.QuerySet):
    def of_kind(self, kind: str) -> "CatalogueItemQuerySet":
        return self.filter(kind=kind)

    def in_use(self) -> "CatalogueItemQuerySet":
        return self.filter(retired_at__isnull=True)


class CatalogueVersionQuerySet(models.QuerySet):
    def covering(self, at: datetime) -> "CatalogueVersionQuerySet":
        return self.filter(effective_from__lte=at, effective_until__gt=at)

    def of_kind(self, kind: str) -> "CatalogueVersionQuerySet":
        return self.filter(item__kind=kind)

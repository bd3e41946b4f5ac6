"""What readers may see, said once. Knows publications and the catalogue; cannot reach a revision."""

from datetime import datetime

from django.db import models


class PublicationQuerySet(models.QuerySet):
    def covering(self, at: datetime) -> "PublicationQuerySet":
        """The rows whose interval contains `at`, whatever their state."""
        return self.filter(effective_from__lte=at, effective_until__gt=at)

    def readable(self) -> "PublicationQuerySet":
        """Live or withdrawn: there is a text to read."""
        return self.exclude(state="gone")

    def live(self, at: datetime) -> "PublicationQuerySet":
        return self.covering(at).filter(state="live")

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

"""What readers may see, said once. Knows publications and the catalogue; cannot reach a revision."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.db import models
from django.db.models.functions import Coalesce, Now

from cms import clock
from cms.beside import Beside

LISTED, REPEATED = "listed_", ("article_id", "published_at", "updated_at", "title_key")
"""What stands before the names of columns that a listing repeats, and which those are."""

LINGERS = timedelta(seconds=5)
"""For so long what is over stays in the indexes of lists and of search: the second may change while somebody is
answered, and the answer is of the one in which it began.
"""

DATES = ("published_at", "updated_at")


@dataclass(frozen=True)
class Walk:
    """The column by which a list is walked, downwards or upwards; `further`: from where a cursor says."""

    column: str
    downwards: bool
    further: bool

    @classmethod
    def along(cls, field: tuple[str, str], *, further: bool = False) -> "Walk":
        """Along the first field of an order: its column, and `asc` or `desc`."""
        column, direction = field
        return cls(column, direction == "desc", further)

    def ends_or_begins_at(self, bound: str) -> bool:
        """Whether a bound (`published_at__lt`) says where the walk ends, or where it begins and no cursor says so."""
        column, _, lookup = bound.partition("__")
        begins = lookup.startswith("lt" if self.downwards else "gt")
        return column == self.column and not (begins and self.further)


class PublicationQuerySet(models.QuerySet):
    def covering(self, at: datetime) -> "PublicationQuerySet":
        """The rows whose interval contains `at`, whatever their state."""
        return self.filter(effective_from__lte=at, effective_until__gt=at)

    def over(self) -> "PublicationQuerySet":
        """Those that are of no present any more, not even of one that is being told."""
        return self.filter(effective_until__lte=Now() - LINGERS)

    def readable(self) -> "PublicationQuerySet":
        """Live or withdrawn: there is a text to read."""
        return self.exclude(state="gone")

    def live(self, at: datetime) -> "PublicationQuerySet":
        """Live at `at`. What was taken out of the past is left out; the present is not asked: it holds no such text."""
        rows = self.covering(at).filter(state="live")
        return rows.unsuppressed() if at < clock.read_instant() else rows

    def listed(self, at: datetime, walk: Walk) -> "PublicationQuerySet":
        """Live at `at`, to be walked by the index made for that order.

        Of now, of what is ahead and of what was a moment ago the sweep has left few others; of the past every version
        is asked.
        """
        rows, now = self._alive_beside(at), clock.read_instant()
        if at > now - LINGERS / 2:
            rows = rows.filter(listable=True, besides_state="live")
            return rows if at >= now else rows.unsuppressed()
        rows = rows.filter(state="live").unsuppressed()
        if walk.column in DATES:  # no date of a row is later than the row itself
            return rows.within(walk, **{f"{walk.column}__lte": at})
        return rows.beside(published_at__lte=at)

    def _alive_beside(self, at: datetime) -> "PublicationQuerySet":
        rows = self.alias(
            besides_state=Beside("state"),
            besides_from=Beside("effective_from"),
            besides_until=Beside("effective_until"),
        )
        return rows.filter(besides_from__lte=at, besides_until__gt=at)

    def beside(self, **values: object) -> "PublicationQuerySet":
        """Filtered by columns that are no reason to take another index; a name may end in a look-up (`__lte`)."""
        columns = {name.partition("__")[0] for name in values}
        rows = self.alias(**{f"besides_{column}": Beside(column) for column in columns})
        return rows.filter(**{f"besides_{name}": value for name, value in values.items()})

    def within(self, walk: Walk, **bounds: object) -> "PublicationQuerySet":
        """Filtered by bounds of columns (`published_at__lt=…`), which are a reason to take the index that is walked.

        Of two that begin a walk SQLite takes one, and passes over what lies between; a cursor's has to be the one.
        """
        rows = self
        for name, value in bounds.items():
            bound = {name: value}
            rows = rows.filter(**bound) if walk.ends_or_begins_at(name) else rows.beside(**bound)
        return rows

    def under(self, role: str, key: str) -> "PublicationQuerySet":
        """Listable rows of a topic, an author or a reviewer, to be walked by what their listings repeat (`LISTED`)."""
        named = models.FilteredRelation(
            "listings", condition=models.Q(listings__role=role, listings__key=key)
        )
        rows = self.alias(listing=named).filter(listing__isnull=False)
        return rows.alias(**{LISTED + name: models.F(f"listing__{name}") for name in REPEATED})

    def pointing_at(self, rows: models.QuerySet) -> "PublicationQuerySet":
        """Those of which `rows` say that they point at something, asked row by row in the order that is walked.

        PostgreSQL makes of an EXISTS a join, or a table of all that ever pointed there: it begins with what is many.
        """
        one = rows.filter(publication=models.OuterRef("pk")).values(there=models.Value(True))[:1]
        found = models.Subquery(one, output_field=models.BooleanField())
        return self.alias(pointing=Coalesce(found, models.Value(False))).filter(pointing=True)

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

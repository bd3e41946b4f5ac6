"""What followers of the log learn of articles and the catalogue: where they are read, and which of them are live."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from articles.models.catalogue import CatalogueItem, CatalogueVersion
from articles.models.publication import Publication
from articles.tags import tags_of, tags_of_entry
from cms.following import Line
from cms.models import Change

_SHELVES = {
    "topic": "topics/{}",
    "person": "people/{}",
    "reference": "references/{}",
    "collection": "collections/{}",
    "helpline": "helplines",
    "legal_status": "legal-statuses",
}
_TYPES = {"live": "article.published", "withdrawn": "article.withdrawn"}


class Articles:
    """One line for each readable article."""

    def hrefs(self, entries: Sequence[Change]) -> Mapping[UUID, str]:
        return {entry.subject: _article(entry.subject) for entry in entries}

    def live(self, *, at: datetime, beyond: str, limit: int) -> list[Line]:
        rows = Publication.objects.covering(at).readable().order_by("article_id")
        rows = rows.filter(article_id__gt=UUID(beyond)) if beyond else rows
        shown = rows.defer("card").prefetch_related("topic_rows", "person_rows")[:limit]
        return [_article_line(row) for row in shown]


class Catalogue:
    """One line for each entry that is listed."""

    def hrefs(self, entries: Sequence[Change]) -> Mapping[UUID, str]:
        """Redirects are told as changes of the catalogue, by their list alone."""
        items = CatalogueItem.objects.filter(pk__in={entry.subject for entry in entries})
        found = {entry.subject: "/api/v1/redirects" for entry in entries if entry.cache_tags == ["redirects"]}
        return found | {item.pk: _entry(item) for item in items.only("kind", "key")}

    def live(self, *, at: datetime, beyond: str, limit: int) -> list[Line]:
        rows = CatalogueVersion.objects.covering(at).order_by("item_id")
        rows = rows.filter(item_id__gt=UUID(beyond)) if beyond else rows
        return [_entry_line(row) for row in rows.defer("content").select_related("item")[:limit]]


def _article_line(row: Publication) -> Line:
    topics = [link.topic_id for link in row.topic_rows.all()]
    people = [link.person_id for link in row.person_rows.all()]
    return Line(
        key=str(row.article_id),
        type=_TYPES[row.state],
        at=row.effective_from,
        subject=row.article_id,
        version=row.version,
        href=_article(row.article_id),
        cache_tags=tuple(sorted(tags_of(row.article_id, row.locale, topics, people))),
    )


def _entry_line(version: CatalogueVersion) -> Line:
    return Line(
        key=str(version.item_id),
        type="catalogue.changed",
        at=version.effective_from,
        subject=version.item_id,
        version=version.number,
        href=_entry(version.item),
        cache_tags=tuple(tags_of_entry(version.item.kind, version.item_id)),
    )


def _article(article_id: UUID) -> str:
    return f"/api/v1/articles/{article_id}"


def _entry(item: CatalogueItem) -> str:
    return f"/api/v1/{_SHELVES[item.kind].format(item.key)}"


articles, catalogue = Articles(), Catalogue()

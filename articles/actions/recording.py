"""What the world is told of a row or an entry: one change, due when it begins, with the cache tags it touches."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from articles import tags
from articles.models import CatalogueItem, CatalogueVersion, Publication
from cms import changes


def announce(row: Publication, before: Publication | None) -> None:
    """Note the change that readers will see when `row` begins. Whoever first needs the log then moves it in.

    Answers that list translations carry the tag of their group: a translation touches them all.
    """
    group = {f"translations-{row.article.group_id}"} if row.source_article else set()
    changes.schedule(
        due_at=row.effective_from,
        publication_id=row.pk,
        type=change_type(row, before),
        subject=row.article_id,
        article_id=row.article_id,
        version=row.version,
        cache_tags=sorted(group | cache_tags(row) | (cache_tags(before) if before else set())),
    )


def announce_entry(version: CatalogueVersion) -> None:
    """Note that a version of an entry begins. What lies ahead waits, and is forgotten when it is cancelled."""
    changes.schedule(
        due_at=version.effective_from,
        publication_id=version.pk,
        type="catalogue.changed",
        subject=version.item_id,
        version=version.number,
        cache_tags=_tags_of(version.item),
    )


def announce_retirement(item: CatalogueItem, at: datetime) -> None:
    """Note that an entry is listed no longer from `at` on."""
    changes.schedule(
        due_at=at,
        publication_id=item.pk,
        type="catalogue.changed",
        subject=item.pk,
        cache_tags=_tags_of(item),
    )


def _tags_of(item: CatalogueItem) -> list[str]:
    return tags.tags_of_entry(item.kind, item.pk)


def change_type(row: Publication, before: Publication | None) -> str:
    if row.update_type == "rerender":
        return "article.rerendered"
    if row.state != "live":
        return f"article.{row.state}"
    if before is None or before.state == "gone":
        return "article.published"
    if row.slug != before.slug:
        return "article.moved"
    return "article.updated"


def cache_tags(row: Publication) -> set[str]:
    """`articles.tags.tags_of` of what the row shows."""
    topics = row.topic_rows.values_list("topic_id", flat=True)
    return tags_of(row, topics, row.person_rows.values_list("person_id", flat=True))


def tags_of(row: Publication, topics: Iterable[UUID], people: Iterable[UUID]) -> set[str]:
    """The same from the ids of topics and people: no query."""
    return tags.tags_of(row.article_id, row.locale, topics, people)

"""Drafts among the cards of a list: which of them the list's parameters leave, and where they stand on its pages."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from articles.actions.rows import Rows
from articles.models import CatalogueItem, Publication
from cms.pagination import Order, Page, cursor_after

_READ: dict[str, Callable[[str], Any]] = {
    "article_id": UUID,
    "published_at": datetime.fromisoformat,
    "updated_at": datetime.fromisoformat,
    "title_key": str,
}
"""How a cursor's parts become what the rows hold."""


def matching(drafts: Iterable[Rows], query: Mapping[str, Any]) -> list[Publication]:
    """The drafts that are live and that the parameters leave, by the same rules as published rows."""
    return [rows.publication for rows in drafts if rows.publication.state == "live" and _matches(rows, query)]


def merged(page: Page, drafts: Iterable[Publication], order: Order, limit: int, cursor: Any) -> Page:
    """The page with the drafts that belong on it, each in its place; at most `limit` rows, as before."""
    behind = [
        row for row in drafts if cursor is None or _after(_key(row, order), _typed(cursor, order), order)
    ]
    rows = list(page.rows)
    for row in sorted(behind, key=lambda row: _key(row, order)):
        places = (n for n, other in enumerate(rows) if _after(_key(other, order), _key(row, order), order))
        rows.insert(next(places, len(rows)), row)
    if len(rows) <= limit and page.next_cursor is None:
        return Page(rows, None, page.pinned)
    return Page(rows[:limit], cursor_after(rows[limit - 1], order, page.pinned), page.pinned)


def _matches(rows: Rows, query: Mapping[str, Any]) -> bool:
    row = rows.publication
    equal = {"locale": row.locale, "kind": row.article_kind, "medical": row.medical}
    if any(query[name] not in (None, value) for name, value in equal.items()):
        return False
    if query["published_after"] and row.published_at <= query["published_after"]:
        return False
    if query["published_before"] and row.published_at >= query["published_before"]:
        return False
    if query["updated_after"] and row.updated_at <= query["updated_after"]:
        return False
    if any(f" {note} " in row.note_types for note in query["exclude_notes"]):
        return False
    return _points_at(rows, query)


def _points_at(rows: Rows, query: Mapping[str, Any]) -> bool:
    topics = {topic.topic_id for topic in rows.topics}
    people = {
        role: {one.person_id for one in rows.people if one.role == role} for role in ("author", "reviewer")
    }
    return (
        _named("topic", query["topic"], topics)
        and _named("person", query["author"], people["author"])
        and _named("person", query["reviewer"], people["reviewer"])
    )


def _named(kind: str, key: str | None, ids: set[Any]) -> bool:
    return key is None or CatalogueItem.objects.of_kind(kind).filter(key=key, pk__in=ids).exists()


def _key(row: Publication, order: Order) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name, _ in order.fields)


def _typed(cursor: Mapping[str, Any], order: Order) -> tuple[Any, ...]:
    """The cursor's key as the rows have theirs. `cms.pagination.page` has judged the cursor."""
    return tuple(_READ[name](key) for (name, _), key in zip(order.fields, cursor["k"], strict=True))


def _after(one: tuple[Any, ...], other: tuple[Any, ...], order: Order) -> bool:
    """Whether one key stands later in the order than the other. All fields of our orders run one way."""
    return one < other if order.fields[0][1] == "desc" else one > other

"""Collections for tests, and the condition of somebody who has just read one."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from articles import actions
from articles.actions.collections import Kept
from articles.models import Article, CatalogueItem
from cms import transactions
from cms.preconditions import IfMatch
from tests.builders import an_entry

DESK = "/api/v1/editorial/collections"


def a_collection(
    *articles: Article, key: str = "first-steps", since: datetime | None = None
) -> CatalogueItem:
    """A collection that has been public since a month ago, with these articles in this order."""
    return an_entry("collection", key, since=since, articles=[str(article.pk) for article in articles])


def tag(item: CatalogueItem) -> IfMatch:
    item.refresh_from_db()
    return IfMatch((item.etag,))


def titled(title: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The change that gives a collection another English title."""
    return lambda document: document | {"title": {"en": title}}


def holding(*articles: Article) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda document: document | {"articles": [str(article.pk) for article in articles]}


def saved(
    item: CatalogueItem, change: Callable[[dict[str, Any]], dict[str, Any]], at: datetime | None = None
) -> Kept:
    """A save by somebody who has just read it; from now on, or from an instant ahead."""
    return transactions.run(
        lambda: actions.save_collection(
            item_id=item.pk, change=change, expected=tag(item), by=None, effective_from=at
        )
    )


def timeline(item: CatalogueItem) -> list[tuple[str, datetime, datetime]]:
    """Title and interval of every version, in time order."""
    rows = item.versions.order_by("effective_from")
    return [(row.document["title"]["en"], row.effective_from, row.effective_until) for row in rows]

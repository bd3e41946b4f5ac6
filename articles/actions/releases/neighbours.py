"""Locking in one order: articles that share a scheduled release are locked together, before any of them is changed.

Changing one may cancel the release, which writes the others: two who changed two of them would wait for each other.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from articles.models import Article, Publication, ReleaseItem
from cms import clock


def lock_with(article_ids: Iterable[UUID]) -> None:
    """Lock these articles, and all that share a scheduled release with one of them, in the order of their ids.

    On SQLite the whole database is locked already. A release that is scheduled meanwhile is met by its articles' locks.
    """
    if not connection.features.has_select_for_update:
        return
    found = asked = set(article_ids)
    while asked:
        asked = _sharing(asked) - found
        found = found | asked
    articles = Article.objects.select_for_update(of=("self",)).filter(pk__in=found).order_by("pk")
    list(articles.values_list("pk", flat=True))


def lock_showing(item_id: UUID) -> None:
    """Lock the articles of every scheduled release in which a text shows an entry of the catalogue."""
    if connection.features.has_select_for_update:
        rows = Publication.objects.filter(embeds__item_id=item_id, **_ahead())
        lock_with(set(rows.values_list("article_id", flat=True)))


def _sharing(article_ids: set[UUID]) -> set[UUID]:
    rows = Publication.objects.filter(article_id__in=article_ids, **_ahead())
    releases = set(rows.values_list("release_id", flat=True))
    if not releases:
        return set()
    items = ReleaseItem.objects.filter(release_id__in=releases)
    return set(items.values_list("article_id", flat=True))


def _ahead() -> dict[str, object]:
    return {"release__isnull": False, "effective_from__gt": clock.now()}

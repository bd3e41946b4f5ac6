"""Translations on the desk: what the verb takes, and how a translation stands to its source."""

from datetime import datetime
from typing import Any
from uuid import UUID

from rest_framework import serializers

from articles.actions.lineage import origin_of
from articles.models import Article, Publication, Revision
from articles.reading import covering
from articles.serializers.fields import Locale, Slug
from articles.translations import behind, histories


class Translate(serializers.Serializer):
    """Without `title` the translation begins with the source's; without `slug` it has none yet."""

    locale = Locale()
    title = serializers.CharField(max_length=300, required=False)
    slug = Slug(required=False, allow_blank=True)


def made_from(revision: Revision) -> dict[str, Any] | None:
    """The source's revision that a text was made from; null for an original."""
    source = revision.translated_from
    if source is None:
        return None
    return {
        "article": str(source.article_id),
        "locale": source.article.locale,
        "revision": source.number,
        "href": f"/api/v1/editorial/articles/{source.article_id}/revisions/{source.number}",
    }


def standing(article: Article, head: Revision, at: datetime) -> dict[str, Any] | None:
    """Where a translation stands at an instant; null for an original.

    `revisions_behind` is of what is public and null when nothing is; `head_revisions_behind` of the newest text.
    """
    source, origin = head.translated_from, origin_of(head)
    if source is None or origin is None:
        return None
    row = covering(article.pk, at)
    public = _goes_back_to(row) if row and row.state != "gone" else None
    past = histories({pair[0] for pair in (origin, public) if pair}, at)
    return {
        **(made_from(head) or {}),
        "source_head": source.article.head_number,
        "source_href": f"/api/v1/editorial/articles/{source.article_id}",
        "revisions_behind": behind(past[public[0]], public[1]) if public else None,
        "head_revisions_behind": behind(past[origin[0]], origin[1]),
    }


def _goes_back_to(row: Publication) -> tuple[UUID, int] | None:
    if row.source_article is None or row.source_revision is None:
        return None
    return row.source_article, row.source_revision

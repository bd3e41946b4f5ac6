"""The article that is asked for most plainly, by one prepared look-up: what the fast lane needs to answer by itself.

It finds what `articles.reading.article_for` finds, where that takes no second thought: by id, or by slug and locale,
now, whole. For all else it finds nothing, and Django's own view answers.
"""

import re
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.http import http_date

from articles import memento
from articles.models.publication import Publication
from articles.reading import is_id
from articles.views.delivery.articles import article_tags
from articles.views.delivery.instants import Instant
from cms import clock, locales
from cms.delivery import Keeping
from cms.fastlane.straight import Particular
from cms.prepared import PreparedQuery

_PATH = re.compile(r"/api/v1/articles/([a-z0-9-]{1,200})")
_QUERY = re.compile(f"locale=({locales.LANGUAGE_TAG})")


class Row(NamedTuple):
    """What an answer is made of, as the columns of one row."""

    article_id: UUID
    version: int
    locale: str
    etag: str
    effective_from: datetime
    effective_until: datetime
    card: bytes
    body: bytes | None


def _columns(rows: QuerySet) -> QuerySet:
    return rows.values_list(*Row._fields[:-1], "rendering__body")


def _by_slug(slug: str, locale: str, now: datetime) -> QuerySet:
    return _columns(Publication.objects.filter(slug=slug, locale=locale).covering(now).readable())


def _by_id(article_id: UUID, now: datetime) -> QuerySet:
    return _columns(Publication.objects.filter(article_id=article_id).covering(now).readable())


_NOW = datetime(2000, 1, 1, tzinfo=clock.FAR.tzinfo)
_SLUG = PreparedQuery(_by_slug, {"slug": "a-slug", "locale": "a-locale", "now": _NOW})
_ID = PreparedQuery(_by_id, {"article_id": UUID(int=1), "now": _NOW})


def article(path: str, query: str) -> Particular | None:
    """The live or withdrawn article at an address, None where only Django can tell. Raises DatabaseError."""
    named = _PATH.fullmatch(path)
    asked = _QUERY.fullmatch(query) if query else None
    if named is None or (query and asked is None):
        return None
    found = _found(named[1], locales.canonical(asked[1]) if asked else None)
    return _particular(Row(*found)) if found and found[-1] is not None else None


def _found(slug: str, locale: str | None) -> tuple[Any, ...] | None:
    now = clock.read_instant()
    if is_id(slug):
        found = _ID.first(article_id=UUID(slug), now=now)
        return found if found and locale in (None, found[2]) else None
    return _SLUG.first(slug=slug, locale=locale, now=now) if locale else None


def _particular(row: Row) -> Particular:
    lasting = Instant(row.effective_from, past=False).lasting(row.effective_until)
    headers = {
        "Last-Modified": http_date(row.effective_from.timestamp()),
        "Link": memento.links_of_article(row.article_id, row.version),
        "Content-Language": row.locale,
    }
    if settings.CACHE_TAG_HEADER:
        headers[settings.CACHE_TAG_HEADER] = ",".join(article_tags(row))
    return Particular(bytes(row.body or b""), row.etag, headers, Keeping(**lasting))

"""What builders, feed readers and search engines follow: the manifest, two feeds, the sitemap."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponseBase
from rest_framework.request import Request

from articles import syndication
from articles.models.article import KINDS
from articles.models.publication import Publication
from articles.naming import require_told
from articles.openapi import syndication as docs
from articles.querysets.public import PublicationQuerySet, Walk
from articles.reading import last_transition, next_transition
from articles.rendering.addresses import address_of
from articles.rendering.times import rfc3339
from articles.tags import tag_of_list
from articles.views.delivery.articles import LOCALE
from articles.views.delivery.filters import NOW, filtered, walked_through, walking_at
from articles.views.delivery.instants import AT, OfAnInstant
from cms import clock, pagination, parameters
from cms.delivery import DeliveryView
from cms.models.site import Site
from cms.negotiation import TheOneForm
from cms.pagination import Order
from cms.renderers import Written

FEED_LENGTH = 30
SITEMAP_LENGTH = 50_000
"""Addresses in one sitemap, as sitemaps.org bounds them."""

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
BY_DATE = Order((("published_at", "desc"), ("article_id", "desc")))
NEWEST = Walk.along(BY_DATE.fields[0])
_MONTH = r"\d{4}-(?:0[1-9]|1[0-2])"


@docs.manifest
class Manifest(OfAnInstant, DeliveryView):
    """Everything that is live, in one line each: what a builder holds against its own copy."""

    leased = True
    parameters = {
        "locale": LOCALE,
        "kind": parameters.choice(KINDS, "Only this kind."),
        "at": AT,
        "limit": parameters.limit(default=500, max=1000),
        "cursor": parameters.cursor(),
        "count": parameters.boolean("Whether to count all that match.", default=False),
    }

    def get(self, request: Request) -> HttpResponseBase:
        instant = self.instant()
        last, following = self.transitions(instant)
        walked = self.walked(instant, following)
        walk = Walk.along(BY_DATE.fields[0], further=bool(self.query["cursor"]))
        rows = filtered(
            _live(walked.at, walk), {**_NO_FILTER, **self.query}, walk, walking=walking_at(walked)
        )
        fields = ("article_id", "slug", "locale", "etag", "published_at", "updated_at", "review_due_at")
        page = pagination.page(
            rows.only(*fields, "review__created_at").select_related("review"),
            order=BY_DATE,
            limit=self.query["limit"],
            cursor=self.query["cursor"],
        )
        pinned = instant.at if instant.past else (last or instant.at)
        body, link = pagination.envelope(
            request,
            [_line(row) for row in page.rows],
            {"cursor": page.next_cursor, "at": rfc3339(pinned)} if page.next_cursor else None,
            rows.count() if self.query["count"] else None,
        )
        lasting = self.lasting_at(request, instant, following, link=link)
        tags = (tag_of_list(self.query["locale"]),)
        return self.respond(request, body, last_modified=last, tags=tags, **lasting)


class Atom(Written):
    media_type = syndication.ATOM
    format = "atom"


class JsonFeed(Written):
    media_type = syndication.JSON_FEED
    format = "feed-json"


class Xml(Written):
    media_type = syndication.XML
    format = "xml"


class Feed(DeliveryView):
    """The newest live articles of one language. Subclasses say in which form, and what writes it."""

    content_negotiation_class = TheOneForm
    written: ClassVar["staticmethod[[syndication.Newest], bytes]"]
    parameters = {
        "locale": LOCALE,
        "kind": parameters.choice(KINDS, "Only this kind."),
        "topic": parameters.text("The slug of a topic."),
    }

    def get(self, request: Request) -> HttpResponseBase:
        now, site = clock.read_instant(), _site()
        locale = self.query["locale"] or site.default_locale
        query = {**_NO_FILTER, **self.query, "locale": locale}
        rows = filtered(_live(now), query, NEWEST, walking=NOW)
        order = replace(BY_DATE, through=walked_through(query, NOW))
        found = list(rows.only("card", "effective_from").order_by(*order.terms)[:FEED_LENGTH])
        if not found:
            require_told(self.query, now)
        changed_at = last_transition(now)
        newest = syndication.Newest(
            name=site.name,
            description=site.description,
            locale=locale,
            here=_here(request, self.query),
            cards=[json.loads(bytes(row.card)) for row in found],
            changed_at=changed_at or BEGINNING,
        )
        return self.respond(
            request,
            self.written(newest),
            transition=next_transition(now),
            last_modified=changed_at,
            tags=(tag_of_list(locale),),
            headers={"Content-Language": locale},
        )


@docs.atom_feed
class AtomFeed(Feed):
    """The newest articles as Atom (RFC 4287)."""

    leased = True
    renderer_classes = [Atom]
    written = staticmethod(syndication.atom)


@docs.json_feed
class JsonFeedOfArticles(Feed):
    """The newest articles as a JSON Feed (version 1.1)."""

    leased = True
    renderer_classes = [JsonFeed]
    written = staticmethod(syndication.json_feed)


@docs.sitemap
class Sitemap(DeliveryView):
    """The pages of all live articles for search engines: an index of months, and each month of a locale."""

    leased = True
    content_negotiation_class = TheOneForm
    renderer_classes = [Xml]
    parameters = {
        "locale": LOCALE,
        "month": parameters.text("A month of publication, as 2026-03.", max_length=7, pattern=_MONTH),
    }

    def get(self, request: Request) -> HttpResponseBase:
        now = clock.read_instant()
        locale, month = self.query["locale"], self.query["month"]
        if locale and month:
            data = syndication.sitemap(_entries(_live(now), locale, month))
        else:
            data = syndication.sitemap_index(_pages(now, locale, month))
        return self.respond(
            request,
            data,
            transition=next_transition(now),
            last_modified=last_transition(now),
            tags=(tag_of_list(locale),),
        )


_NO_FILTER: dict[str, Any] = dict.fromkeys(
    "locale kind topic author reviewer medical published_after published_before updated_after".split()
) | {"exclude_notes": ()}


def _live(at: datetime, walk: Walk = NEWEST) -> PublicationQuerySet:
    return Publication.objects.listed(at, walk)


def _line(row: Publication) -> dict[str, Any]:
    return {
        "id": str(row.article_id),
        "slug": row.slug,
        "locale": row.locale,
        "etag": row.etag,
        "updated_at": rfc3339(row.updated_at),
        "reviewed_at": rfc3339(row.review.created_at) if row.review else None,
        "review_due_at": rfc3339(row.review_due_at) if row.review_due_at else None,
    }


def _pages(now: datetime, locale: str | None, month: str | None) -> list[str]:
    here = f"{settings.PUBLIC_URL}/api/v1/sitemap.xml"
    locales = [locale] if locale else _locales(_live(now))
    return [
        f"{here}?{urlencode({'locale': name, 'month': found})}"
        for name in locales
        for found in _months(_live(now).filter(locale=name))
        if month in (None, found)
    ]


def _locales(rows: PublicationQuerySet) -> list[str]:
    """The locales in which something is live, whatever the site says of its own: one probe of the index for each."""
    found: list[str] = []
    names = rows.order_by("locale").values_list("locale", flat=True)
    last = names.first()
    while last is not None:
        found.append(last)
        last = names.filter(locale__gt=last).first()
    return found


def _months(rows: PublicationQuerySet) -> list[str]:
    """The months in which something that is live was published, newest first: one probe of the index for each."""
    found: list[str] = []
    newest = rows.order_by("-published_at").values_list("published_at", flat=True)
    last = newest.first()
    while last is not None:
        found.append(f"{last:%Y-%m}")
        last = newest.filter(published_at__lt=_start_of(found[-1])).first()
    return found


def _entries(
    rows: PublicationQuerySet, locale: str, month: str
) -> list[tuple[str, datetime, dict[str, str]]]:
    start = _start_of(month)
    within = rows.filter(locale=locale, published_at__gte=start, published_at__lt=_next_month(start))
    columns = ("article_id", "slug", "updated_at", "article__group_id")
    listed = list(within.order_by("-published_at", "-article_id").values_list(*columns)[:SITEMAP_LENGTH])
    groups = within.values("article__group_id")
    others: dict[Any, dict[str, str]] = {}
    for article_id, slug, name, group in rows.filter(article__group_id__in=groups).values_list(
        "article_id", "slug", "locale", "article__group_id"
    ):
        address = address_of(settings.FRONTEND_URL_TEMPLATE, str(article_id), name, slug)
        others.setdefault(group, {})[name] = syndication.absolute(address)
    return [
        (
            others[group][locale],
            updated_at,
            others[group] if len(others[group]) > 1 else {},
        )
        for _, _, updated_at, group in listed
    ]


def _start_of(month: str) -> datetime:
    year, number = month.split("-")
    return datetime(max(int(year), 1), int(number), 1, tzinfo=UTC)


def _next_month(start: datetime) -> datetime:
    if start.month < 12:
        return start.replace(month=start.month + 1)
    return clock.FAR if start.year == 9999 else start.replace(year=start.year + 1, month=1)


def _site() -> Site:
    return Site.objects.filter(pk=1).first() or Site(name="Kintsugi")


def _here(request: Request, query: Mapping[str, Any]) -> str:
    sent = {name: value for name, value in query.items() if value is not None}
    asked = f"?{urlencode(sent)}" if sent else ""
    return f"{settings.PUBLIC_URL}{request.path}{asked}"

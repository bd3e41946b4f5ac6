"""Articles as readers get them: one document, or a list of cards."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from django.http import HttpResponseBase
from rest_framework.request import Request

from articles import memento
from articles.content import NOTE_TYPES
from articles.including import INCLUDES, Included, included
from articles.models.article import KINDS
from articles.models.publication import Publication
from articles.naming import require_told
from articles.openapi import delivery as docs
from articles.querysets.public import PublicationQuerySet, Walk
from articles.reading import (
    Moved,
    answered_until,
    article_for,
    body_of,
    place_of,
)
from articles.rendering.times import rfc3339
from articles.rendering.views import FULL, VIEWS, in_view, with_members
from articles.resolving import row_behind
from articles.tags import tag_of_list
from articles.views.delivery.filters import filtered, walked_through, walking_at
from articles.views.delivery.history import TellsHistory
from articles.views.delivery.instants import AT, Instant, OfAnInstant
from articles.views.delivery.moving import moved as moved_answer
from cms import clock, pagination, parameters
from cms.conditional import etag_of
from cms.delivery import DeliveryView
from cms.errors import Gone, NotFound
from cms.pagination import Order, Page

ORDERS = {
    "-published_at": Order((("published_at", "desc"), ("article_id", "desc"))),
    "published_at": Order((("published_at", "asc"), ("article_id", "asc"))),
    "-updated_at": Order((("updated_at", "desc"), ("article_id", "desc"))),
    "title": Order((("title_key", "asc"), ("article_id", "asc"))),
}
LOCALE = parameters.locale("A locale (BCP 47), such as en or fr-CA; case does not matter.")

VIEW = parameters.choice(
    VIEWS,
    "The body in which form: `html` without blocks, `blocks` without HTML, `markdown` in the place of both.",
    default=FULL,
)


@docs.article_list
class ArticleList(OfAnInstant, DeliveryView):
    """Live articles, as cards: everything but body, references, claims and json_ld."""

    leased = True
    parameters = {
        "locale": LOCALE,
        "kind": parameters.choice(KINDS, "Only this kind."),
        "topic": parameters.text("The slug of a topic."),
        "author": parameters.text("The slug of a person who wrote it."),
        "reviewer": parameters.text("The slug of the person who reviewed it."),
        "medical": parameters.boolean("Only medical articles, or only others."),
        "exclude_notes": parameters.choices(
            NOTE_TYPES, "Leave out articles with any of these content notes."
        ),
        "published_after": parameters.instant("Published later than this instant."),
        "published_before": parameters.instant("Published before this instant."),
        "updated_after": parameters.instant("With a major update later than this instant."),
        "ordering": parameters.choice(ORDERS, "Newest first unless said otherwise.", default="-published_at"),
        "at": AT,
        "fields": parameters.choices(docs.CARD_FIELDS, "Only these members of each card."),
        "limit": parameters.limit(),
        "cursor": parameters.cursor(),
        "count": parameters.boolean("Whether to count all that match.", default=False),
    }

    def get(self, request: Request) -> HttpResponseBase:
        query, instant = self.query, self.instant()
        last, following = self.transitions(instant)
        walked = self.walked(instant, following)
        rows = filtered(self.live(walked), query, self.walk, walking=walking_at(walked))
        page = self.paged(rows, walked)
        if not page.rows:
            require_told(query, max(instant.at, clock.read_instant()))
        pinned = instant.at if instant.past else (last or instant.at)
        behind = {"cursor": page.next_cursor, "at": rfc3339(pinned)} if page.next_cursor else None
        body, link = pagination.envelope_bytes(
            request,
            [with_members(bytes(row.card), query["fields"]) for row in page.rows],
            behind,
            self.counted(rows, walked) if query["count"] else None,
        )
        lasting = self.lasting_at(request, instant, following, link=link)
        lasting["headers"] |= {"Content-Language": query["locale"]} if query["locale"] else {}
        tags = (tag_of_list(query["locale"]),)
        return self.respond(request, body, last_modified=last, tags=tags, **lasting)

    def live(self, instant: Instant) -> PublicationQuerySet:
        """What is listed at an instant, before any filter."""
        return Publication.objects.listed(instant.at, self.walk)

    @property
    def order(self) -> Order:
        return ORDERS[self.query["ordering"]]

    @property
    def walk(self) -> Walk:
        return Walk.along(self.order.fields[0], further=bool(self.query["cursor"]))

    def paged(self, rows: PublicationQuerySet, instant: Instant) -> Page:
        """One page of the rows."""
        return pagination.page(
            rows.only("card", "article_id", "published_at", "updated_at", "title_key"),
            order=replace(self.order, through=walked_through(self.query, walking_at(instant))),
            limit=self.query["limit"],
            cursor=self.query["cursor"],
        )

    def counted(self, rows: PublicationQuerySet, instant: Instant) -> int:
        return rows.count()


@docs.article_detail
class ArticleDetail(OfAnInstant, TellsHistory, DeliveryView):
    """One article by slug or id: the bytes that were stored when it was published."""

    leased = True
    parameters = {
        "locale": LOCALE,
        "at": AT,
        "view": VIEW,
        "fields": parameters.choices(docs.ARTICLE_FIELDS, "Only these members."),
        "include": parameters.choices(
            INCLUDES,
            "Members composed at reading: translations, cards of related articles, targets of links.",
        ),
    }

    def get(self, request: Request, slug: str) -> HttpResponseBase:
        instant = self.instant()
        try:
            row = self.found(slug, instant)
        except Moved as moved:
            return moved_answer(request, moved.row, instant)
        stored, fields, names = body_of(row), self.query["fields"], self.query["include"]
        lasting = self.lasting(row, slug, instant)
        lasting |= {"tags": article_tags(row), "last_modified": row.effective_from}
        shown, tag = of_view(row, stored, self.query["view"])
        body = with_members(shown, fields)
        if names:
            found = self.beside(row, stored, instant)
            body, lasting = found.beside(body), _with(lasting, found)
            links = memento.links_of_composed if instant.past else memento.links_of_article
            history = {"Link": links(row.article_id, row.version)}
        else:
            history = self.history_headers(row, instant)
        lasting["headers"] = lasting.get("headers", {}) | history | {"Content-Language": row.locale}
        return self.respond(request, body, etag=None if fields or names else tag, **lasting)

    def found(self, slug: str, instant: Instant) -> Publication:
        """The row that answers. Raises NotFound, Gone, and Moved: to where its slug went or a redirect leads."""
        try:
            with_body = None if instant.past else Publication.objects.select_related("rendering")
            return article_for(slug, locale=self.query["locale"], at=instant.at, among=with_body)
        except (NotFound, Gone):
            row = None if instant.past else row_behind(slug, self.query["locale"], instant.at)
            if row is None:
                raise
            raise Moved(row) from None

    def lasting(self, row: Publication, slug: str, instant: Instant) -> dict[str, Any]:
        """How long the answer stays true, as arguments of `respond`."""
        return instant.lasting(answered_until(row, slug, self.query["locale"], instant.at))

    def beside(self, row: Publication, stored: bytes, instant: Instant) -> Included:
        """What `include` asks for beside the stored document."""
        return included(row, stored, self.query["include"], instant.at)

    def history_headers(self, row: Publication, instant: Instant) -> dict[str, str]:
        if instant.past:
            return memento_headers(row, clock.read_instant())
        return {"Link": memento.links_of_article(row.article_id, row.version)}


def _with(lasting: dict[str, Any], found: Included) -> dict[str, Any]:
    """How long an answer with included members lasts: as long as the shortest-lived of them."""
    ends = [end for end in (lasting["transition"], found.transition) if end]
    return lasting | {
        "transition": min(ends) if ends and lasting["transition"] else lasting["transition"],
        "tags": tuple(dict.fromkeys((*lasting["tags"], *found.tags))),
        "last_modified": max(lasting["last_modified"], found.changed),
    }


def of_view(row: Publication, stored: bytes, view: str) -> tuple[bytes, str]:
    """The document of a row in one form, and the strong tag of these bytes."""
    if view == FULL or not row.rendering_id:
        return stored, row.etag
    shown = in_view(stored, row.rendering_id, view)
    return shown, etag_of(shown)


def memento_headers(row: Publication, now: datetime) -> dict[str, str]:
    """What makes a past state a memento (RFC 7089, 2.1): when it began to be served, and its links."""
    return {
        "Memento-Datetime": memento.memento_datetime(row.effective_from),
        "Link": memento.links_of_memento(place_of(row, now)),
    }


class Carded(Protocol):
    """A publication, or what of it was read."""

    @property
    def article_id(self) -> Any: ...

    @property
    def card(self) -> Any: ...


def article_tags(row: Carded) -> tuple[str, ...]:
    """The cache tags of one article's document."""
    document = json.loads(bytes(row.card))
    topics = [f"topic-{topic['id']}" for topic in document["topics"]]
    people = [f"person-{person['id']}" for person in document["authors"]]
    return (f"article-{row.article_id}", *topics, *people)

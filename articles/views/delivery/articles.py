"""Articles as readers get them: one document, or a list of cards."""

import json
from datetime import datetime
from typing import Any

from django.http import HttpResponseBase
from rest_framework.request import Request

from articles import memento
from articles.content import NOTE_TYPES
from articles.models.article import KINDS
from articles.models.catalogue import CatalogueItem
from articles.models.publication import Publication, PublicationPerson
from articles.openapi import delivery as docs
from articles.reading import (
    Moved,
    answered_until,
    article_for,
    body_of,
    last_transition,
    next_transition,
    place_of,
)
from articles.rendering.document import bytes_of
from articles.rendering.times import rfc3339
from articles.views.delivery.instants import AT, Instant, asked
from articles.views.delivery.moving import moved as moved_answer
from cms import clock, pagination, parameters
from cms.delivery import DeliveryView
from cms.pagination import Order

ORDERS = {
    "-published_at": Order((("published_at", "desc"), ("article_id", "desc"))),
    "published_at": Order((("published_at", "asc"), ("article_id", "asc"))),
    "-updated_at": Order((("updated_at", "desc"), ("article_id", "desc"))),
    "title": Order((("title_key", "asc"), ("article_id", "asc"))),
}
LOCALE = parameters.text(
    "A locale (BCP 47), such as en or fr-CA.", max_length=35, pattern=r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"
)


@docs.article_list
class ArticleList(DeliveryView):
    """Live articles, as cards: everything but body, references, claims and json_ld."""

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
        query, instant = self.query, asked(self.query)
        rows = _filtered(Publication.objects.live(instant.at), query)
        narrowed = {"published_at__lte": instant.at} if instant.past else {"listable": True}
        rows = rows.filter(**narrowed)
        page = pagination.page(
            rows.only("card", "article_id", "published_at", "updated_at", "title_key"),
            order=ORDERS[query["ordering"]],
            limit=query["limit"],
            cursor=query["cursor"],
        )
        pinned = instant.at if instant.past else (last_transition(instant.at) or instant.at)
        following = {"cursor": page.next_cursor, "at": rfc3339(pinned)} if page.next_cursor else None
        body, link = pagination.envelope_bytes(
            request,
            [_selected(bytes(row.card), query["fields"]) for row in page.rows],
            following,
            rows.count() if query["count"] else None,
        )
        lasting = instant.lasting(None if instant.past else next_transition(instant.at))
        lasting["headers"] = lasting.get("headers", {}) | ({"Link": link} if link else {})
        return self.respond(request, body, tags=_list_tags(query), **lasting)


@docs.article_detail
class ArticleDetail(DeliveryView):
    """One article by slug or id: the bytes that were stored when it was published."""

    parameters = {
        "locale": LOCALE,
        "at": AT,
        "fields": parameters.choices(docs.ARTICLE_FIELDS, "Only these members."),
    }

    def get(self, request: Request, slug: str) -> HttpResponseBase:
        instant = asked(self.query)
        try:
            row = article_for(slug, locale=self.query["locale"], at=instant.at)
        except Moved as moved:
            return moved_answer(request, moved.row, instant)
        fields = self.query["fields"]
        body = _selected(body_of(row), fields)
        lasting = instant.lasting(answered_until(row, slug, self.query["locale"], instant.at))
        lasting["headers"] = lasting.get("headers", {}) | _history_headers(row, instant)
        return self.respond(
            request,
            body,
            etag=None if fields else row.etag,
            last_modified=row.effective_from,
            tags=article_tags(row),
            **lasting,
        )


def _history_headers(row: Publication, instant: Instant) -> dict[str, str]:
    if instant.past:
        return memento_headers(row, clock.read_instant())
    return {"Link": memento.links_of_article(row.article_id, row.version)}


def memento_headers(row: Publication, now: datetime) -> dict[str, str]:
    """What makes a past state a memento (RFC 7089, 2.1): when it began to be served, and its links."""
    return {
        "Memento-Datetime": memento.memento_datetime(row.effective_from),
        "Link": memento.links_of_memento(place_of(row, now)),
    }


def article_tags(row: Publication) -> tuple[str, ...]:
    """The cache tags of one article's document."""
    document = json.loads(bytes(row.card))
    topics = [f"topic-{topic['id']}" for topic in document["topics"]]
    people = [f"person-{person['id']}" for person in document["authors"]]
    return (f"article-{row.article_id}", *topics, *people)


def _list_tags(query: dict[str, Any]) -> tuple[str, ...]:
    return (f"list-{query['locale']}",) if query["locale"] else ("list",)


def _filtered(rows: Any, query: dict[str, Any]) -> Any:
    plain = {
        "locale": query["locale"],
        "article_kind": query["kind"],
        "medical": query["medical"],
        "published_at__gt": query["published_after"],
        "published_at__lt": query["published_before"],
        "updated_at__gt": query["updated_after"],
    }
    rows = rows.filter(**{name: value for name, value in plain.items() if value is not None})
    if query["topic"]:
        rows = rows.filter(topic_rows__topic_id__in=_item("topic", query["topic"]))
    for role in ("author", "reviewer"):
        if query[role]:
            rows = rows.filter(pk__in=_by_person(role, query[role]))
    for note in query["exclude_notes"]:
        rows = rows.exclude(note_types__contains=f" {note} ")
    return rows


def _by_person(role: str, key: str) -> Any:
    rows = PublicationPerson.objects.filter(person_id__in=_item("person", key), role=role)
    return rows.values("publication_id")


def _item(kind: str, key: str) -> Any:
    """The ids of the catalogue entry; one that does not exist matches nothing, as an empty list does."""
    return CatalogueItem.objects.of_kind(kind).filter(key=key).values("pk")


def _selected(body: bytes, fields: tuple[str, ...]) -> bytes:
    if not fields:
        return body
    document = json.loads(body)
    return bytes_of({name: document[name] for name in document if name in fields})

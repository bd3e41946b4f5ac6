"""Collections for readers: what an editor put together, with the cards of the articles that are live."""

from typing import Any

from django.http import HttpResponseBase
from rest_framework.request import Request

from articles.curated import Contents, contents
from articles.openapi import shelves as docs
from articles.reading import catalogue_version, entry_of, last_transition
from articles.rendering.catalogue import SHAPES
from articles.tags import tag_of_list
from articles.views.delivery.articles import LOCALE
from articles.views.delivery.catalogue import CatalogueList
from articles.views.delivery.instants import AT, OfAnInstant
from cms.canonical import document_bytes
from cms.delivery import DeliveryView


@docs.public_collection_list
class CollectionList(CatalogueList):
    """All collections, by slug, without their articles."""

    kind = "collection"


@docs.public_collection_detail
class CollectionDetail(OfAnInstant, DeliveryView):
    """One collection by its slug, with the cards of its articles that are live, in its order.

    Each article in its own locale, which its card names. With `locale` each is represented by its counterpart in that
    locale; those that are not live in it are left out.
    """

    leased = True
    parameters = {"locale": LOCALE, "at": AT}

    def get(self, request: Request, key: str) -> HttpResponseBase:
        instant, locale = self.instant(), self.query["locale"]
        version = catalogue_version("collection", key, instant.at)
        found = contents(version.document["articles"], locale, instant.at)
        ends = [end for end in (version.effective_until, found.transition) if end]
        lasting = self.lasting_at(request, instant, min(ends), max_age=60, swr=60)
        lasting["headers"] |= {"Content-Language": locale} if locale else {}
        lasting["last_modified"] = max(
            version.effective_from, last_transition(instant.at) or version.effective_from
        )
        # What it holds and does not show may begin at any time: that touches the list of its locale.
        own = (f"collection-{version.item_id}", tag_of_list(locale))
        tags = (*own, *(f"article-{id_}" for id_ in found.article_ids))
        return self.respond(request, _body(entry_of(version), found), tags=tags, **lasting)


def _body(entry: Any, found: Contents) -> bytes:
    """The stored cards go into the document untouched."""
    opening = document_bytes(SHAPES["collection"](entry))[:-1]
    return opening + b',"articles":[' + b",".join(found.cards) + b"]}"

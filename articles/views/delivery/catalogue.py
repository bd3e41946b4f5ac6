"""The catalogue for readers: topics, people, references, helplines, legal statuses, at any instant."""

from dataclasses import replace

from django.http import HttpResponseBase
from rest_framework.request import Request

from articles.models.catalogue import CatalogueVersion
from articles.openapi import delivery as docs
from articles.reading import around, catalogue_version, entry_of, helplines_for
from articles.rendering.catalogue import SHAPES
from articles.rendering.times import rfc3339
from articles.views.delivery.instants import AT, OfAnInstant
from cms import pagination, parameters
from cms.delivery import DeliveryView
from cms.magazine import magazine
from cms.pagination import Order

BY_KEY = Order((("item__key", "asc"),))
LIST_PARAMETERS = {
    "at": AT,
    "limit": parameters.limit(),
    "cursor": parameters.cursor(),
    "count": parameters.boolean("Whether to count all of them.", default=False),
}


class CatalogueList(OfAnInstant, DeliveryView):
    """A list of one kind, by key. Subclasses name the kind and their documentation."""

    kind: str
    parameters = LIST_PARAMETERS

    def get(self, request: Request) -> HttpResponseBase:
        instant = self.instant()
        transitions = around(self.kind, instant.at)
        rows = CatalogueVersion.objects.of_kind(self.kind).covering(instant.at).select_related("item")
        order = replace(BY_KEY, of=self.kind)
        page = pagination.page(rows, order=order, limit=self.query["limit"], cursor=self.query["cursor"])
        shape = SHAPES[self.kind]
        pinned = instant.at if instant.past else (transitions.last or instant.at)
        body, link = pagination.envelope(
            request,
            [shape(entry_of(row)) for row in page.rows],
            {"cursor": page.next_cursor, "at": rfc3339(pinned)} if page.next_cursor else None,
            rows.count() if self.query["count"] else None,
        )
        lasting = self.lasting_at(request, instant, transitions.next, link=link, max_age=60, swr=60)
        return self.respond(request, body, last_modified=transitions.last, tags=(self.kind,), **lasting)


class CatalogueDetail(OfAnInstant, DeliveryView):
    """One entry of a kind, by key."""

    kind: str
    parameters = {"at": AT}

    def get(self, request: Request, key: str) -> HttpResponseBase:
        instant = self.instant()
        version = catalogue_version(self.kind, key, instant.at)
        entry = entry_of(version)
        lasting = self.lasting_at(request, instant, version.effective_until, max_age=60, swr=60)
        lasting |= {"last_modified": version.effective_from, "tags": (f"{self.kind}-{entry.id}",)}
        return self.respond(request, SHAPES[self.kind](entry), **lasting)


@docs.topic_list
class TopicList(CatalogueList):
    """All topics."""

    kind = "topic"
    leased = True


@docs.topic_detail
class TopicDetail(CatalogueDetail):
    """One topic by its slug."""

    kind = "topic"
    leased = True


@docs.person_list
class PersonList(CatalogueList):
    """Everybody who writes or reviews here, with their declared interests."""

    kind = "person"
    leased = True


@docs.person_detail
class PersonDetail(CatalogueDetail):
    """One person by slug."""

    kind = "person"
    leased = True


@docs.reference_list
class ReferenceList(CatalogueList):
    """Every work that is cited, as CSL-JSON, with its publication status."""

    kind = "reference"
    leased = True


@docs.reference_detail
class ReferenceDetail(CatalogueDetail):
    """One work by its citation key."""

    kind = "reference"
    leased = True


@docs.legal_status_list
class LegalStatusList(CatalogueList):
    """Where substances stand in law, by place. Information with a date; never advice."""

    kind = "legal_status"
    leased = True


@docs.helpline_list
class HelplineList(OfAnInstant, DeliveryView):
    """Services to turn to in a country: its emergency number first, international directories last.

    An unknown country, or none, gets the international directories alone. Nothing is guessed from an address or a
    language.
    """

    leased = True
    parameters = {
        "country": parameters.text(
            "ISO 3166-1 alpha-2, as the reader chose it.", pattern=r"[A-Z]{2}", max_length=2
        ),
        "scope": parameters.text("Only services for this, such as suicide or veterans.", max_length=40),
        "locale": parameters.locale("BCP 47: the language of `support_text`; without it, the site's own."),
        "at": AT,
    }

    def get(self, request: Request) -> HttpResponseBase:
        instant = self.instant()
        ours, country = magazine(), self.query["country"]
        body = {
            "country": country,
            "support_text": ours.support_text(self.query["locale"]),
            "results": helplines_for(country, of=ours, scope=self.query["scope"], at=instant.at),
            "next": None,
        }
        lasting = self.lasting_at(request, instant, around("helpline", instant.at).next, max_age=60, swr=60)
        return self.respond(request, body, tags=("helpline",), **lasting)

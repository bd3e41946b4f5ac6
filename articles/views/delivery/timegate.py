"""Datetime negotiation (RFC 7089): from an article and a wanted date to the address of what was served then."""

from datetime import datetime

from django.http import HttpResponse
from rest_framework.request import Request

from articles import memento
from articles.openapi import delivery as docs
from articles.reading import memento_at, place_of
from articles.views.delivery.articles import LOCALE
from articles.views.delivery.history import TellsHistory
from articles.views.delivery.versions import article_id_of
from cms import clock
from cms.delivery import DeliveryView
from cms.errors import FieldError, Malformed

HEADER = "Accept-Datetime"


@docs.timegate
class TimeGate(TellsHistory, DeliveryView):
    """Leads to the state of an article that was readable at `Accept-Datetime`; the newest without that header.

    A date before the first state leads to the first, one ahead of now to the newest, and one at which the article was
    gone to the last state before. States that were taken out of the past are passed over.
    """

    parameters = {"locale": LOCALE}

    def get(self, request: Request, slug: str) -> HttpResponse:
        now = clock.read_instant()
        article_id = article_id_of(slug, self.query["locale"])
        place = place_of(memento_at(article_id, _wanted(request) or now, now), now)
        response = HttpResponse(status=302)
        response["Location"] = memento.memento_of(article_id, place.began)
        response["Link"] = memento.links_of_timegate(place)
        response["Vary"] = HEADER.lower()
        response["Cache-Control"] = "no-store"  # many caches ignore Vary, and what it leads to is kept anyway
        return response


def _wanted(request: Request) -> datetime | None:
    """Raises Malformed (accept_datetime_invalid)."""
    value = request.META.get("HTTP_ACCEPT_DATETIME")
    if value is None:
        return None
    try:
        return memento.parse_datetime(value.strip())
    except ValueError:
        sentence = (
            f"{HEADER} takes one date as `Sun, 01 Mar 2026 12:00:00 GMT`, its day of the week included."
        )
        error = FieldError("accept_datetime_invalid", sentence, parameter=HEADER)
        raise Malformed(sentence, code="accept_datetime_invalid", errors=(error,)) from None

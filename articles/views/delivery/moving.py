"""Sending a reader of an old slug to where the article is now."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from rest_framework.request import Request

from articles.models.publication import Publication
from articles.reading import next_transition
from articles.views.delivery.instants import PAST_AGE, Instant
from cms.delivery import cache_control


def moved(request: Request, row: Publication, instant: Instant) -> HttpResponse:
    """308 (RFC 9110, 15.4.9) to the article's slug at that instant, with the caller's other parameters."""
    query = {name: request.GET[name] for name in request.GET} | {"locale": row.locale}
    response = HttpResponse(status=308)
    response["Location"] = f"{request.path.rpartition('/')[0]}/{row.slug}?{urlencode(query)}"
    transition = None if instant.past else next_transition(instant.at)
    response["Cache-Control"] = cache_control(transition, max_age=PAST_AGE if instant.past else 60, swr=0)
    response["Vary"] = "Accept-Encoding"
    if settings.CACHE_TAG_HEADER:
        response[settings.CACHE_TAG_HEADER] = f"article-{row.article_id}"
    return response

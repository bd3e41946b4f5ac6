"""Search, for readers: what is live now, the best first. The words that were asked for are kept nowhere."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpResponseBase
from django.utils.module_loading import import_string
from rest_framework.request import Request

from articles.models.article import KINDS
from articles.naming import require_told
from articles.openapi import search_components as docs
from articles.searching import finding
from articles.searching.base import TIERS, Filters
from articles.searching.highlights import Highlighter
from articles.searching.queries import Query, parsed
from articles.tags import tag_of_list
from articles.views.delivery.articles import LOCALE
from cms import clock, pagination, parameters
from cms.canonical import document_bytes
from cms.delivery import DeliveryView

LONGEST = 200
SUPPORT = "/api/v1/helplines"
_ORDER = "search"


@docs.search
class Search(DeliveryView):
    """Live articles that have all the words, as cards with the places where they answer.

    Words in quotation marks stand together; a word after `-` must not appear; the last word may be unfinished. Accents
    and case do not matter, nor do endings in English and French. A text that has all of it in its title comes before
    one that needs its summary, its headings or its body for it; of equals the newest is first.
    """

    leased = True
    parameters = {
        "q": parameters.text("What to look for.", max_length=LONGEST, required=True),
        "locale": LOCALE,
        "topic": parameters.text("The slug of a topic."),
        "kind": parameters.choice(KINDS, "The kind of article."),
        "include": parameters.choices(("facets",), "How many results each kind, locale and topic has."),
        "limit": parameters.limit(),
        "cursor": parameters.cursor(),
        "count": parameters.boolean("Whether to count all that match.", default=False),
    }

    def get(self, request: Request) -> HttpResponseBase:
        now, asked = clock.read_instant(), self.query
        query, filters = parsed(asked["q"], asked["locale"]), _filters(asked)
        behind = _behind(asked["cursor"], asked)
        page = finding.page(query, filters, at=now, limit=asked["limit"], behind=behind)
        if not page.results:
            require_told(asked, now)
        said: dict[str, Any] = {"next": None}
        headers = {"X-Robots-Tag": "noindex"} | _spoken(asked["locale"])
        if page.more:
            cursor = {"cursor": _cursor(page.results[-1], asked)}
            said["next"] = pagination.next_url(request, cursor)
            headers["Link"] = str(pagination.link(said["next"]))
        if asked["count"] or asked["include"]:
            said |= _counted(finding.counted(query, filters, at=now), asked)
        in_need = import_string(settings.SEARCH_SUPPORT)(asked["q"])
        # The words of somebody in need are not put right.
        few = behind is None and len(page.results) < finding.FEW and not in_need
        said["suggestion"] = finding.suggestion(asked["q"], query, filters, at=now) if few else None
        said["support_href"] = SUPPORT if in_need else None
        lasting: dict[str, Any] = {"last_modified": page.last, "transition": page.transition, "swr": 0}
        tags = (tag_of_list(asked["locale"]),)
        body = _body(page.results, query, said)
        return self.respond(request, body, tags=tags, headers=headers, **lasting)


def _filters(asked: Mapping[str, Any]) -> Filters:
    return Filters(locale=asked["locale"], kind=asked["kind"], topic=asked["topic"])


def _spoken(locale: str | None) -> dict[str, str]:
    return {"Content-Language": locale} if locale else {}


def _counted(counts: finding.Counts, asked: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {"count": counts.total} if asked["count"] else {}
    if asked["include"]:
        said["facets"] = {
            name: [{"value": value, "count": number} for value, number in values]
            for name, values in counts.facets.items()
        }
    return said


def _body(results: list[finding.Found], query: Query, said: Mapping[str, Any]) -> bytes:
    """The stored cards go into the document untouched, their highlights behind their last member."""
    highlights = Highlighter(query)
    items = (
        found.card[:-1] + b',"highlights":' + document_bytes(highlights.of(found.text)) + b"}"
        for found in results
    )
    return b'{"results":[' + b",".join(items) + b"]," + document_bytes(dict(said))[1:]


def _cursor(last: finding.Found, asked: Mapping[str, Any]) -> str:
    return pagination.encode({"o": _ORDER, "k": list(last.place), "p": {"of": _mark(asked)}})


def _behind(cursor: Mapping[str, Any] | None, asked: Mapping[str, Any]) -> tuple[int, int] | None:
    """Raises Malformed (code `invalid_cursor`) for a cursor of another search."""
    if cursor is None:
        return None
    if cursor.get("o") != _ORDER or pagination.pins(cursor).get("of") != _mark(asked):
        raise pagination.invalid_cursor()
    tier, id_ = cursor["k"]
    return TIERS[tier - 1], id_


def _mark(asked: Mapping[str, Any]) -> str:
    """Which search a cursor belongs to."""
    narrowed = "\n".join(str(asked[name]) for name in ("q", "locale", "topic", "kind"))
    return hashlib.sha256(narrowed.encode()).hexdigest()[:16]

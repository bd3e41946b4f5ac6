"""Old paths for readers: the list that a frontend configures itself with, and one path at a time."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponseBase
from rest_framework.request import Request

from articles.models.publication import Publication
from articles.models.redirect import Redirect
from articles.openapi import shelves as docs
from articles.reading import next_transition
from articles.resolving import Resolved, behind, encoded, normalised, outlived, path_of, resolve
from articles.tags import tag_of_list
from cms import clock, pagination, parameters
from cms.delivery import DeliveryView
from cms.pagination import Order
from cms.parameters import Parameter

BY_PATH = Order((("path", "asc"),))
PATH = Parameter(
    normalised,
    {"type": "string", "minLength": 1},
    "A path of this magazine, old or new: no scheme, no host, no query. A slash at the end makes no difference.",
    required=True,
)
TAG = "redirects"


@docs.public_redirect_list
class RedirectList(DeliveryView):
    """Every redirect that leads somewhere, by path.

    Those to articles that nobody can read yet are left out, and so are those at whose path a readable article is.
    """

    parameters = {"limit": parameters.limit(), "cursor": parameters.cursor()}

    def get(self, request: Request) -> HttpResponseBase:
        now = clock.read_instant()
        page = pagination.page(
            _leading(now), order=BY_PATH, limit=self.query["limit"], cursor=self.query["cursor"]
        )
        covering, hidden = behind(page.rows, now), outlived(page.rows, now)
        results = [_summary(row, covering) for row in page.rows if row.path not in hidden]
        following = {"cursor": page.next_cursor} if page.next_cursor else None
        body, link = pagination.envelope(request, results, following)
        headers = {"Link": link} if link else {}
        return self.respond(
            request,
            body,
            transition=next_transition(now),
            swr=60,
            tags=(TAG, tag_of_list(None)),
            headers=headers,
        )


@docs.resolved
class Resolve(DeliveryView):
    """What answers for a path: an article here (200) or elsewhere (308), one that is gone (410), nothing (404).

    The status is a member of the answer, which itself is 200. Live articles come before redirects.
    """

    parameters = {"path": PATH}

    def get(self, request: Request) -> HttpResponseBase:
        now = clock.read_instant()
        found = resolve(self.query["path"], now)
        body = _resolution(self.query["path"], found)
        if (
            found.status == 404
        ):  # like any other 404 it is not kept: what is scheduled looks like what is free
            return self.respond(request, body, headers={"Cache-Control": "no-store"})
        article = (f"article-{body['article']}",) if body["article"] else ()
        return self.respond(request, body, transition=next_transition(now), swr=60, tags=(TAG, *article))


def _leading(at: datetime) -> QuerySet:
    known = Publication.objects.covering(at).filter(article=OuterRef("article"))
    rows = Redirect.objects.annotate(leads=Exists(known))
    return rows.filter(article__isnull=True) | rows.filter(leads=True)


def _summary(redirect: Redirect, covering: dict[UUID, Publication]) -> dict[str, Any]:
    row = covering[redirect.article_id] if redirect.article_id else None
    gone = row is not None and row.state == "gone"
    return {
        "path": encoded(redirect.path),
        "status": 410 if gone else 308,
        "target": None if gone else path_of(row) if row else encoded(redirect.target),
        "article": str(redirect.article_id) if redirect.article_id else None,
        "href": f"/api/v1/articles/{redirect.article_id}" if redirect.article_id else None,
    }


def _resolution(asked: str, found: Resolved) -> dict[str, Any]:
    gone = found.gone.extra if found.gone else {}
    article = str(found.row.article_id) if found.row else gone.get("article")
    return {
        "requested": encoded(asked),
        "status": found.status,
        "path": found.path,
        "article": article,
        "locale": found.row.locale if found.row else None,
        "href": f"/api/v1/articles/{article}" if article else None,
        "reason": gone.get("reason"),
        "explanation": found.gone.detail if found.gone else None,
        "alternative_href": gone.get("alternative_href"),
    }

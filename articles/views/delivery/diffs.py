"""What changed for readers between two versions, told from the stored bytes of both and from nothing else."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.templatetags.static import static
from rest_framework.request import Request

from articles.diffing import as_text, diff_contents, diff_page
from articles.models.publication import Publication
from articles.openapi import delivery as docs
from articles.reading import body_of, covering, is_id, next_transition
from articles.rendering.times import rfc3339
from articles.views.delivery.articles import LOCALE, article_tags
from articles.views.delivery.history import TellsHistory
from articles.views.delivery.instants import PAST_AGE
from articles.views.delivery.versions import article_id_of, version_of
from cms import clock, parameters
from cms.delivery import DeliveryView

HTML = "text/html"
COMPARED = (
    *("title", "slug", "summary", "medical", "cover", "topics", "authors", "review", "claims", "references"),
    *("content_notes", "safety", "corrections", "withdrawal", "related", "seo", "extra"),
)
"""Members of a document whose change is news to readers; its numbers, dates and links follow from those."""


@docs.version_diff
class VersionDiff(TellsHistory, DeliveryView):
    """What differs between two versions as they were last served: fields, blocks, words."""

    leased = True
    parameters = {
        "base": parameters.integer(1, 2**31 - 1, "The older version; the one before `head` unless given."),
        "head": parameters.integer(1, 2**31 - 1, "The newer version; the present one unless given."),
        "format": parameters.choice(("json", "html"), "`html` is a page with del and ins.", default="json"),
        "locale": LOCALE,
    }

    def get(self, request: Request, slug: str) -> HttpResponseBase:
        now = clock.read_instant()
        article_id = article_id_of(slug, self.query["locale"])
        chosen = self.query["head"]
        head = version_of(article_id, chosen or _present(article_id, now), now)
        base = version_of(article_id, self.query["base"] or max(1, head.version - 1), now)
        found = _difference(base, head)
        moving = not is_id(slug) or chosen is None
        lasting = _lasting(base, head, PAST_AGE if chosen else 60, next_transition(now) if moving else None)
        if self.query["format"] == "html":
            return self._as_page(request, _page(found, base, head), lasting)
        body = {"article": str(article_id), "base": _side(base), "head": _side(head), **found}
        return self.respond(request, body, **lasting)

    def _as_page(self, request: Request, page: str, lasting: dict[str, Any]) -> HttpResponseBase:
        """Asked for by `format` it rests in caches as any other answer; asked for by Accept it does not."""
        if request.accepted_renderer.media_type == HTML:
            response: HttpResponseBase = HttpResponse(page)
            response["Cache-Control"] = "no-store"
        else:
            response = self.respond(request, page.encode(), **lasting)
        if response.status_code == 200:
            response["Content-Type"] = f"{HTML}; charset=utf-8"
        return response


def _difference(base: Publication, head: Publication) -> dict[str, Any]:
    old, new = (json.loads(body_of(row)) for row in (base, head))
    before, after = ({name: document.get(name) for name in COMPARED} for document in (old, new))
    return diff_contents(before, after, (old["body"]["blocks"], new["body"]["blocks"]), shown=as_text)


def _side(row: Publication) -> dict[str, Any]:
    return {
        "version": row.version,
        "revision": row.revision_number,
        "effective_from": rfc3339(row.effective_from),
        "href": f"/api/v1/articles/{row.article_id}/versions/{row.version}",
    }


def _page(found: dict[str, Any], base: Publication, head: Publication) -> str:
    title = json.loads(bytes(head.card))["title"]
    return diff_page(
        found,
        title=f"{title}: version {base.version} and version {head.version}",
        locale=head.locale,
        stylesheet=static("kintsugi/page.css"),
    )


def _present(article_id: UUID, now: datetime) -> int:
    row = covering(article_id, now)
    return row.version if row else 1


def _lasting(
    base: Publication, head: Publication, max_age: int, transition: datetime | None
) -> dict[str, Any]:
    """The past does not change, but a text may be taken out of it: hence an hour, as for every past answer.

    `transition` is when a slug may mean another article, or the present version be another one.
    """
    canonical = f'</api/v1/articles/{head.article_id}>; rel="canonical"'
    return {
        "transition": transition,
        "max_age": max_age,
        "swr": 0,
        "tags": tuple(dict.fromkeys((*article_tags(head), *article_tags(base)))),
        "last_modified": max(base.effective_from, head.effective_from),
        "headers": {"X-Robots-Tag": "noindex", "Link": canonical},
    }

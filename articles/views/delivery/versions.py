"""The history of an article as readers may know it: every publication, and the bytes as they were served."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from rest_framework.request import Request

from articles import memento
from articles.models.publication import Publication
from articles.openapi import delivery as docs
from articles.reading import Moved, article_for, body_of, covering, is_id, next_transition, versions_of
from articles.rendering.times import rfc3339
from articles.views.delivery.articles import LOCALE, VIEW, article_tags, memento_headers, of_view
from articles.views.delivery.history import TellsHistory
from articles.views.delivery.instants import PAST_AGE
from articles.views.delivery.link_format import LinkFormat
from cms import clock, parameters
from cms.delivery import DeliveryView
from cms.errors import Gone, LegallyUnavailable, NotFound
from cms.renderers import Json

FORMS = ("json", "link-format")


def article_id_of(slug: str, locale: str | None) -> UUID:
    """The article that a slug or id means now, also when its text is gone: its dates stay public."""
    now = clock.read_instant()
    if is_id(slug) and (row := covering(UUID(slug), now)) and locale in (None, row.locale):
        return row.article_id
    try:
        return article_for(slug, locale=locale, at=now).article_id
    except Moved as moved:
        return moved.row.article_id
    except Gone as gone:
        return UUID(gone.extra["article"])


def version_of(article_id: UUID, number: int, at: datetime) -> Publication:
    """The row that showed a version last. Raises NotFound before it began, Gone for one without a text."""
    rows = Publication.objects.filter(article_id=article_id, version=number).begun(at)
    row = rows.order_by("-effective_from").first()
    if row is None:
        raise NotFound(f"This article has no version {number}.")
    if row.state == "gone":
        kind = LegallyUnavailable if row.reason == "legal" else Gone
        sentence = row.explanation or "In this version the article was gone."
        raise kind(sentence, reason=row.reason, article=str(article_id))
    return row


@docs.version_list
class VersionList(TellsHistory, DeliveryView):
    """Every publication that has begun, oldest first; `rerender` ones changed no text.

    As `application/link-format` it is the TimeMap (RFC 7089): every readable state under the address where it stays.
    """

    leased = True
    renderer_classes = [*DeliveryView.renderer_classes, LinkFormat]
    parameters = {
        "locale": LOCALE,
        "format": parameters.choice(FORMS, "`link-format` is the TimeMap, as by Accept.", default="json"),
    }

    def get(self, request: Request, slug: str) -> HttpResponseBase:
        now = clock.read_instant()
        article_id = article_id_of(slug, self.query["locale"])
        rows = versions_of(article_id, now)
        lasting: dict[str, Any] = {
            "transition": next_transition(now),
            "last_modified": max(instant for row in rows for instant in _told_at(row) if instant <= now),
            "tags": (f"article-{article_id}",),
            "headers": {"Link": memento.links_of_history(article_id)},
        }
        if "link-format" in (self.query["format"], request.accepted_renderer.format):
            began = [row.effective_from for row in rows if row.state != "gone"]
            return self._as_timemap(request, memento.timemap(article_id, began), lasting)
        body = {"results": [_summary(row, now) for row in rows], "next": None}
        return self.respond(request, body, **lasting)

    def _as_timemap(self, request: Request, data: bytes, lasting: dict[str, Any]) -> HttpResponseBase:
        """Asked for by `format` it rests in caches as any other answer; asked for by Accept it does not."""
        if request.accepted_renderer.media_type != Json.media_type:
            unkept = lasting["headers"] | {"Cache-Control": "no-store"}
            return HttpResponse(data, content_type=memento.LINK_FORMAT, headers=unkept)
        response = self.respond(request, data, **lasting)
        if response.status_code == 200:
            response["Content-Type"] = memento.LINK_FORMAT
        return response


@docs.version_detail
class VersionDetail(TellsHistory, DeliveryView):
    """The document of one version, byte for byte as it was last served; in another `view` as made from that."""

    leased = True
    parameters = {"locale": LOCALE, "view": VIEW}

    def get(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        now = clock.read_instant()
        article_id = article_id_of(slug, self.query["locale"])
        row = version_of(article_id, number, now)
        body, tag = of_view(row, body_of(row), self.query["view"])
        return self.respond(
            request,
            body,
            etag=tag,
            last_modified=row.effective_from,
            transition=None if is_id(slug) else next_transition(now),
            max_age=PAST_AGE,
            swr=0,
            tags=article_tags(row),
            headers={"X-Robots-Tag": "noindex", "Content-Language": row.locale} | memento_headers(row, now),
        )


def _told_at(row: Any) -> Iterator[datetime]:
    """When the list of versions came to say what it says of a row: it begins, it ends, it is taken out of the past."""
    yield from (row.effective_from, row.effective_until)
    if row.suppressed_at:
        yield row.suppressed_at


def _summary(row: Publication, now: datetime) -> dict[str, object]:
    """An end that lies ahead is not told: what is scheduled is nobody's but the desk's.

    Of a suppressed text dates and hash stay, and none of the words that came with it.
    """
    over = row.effective_until <= now
    silent = row.suppressed_at is not None
    return {
        "version": row.version,
        "revision": row.revision_number,
        "state": row.state,
        "effective_from": rfc3339(row.effective_from),
        "effective_until": rfc3339(row.effective_until) if over else None,
        "update_type": row.update_type,
        "change_note": "" if silent else row.change_note,
        "reason": row.reason or None,
        "explanation": None if silent else row.explanation or None,
        "sha256": row.rendering_id,
        "suppressed": _suppressed(row),
        "href": f"/api/v1/articles/{row.article_id}/versions/{row.version}",
    }


def _suppressed(row: Publication) -> dict[str, object] | None:
    if row.suppressed_at is None:
        return None
    return {"reason": row.suppressed_reason, "at": rfc3339(row.suppressed_at)}

"""The verbs of an article's timeline: publishing, moving, cancelling, taking down."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from articles import actions
from articles.actions.gathering import warm
from articles.models import Publication
from articles.openapi import editorial as docs
from articles.serializers import shapes
from articles.serializers import verbs as inputs
from articles.views.editorial.loading import HeadForm, visible_article
from cms.conditional import if_match
from cms.editorial import EditorialView
from cms.errors import NotAllowed
from cms.roles import may
from cms.writing import Answer, perform


@docs.timeline
class Timeline(EditorialView):
    """Everything that was, is and will be public of an article, in time order."""

    verbs = {"GET": "article.read"}

    def get(self, request: Request, article_id: UUID) -> HttpResponseBase:
        found = visible_article(self.caller, article_id)
        return self.respond(_timeline(article_id), etag=found.etag)


@docs.publications
class PublicationList(HeadForm, EditorialView):
    """Publishing: now, later, until."""

    verbs = {"GET": "article.read", "POST": "article.publish"}
    input_serializers = {"POST": inputs.NewPublication}

    def get(self, request: Request, article_id: UUID) -> HttpResponseBase:
        found = visible_article(self.caller, article_id)
        return self.respond(_timeline(article_id), etag=found.etag)

    def post(self, request: Request, article_id: UUID) -> HttpResponseBase:
        """Make a revision public. What begins now is visible when this is answered."""
        found = visible_article(self.caller, article_id)
        data = self.validated(inputs.NewPublication, request)
        if data["break_glass"] and not may(self.caller, "article.break_glass", _scopes(request)):
            raise NotAllowed("Only an administrator publishes an unreviewed correction.")
        expected = if_match(request)
        warm(article_id, data["revision"])
        shown = getattr(found, "public_revision", None)
        if data["update_type"] == "minor" and shown:
            warm(article_id, shown)  # what it is compared with
        begins_now = not data.get("effective_from")

        def work() -> Answer:
            outcome = actions.publish(article_id=article_id, expected=expected, by=self.caller, **data)
            return _outcome(outcome, 201, waits=begins_now)

        return perform(request, work)


@docs.publication_detail
class PublicationDetail(EditorialView):
    """One row of the timeline: bounds that lie ahead can be moved, what has not begun can be cancelled."""

    verbs = {"PATCH": "article.publish", "DELETE": "article.publish"}
    input_serializers = {"PATCH": inputs.PublicationPatch}

    def patch(self, request: Request, article_id: UUID, publication_id: UUID) -> HttpResponseBase:
        """Move a bound that lies ahead."""
        visible_article(self.caller, article_id)
        data = self.validated(inputs.PublicationPatch, request)
        expected = if_match(request)

        def work() -> Answer:
            outcome = actions.reschedule(
                article_id=article_id,
                publication_id=publication_id,
                expected=expected,
                by=self.caller,
                keep_end="effective_until" not in data,
                **data,
            )
            return _outcome(outcome, 200, waits=False)

        return perform(request, work)

    def delete(self, request: Request, article_id: UUID, publication_id: UUID) -> HttpResponseBase:
        """Cancel what has not begun."""
        visible_article(self.caller, article_id)
        expected = if_match(request)

        def work() -> Answer:
            outcome = actions.cancel(
                article_id=article_id, publication_id=publication_id, expected=expected, by=self.caller
            )
            return Answer(204, None, {"ETag": outcome.article.etag})

        return perform(request, work)


@docs.take_down
class TakeDownList(EditorialView):
    """Withdrawing (readable, with a banner), unpublishing (gone), archiving."""

    verbs = {"POST": "article.take_down"}
    input_serializers = {"POST": inputs.TakeDown}

    def post(self, request: Request, article_id: UUID) -> HttpResponseBase:
        """Take the article down now, with a reason that readers are given."""
        visible_article(self.caller, article_id)
        data = self.validated(inputs.TakeDown, request)
        alternative = data.pop("alternative", None)
        keeps = data.pop("keep_history") or not actions.asks_for_history(data["how"], data["reason"])
        verb = actions.take_down if keeps else actions.take_down_and_ask
        expected = if_match(request)

        def work() -> Answer:
            outcome = verb(
                article_id=article_id, alternative_id=alternative, expected=expected, by=self.caller, **data
            )
            return _outcome(outcome, 201, waits=True)

        return perform(request, work)


def _timeline(article_id: UUID) -> dict[str, Any]:
    rows = Publication.objects.filter(article_id=article_id).with_suppression()
    rows = rows.select_related("created_by").defer("card")
    return {"results": [shapes.publication(row) for row in rows.in_time_order()], "next": None}


def _outcome(outcome: actions.Outcome, status: int, *, waits: bool) -> Answer:
    return Answer(
        status,
        shapes.outcome(outcome),
        {"ETag": outcome.article.etag},
        wait_until=outcome.visible_at if waits else None,
    )


def _scopes(request: Request) -> tuple[str, ...]:
    return tuple(getattr(request.auth, "scopes", ()) or ())

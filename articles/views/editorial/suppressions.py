"""Taking past texts out of public reach, by two people; and deleting the texts of an article."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpResponseBase
from rest_framework.request import Request

from articles import actions
from articles.models import Publication, SuppressedPublication, Suppression
from articles.openapi import suppression_components as docs
from articles.querysets.public import SuppressionQuerySet
from articles.serializers import suppressions as shapes
from articles.serializers.shapes import instant
from articles.views.editorial.articles import article_answer
from articles.views.editorial.loading import visible_article
from cms import clock, pagination, parameters
from cms.conditional import if_match
from cms.editorial import EditorialView
from cms.errors import NotFound
from cms.pagination import Order
from cms.writing import Answer, perform

NEWEST_FIRST = Order((("id", "desc"),))


def told() -> SuppressionQuerySet:
    """Suppressions with everything that their shape shows, in two queries."""
    publications = Publication.objects.defer("card")
    named = SuppressedPublication.objects.prefetch_related(Prefetch("publication", publications))
    rows = Suppression.objects.select_related("requested_by", "confirmed_by")
    return rows.prefetch_related(Prefetch("rows", named))


def suppression_of(article_id: UUID, suppression_id: UUID) -> Suppression:
    """Raises NotFound."""
    found = told().filter(article_id=article_id, pk=suppression_id).first()
    if found is None:
        raise NotFound("This article has no such suppression.")
    return found


class ArticleTag(EditorialView):
    """A form's condition is the article's tag, however deep its address lies beneath the article."""

    def form_if_match(self, request: Request) -> str:
        return visible_article(self.caller, self.kwargs["article_id"]).etag


@docs.suppressing
class SuppressList(ArticleTag):
    """Asking that a past text be taken out of public time travel."""

    verbs = {"POST": "article.suppress"}
    input_serializers = {"POST": shapes.NewSuppression}

    def post(self, request: Request, article_id: UUID, publication_id: UUID) -> HttpResponseBase:
        """Ask for it. It is about every past publication of the article with that text; the answer lists them."""
        visible_article(self.caller, article_id)
        data = self.validated(shapes.NewSuppression, request)
        expected = if_match(request)

        def work() -> Answer:
            made = actions.ask_for_suppression(
                article_id=article_id,
                publication_id=publication_id,
                expected=expected,
                by=self.caller,
                now=clock.now(),
                **data,
            )
            shown = _shown(self, article_id, made.pk)
            return Answer(201, shown.body, shown.headers)

        return perform(request, work)


@docs.suppressions
class ArticleSuppressionList(EditorialView):
    """What was asked for and what is in force, of one article, newest first."""

    verbs = {"GET": "article.suppress"}

    def get(self, request: Request, article_id: UUID) -> HttpResponseBase:
        found = visible_article(self.caller, article_id)
        rows = told().filter(article_id=article_id).order_by("-id")
        body = {"results": [shapes.suppression(row) for row in rows], "next": None}
        return self.respond(body, etag=found.etag)


@docs.suppression
class SuppressionDetail(EditorialView):
    """One suppression; until a second person confirms it, it can be taken back."""

    verbs = {"GET": "article.suppress", "DELETE": "article.suppress"}

    def get(self, request: Request, article_id: UUID, suppression_id: UUID) -> HttpResponseBase:
        article = visible_article(self.caller, article_id)
        found = suppression_of(article_id, suppression_id)
        return self.respond(shapes.changed(found, article), etag=article.etag)

    def delete(self, request: Request, article_id: UUID, suppression_id: UUID) -> HttpResponseBase:
        """Take back what was asked for."""
        visible_article(self.caller, article_id)
        expected = if_match(request)

        def work() -> Answer:
            article = actions.withdraw_suppression(
                article_id=article_id,
                suppression_id=suppression_id,
                expected=expected,
                by=self.caller,
                now=clock.now(),
            )
            return Answer(204, None, {"ETag": article.etag})

        return perform(request, work)


@docs.confirming
class ConfirmList(ArticleTag):
    """The second person."""

    verbs = {"POST": "article.suppress"}

    def post(self, request: Request, article_id: UUID, suppression_id: UUID) -> HttpResponseBase:
        """Put a suppression in force that somebody else asked for. Nothing takes it back."""
        visible_article(self.caller, article_id)
        expected = if_match(request)

        def work() -> Answer:
            done = actions.confirm_suppression(
                article_id=article_id, suppression_id=suppression_id, expected=expected, by=self.caller
            )
            shown = _shown(self, article_id, suppression_id)
            body = {**shown.body, "visible_at": instant(done.visible_at)}
            return Answer(201, body, shown.headers, wait_until=done.visible_at)

        return perform(request, work)


@docs.suppressions
class SuppressionList(EditorialView):
    """Suppressions of all articles, newest first: what waits for a second person, and what is in force."""

    verbs = {"GET": "article.suppress"}
    parameters = {
        "state": parameters.choice(docs.SUPPRESSION_STATES, "Only what waits, or only what is in force."),
        "limit": parameters.limit(),
        "cursor": parameters.cursor(),
    }

    def get(self, request: Request) -> HttpResponseBase:
        rows = told()
        if self.query["state"]:
            rows = rows.waiting() if self.query["state"] == "waiting" else rows.in_force()
        page = pagination.page(
            rows, order=NEWEST_FIRST, limit=self.query["limit"], cursor=self.query["cursor"]
        )
        following = {"cursor": page.next_cursor} if page.next_cursor else None
        results = [shapes.suppression(row) for row in page.rows]
        body, link = pagination.envelope(request, results, following)
        return self.respond(body, headers={"Link": link} if link else {})


@docs.purging
class PurgeList(ArticleTag):
    """Deleting every text of an article for good."""

    verbs = {"POST": "article.purge"}
    input_serializers = {"POST": shapes.Purge}

    def post(self, request: Request, article_id: UUID) -> HttpResponseBase:
        """Delete the texts: revisions, served bytes, notes. Numbers, dates and hashes stay. It cannot be undone."""
        visible_article(self.caller, article_id)
        data = self.validated(shapes.Purge, request)
        expected = if_match(request)

        def work() -> Answer:
            done = actions.purge(article_id=article_id, expected=expected, by=self.caller, **data)
            answer = article_answer(self.caller, article_id, 200)
            return Answer(201, answer.body, answer.headers, wait_until=done.visible_at)

        return perform(request, work)


@dataclass(frozen=True)
class Shown:
    """What a write answers of a suppression."""

    body: dict[str, Any]
    headers: dict[str, str]


def _shown(view: EditorialView, article_id: UUID, suppression_id: UUID) -> Shown:
    article = visible_article(view.caller, article_id)
    body = shapes.changed(suppression_of(article_id, suppression_id), article)
    return Shown(body, {"ETag": article.etag, "Location": body["href"]})

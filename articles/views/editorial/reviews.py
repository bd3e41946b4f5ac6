"""Review at the desk: asking for it, answering it, and what changed since."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from articles import actions
from articles.actions.locking import revision_of
from articles.models import ReviewRequest
from articles.openapi import reviewing as docs
from articles.serializers import reviews as shapes
from articles.serializers.shapes import instant
from articles.views.editorial.loading import HeadForm, visible_article
from cms import clock, pagination, parameters
from cms.conditional import if_match
from cms.editorial import EditorialView
from cms.errors import NotFound
from cms.pagination import Order
from cms.writing import Answer, perform

NEWEST_FIRST = Order((("created_at", "desc"), ("id", "desc")))
PAGES = {"limit": parameters.limit(), "cursor": parameters.cursor()}


@docs.review_requests
class ReviewRequestList(HeadForm, EditorialView):
    """Asking for a review of the newest revision; a newer question ends the one before."""

    verbs = {"GET": "article.read", "POST": "article.request_review"}
    input_serializers = {"POST": shapes.NewReviewRequest}
    parameters = PAGES

    def get(self, request: Request, article_id: UUID) -> HttpResponseBase:
        found = visible_article(self.caller, article_id)
        page = _page(self, requests_of(article_id))
        return _listed(self, request, page, [shapes.request(row) for row in page.rows], found.etag)

    def post(self, request: Request, article_id: UUID) -> HttpResponseBase:
        """Send the head to review: to those who are named, or to whoever may."""
        visible_article(self.caller, article_id)
        data = self.validated(shapes.NewReviewRequest, request)
        expected = if_match(request)

        def work() -> Answer:
            made = actions.request_review(
                article_id=article_id, expected=expected, by=self.caller, now=clock.now(), **data
            )
            etag = made.article.etag
            body = {
                **shapes.request(requests_of(article_id).get(pk=made.pk)),
                "requested_at": instant(made.created_at),
                "etag": etag,
            }
            return Answer(201, body, {"ETag": etag, "Location": body["href"]})

        return perform(request, work)


@docs.review_request
class ReviewRequestDetail(EditorialView):
    """One question: whom, of which revision, until when."""

    verbs = {"GET": "article.read", "DELETE": "article.request_review"}

    def get(self, request: Request, article_id: UUID, request_id: UUID) -> HttpResponseBase:
        found = visible_article(self.caller, article_id)
        row = requests_of(article_id).filter(pk=request_id).first()
        if row is None:
            raise NotFound("This article has no such request.")
        return self.respond(shapes.request(row), etag=found.etag)

    def delete(self, request: Request, article_id: UUID, request_id: UUID) -> HttpResponseBase:
        """Take the question back. It stays in the list, closed."""
        visible_article(self.caller, article_id)
        expected = if_match(request)

        def work() -> Answer:
            article = actions.withdraw_request(
                article_id=article_id,
                request_id=request_id,
                expected=expected,
                by=self.caller,
                now=clock.now(),
            )
            return Answer(204, None, {"ETag": article.etag})

        return perform(request, work)


@docs.reviews
class ReviewList(HeadForm, EditorialView):
    """Decisions on an article's revisions, and what changed since each."""

    verbs = {"GET": "article.read", "POST": "article.review"}
    input_serializers = {"POST": shapes.NewReview}
    parameters = PAGES

    def get(self, request: Request, article_id: UUID) -> HttpResponseBase:
        found = visible_article(self.caller, article_id)
        rows = found.reviews.select_related("reviewer", "revision")
        page = _page(self, rows)
        head = revision_of(found, found.head_number)
        return _listed(self, request, page, shapes.compared(page.rows, head), found.etag)

    def post(self, request: Request, article_id: UUID) -> HttpResponseBase:
        """Approve exactly this revision, or ask for changes.

        Approving what is live records a re-review that readers see. Asking for changes cancels what was scheduled
        on the approval that it takes back; `warnings` say what.
        """
        visible_article(self.caller, article_id)
        data = self.validated(shapes.NewReview, request)
        remarks = data.pop("comments")
        expected = if_match(request)

        def work() -> Answer:
            made = actions.review(
                article_id=article_id,
                expected=expected,
                by=self.caller,
                now=clock.now(),
                remarks=remarks,
                **data,
            )
            head = revision_of(made.article, made.article.head_number)
            body = shapes.decided(made, head)
            return Answer(201, body, {"ETag": made.article.etag}, wait_until=made.visible_at)

        return perform(request, work)


def requests_of(article_id: UUID) -> Any:
    rows = ReviewRequest.objects.filter(article_id=article_id)
    rows = rows.select_related("requested_by", "revision").defer("revision__content", "revision__block_ids")
    return rows.prefetch_related("asked__reviewer")


def _page(view: EditorialView, rows: Any) -> pagination.Page:
    return pagination.page(rows, order=NEWEST_FIRST, limit=view.query["limit"], cursor=view.query["cursor"])


def _listed(
    view: EditorialView, request: Request, page: pagination.Page, shown: list[dict[str, Any]], etag: str
) -> HttpResponseBase:
    following = {"cursor": page.next_cursor} if page.next_cursor else None
    body, link = pagination.envelope(request, shown, following)
    return view.respond(body, etag=etag, headers={"Link": link} if link else {})

"""Articles as readers would get them: at an instant ahead, or with drafts on top."""

from typing import Any
from uuid import UUID

from articles.actions.locking import revision_of
from articles.actions.suppressed_texts import require_not_suppressed
from articles.including import Included, included
from articles.models import Publication
from articles.openapi import preview_components as docs
from articles.previews import Sight, draft_of, sight_of_user
from articles.querysets.public import PublicationQuerySet
from articles.reading import is_id
from articles.views.delivery import articles as delivery
from articles.views.delivery.articles import ORDERS
from articles.views.delivery.instants import Instant
from articles.views.editorial.loading import visible_article
from articles.views.preview.base import AT, Preview
from articles.views.preview.merging import matching, merged
from cms import parameters
from cms.errors import FieldError, Malformed, NotAllowed, NotFound
from cms.models import User
from cms.pagination import Page


@docs.article_list
class ArticleList(Preview, delivery.ArticleList):
    """Cards of what is listed at an instant, with the drafts that a link shows among them."""

    parameters = {**delivery.ArticleList.parameters, "at": AT}

    def live(self, instant: Instant) -> PublicationQuerySet:
        return self.sight.live(instant.at)

    def paged(self, rows: PublicationQuerySet, instant: Instant) -> Page:
        page = super().paged(rows, instant)
        drafts = matching(self.sight.on_top, self.query)
        if not drafts:
            return page
        order = ORDERS[self.query["ordering"]]
        return merged(page, drafts, order, self.query["limit"], self.query["cursor"])

    def counted(self, rows: PublicationQuerySet, instant: Instant) -> int:
        return super().counted(rows, instant) + len(matching(self.sight.on_top, self.query))


@docs.article_detail
class ArticleDetail(Preview, delivery.ArticleDetail):
    """One article as it will be, or as a draft of it would be if it were published."""

    parameters = {
        **delivery.ArticleDetail.parameters,
        "at": AT,
        "revision": parameters.text(
            "A revision's number, or `head`: its text as if it were published now, or at `at`. With an article's "
            "id, and for the desk only: a link fixes what it shows.",
            max_length=10,
            pattern=r"head|[1-9][0-9]{0,8}",
        ),
    }

    def sight_of_desk(self, user: User) -> Sight:
        if self.query["revision"] is None:
            return super().sight_of_desk(user)
        slug, at = self.kwargs["slug"], self.query["at"]
        if not is_id(slug):
            raise _unasked("Name the article by its id to see one of its revisions.")
        if at is not None and at < self.now:
            raise _unasked("A revision is shown as if it were published now or later, never in the past.")
        article = visible_article(user, UUID(slug))
        number = article.head_number if self.query["revision"] == "head" else int(self.query["revision"])
        require_not_suppressed(revision_of(article, number))
        return sight_of_user(user, self.now, at, (draft_of(article, number),))

    def found(self, slug: str, instant: Instant) -> Publication:
        if self.query["revision"] is not None and self.sight.is_link:
            raise NotAllowed("A preview link fixes which text it shows; leave out revision.")
        try:
            return self.sight.found(slug, self.query["locale"], instant.at)
        except NotFound:
            if instant.past:
                raise
            return super().found(slug, instant)

    def lasting(self, row: Publication, slug: str, instant: Instant) -> dict[str, Any]:
        return {"transition": None}

    def beside(self, row: Publication, stored: bytes, instant: Instant) -> Included:
        return included(row, stored, self.query["include"], self.sight.instant_of_others(instant.at))

    def history_headers(self, row: Publication, instant: Instant) -> dict[str, str]:
        return {}


def _unasked(sentence: str) -> Malformed:
    error = FieldError("invalid_parameter", sentence, parameter="revision")
    return Malformed(sentence, code="invalid_parameter", errors=(error,))

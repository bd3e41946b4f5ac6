"""What anybody may read of replies: an article's thread and form, and one reply. Cannot reach private rows."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from articles.models.publication import Publication
from articles.reading import readable_article
from cms import pagination, parameters
from cms.delivery import DeliveryView
from cms.errors import FieldError, Malformed
from cms.generation import REPLIES
from cms.models.site import Site
from cms.parameters import Parameter
from comments import reading
from comments.openapi import delivery as documented
from comments.policies import policy_of
from comments.rendering.form import form_document
from comments.rendering.public import public_document

MAX_AGE = 60
LOCALE = parameters.locale("BCP 47: which article is meant when several have the slug.")


class ThreadOfArticle(DeliveryView):
    """The replies to an article: flat, in order of reading, tombstones where something public stands beneath."""

    watched = REPLIES
    parameters: ClassVar[Mapping[str, Parameter]] = {
        "locale": LOCALE,
        "ordering": parameters.choice(
            (reading.NEWEST, reading.OLDEST),
            "The order of roots; replies beneath them always come oldest first.",
            default=reading.NEWEST,
        ),
        "parent": parameters.uuid("Only what stands beneath this reply."),
        "depth": parameters.integer(0, 0, "With 0: only replies to the article itself."),
        "around": parameters.uuid("The page that this reply stands on. Ignored with `cursor`."),
        "limit": parameters.limit(),
        "cursor": parameters.cursor(),
        "count": parameters.boolean("Whether to count what the list holds, tombstones too.", default=False),
    }

    @documented.thread
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """The replies to an article

        Flat and in pre-order: each reply stands before what answers it; `parent` and `depth` tell the tree. Every
        page costs the same, the first and the last. `replies.href` lists what stands beneath one.
        """
        publication = readable_article(slug, locale=self.query["locale"])
        view = self._view(publication)
        page = self._listed(view)
        body, link = pagination.envelope(
            request,
            [public_document(comment) for comment in page.rows],
            {"cursor": page.next_cursor} if page.next_cursor else None,
            reading.count(view) if self.query["count"] else None,
        )
        return self.respond(request, body, headers={"Link": link} if link else None, **_caching(publication))

    def _view(self, publication: Publication) -> reading.View:
        roots_only = self.query["depth"] == 0
        if roots_only and self.query["parent"]:
            detail = "depth=0 lists replies to the article itself; leave out either depth or parent."
            raise Malformed(detail, errors=(FieldError("invalid_parameter", detail, parameter="depth"),))
        return reading.View(publication.article_id, self.query["ordering"], self.query["parent"], roots_only)

    def _listed(self, view: reading.View) -> reading.ThreadPage:
        limit, cursor, around = self.query["limit"], self.query["cursor"], self.query["around"]
        if around and cursor is None:
            return reading.page_around(view, around, limit=limit)
        return reading.thread_page(view, limit=limit, cursor=cursor)


class CommentForm(DeliveryView):
    """The form beneath an article."""

    parameters: ClassVar[Mapping[str, Parameter]] = {"locale": LOCALE}

    @documented.form
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """The form for a reply

        Fields with their limits, and what is said before anybody writes: who reads a reply and when, that it stays
        public and under which name, how to change and delete it, where the privacy notice and the helplines are. In
        the article's language.
        """
        publication = readable_article(slug, locale=self.query["locale"])
        site = Site.objects.filter(pk=1).first() or Site()
        policy = policy_of(publication, closing_after=site.comments_close_after_days)
        body = form_document(publication, policy, site)
        tags = [f"comments-{publication.article_id}", f"article-{publication.article_id}", "site"]
        return self.respond(request, body, transition=publication.effective_until, tags=tags)


class OneComment(DeliveryView):
    """One reply by its id."""

    leased, watched = True, REPLIES

    @documented.one
    def get(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """One reply

        A tombstone while something published stands beneath it; 404 otherwise. With its article gone, gone too.
        """
        comment = reading.visible_comment(comment_id)
        publication = readable_article(str(comment.article_id), locale=None)
        return self.respond(request, public_document(comment), **_caching(publication))


def _caching(publication: Publication) -> dict[str, Any]:
    """Never stale, and never older than the article's own interval."""
    return {
        "transition": publication.effective_until,
        "max_age": MAX_AGE,
        "swr": 0,
        "tags": [f"comments-{publication.article_id}", f"article-{publication.article_id}"],
    }

"""Preview links on the desk: making them, reading who uses them, ending them."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponseBase
from rest_framework.request import Request

from articles.actions import previewing
from articles.models import Article, PreviewLink
from articles.openapi import preview_components as docs
from articles.serializers import previews as shapes
from articles.views.editorial.loading import visible_article
from cms import clock, pagination, parameters
from cms.editorial import EditorialView
from cms.errors import FieldError, InvalidContent, NotAllowed, NotFound
from cms.models import User
from cms.pagination import Order
from cms.roles import may, may_see_every_article
from cms.writing import Answer, perform

NEWEST_FIRST = Order((("id", "desc"),))
SHOWN_ONCE = "Its token is shown once, on the next page. Whoever has it sees what is not public yet."


def _visible(user: User) -> QuerySet[PreviewLink]:
    """Links to what the caller may see: to own articles for an author, all of them for the rest of the desk."""
    found = previewing.links(clock.now())
    if may_see_every_article(user):
        return found
    return found.filter(Q(article__in=Article.objects.on_desk().visible_to(user).values("pk")))


class _Links(EditorialView):
    """A list of links, newest first, with what each is used for."""

    verbs = {"GET": "preview.link", "POST": "preview.link"}
    preconditions = ()
    parameters = {"limit": parameters.limit(), "cursor": parameters.cursor()}
    form_titles = {"POST": "Make a preview link"}
    form_notes = {"POST": SHOWN_ONCE}

    def listed(self, rows: QuerySet[PreviewLink], request: Request) -> HttpResponseBase:
        page = pagination.page(
            rows, order=NEWEST_FIRST, limit=self.query["limit"], cursor=self.query["cursor"]
        )
        body, link = pagination.envelope(
            request,
            [shapes.link(row) for row in page.rows],
            {"cursor": page.next_cursor} if page.next_cursor else None,
        )
        return self.respond(body, headers={"Link": link} if link else {})


@docs.links
class PreviewLinkList(_Links):
    """Every link that the caller may know of: to articles, to releases, to instants."""

    input_serializers = {"POST": shapes.NewLink}

    def get(self, request: Request) -> HttpResponseBase:
        return self.listed(_visible(self.caller), request)

    def post(self, request: Request) -> HttpResponseBase:
        """Make a link to one article, one release or one instant."""
        data = self.validated(shapes.NewLink, request)
        article, release, instant = (data.pop(name, None) for name in ("article", "release", "instant"))
        given = data | {"by": self.caller, "now": clock.now()}
        if article is not None:
            _require_visible(self.caller, article)
            return perform(request, lambda: _made(previewing.link_to_article(article_id=article, **given)))
        if not may(self.caller, "preview.site", _scopes(request)):
            raise NotAllowed("Only those who publish make links to a release or to an instant.")
        if release is not None:
            return perform(request, lambda: _made(previewing.link_to_release(release_id=release, **given)))
        return perform(request, lambda: _made(previewing.link_to_instant(instant=instant, **given)))


@docs.links
class ArticleLinkList(_Links):
    """Links to one article."""

    input_serializers = {"POST": shapes.NewArticleLink}

    def get(self, request: Request, article_id: UUID) -> HttpResponseBase:
        visible_article(self.caller, article_id)
        return self.listed(_visible(self.caller).filter(article_id=article_id), request)

    def post(self, request: Request, article_id: UUID) -> HttpResponseBase:
        """Make a link to this article: to one revision, or to whatever its newest is."""
        visible_article(self.caller, article_id)
        data = self.validated(shapes.NewArticleLink, request)
        given = data | {"article_id": article_id, "by": self.caller, "now": clock.now()}
        return perform(request, lambda: _made(previewing.link_to_article(**given)))


@docs.link
class PreviewLinkDetail(EditorialView):
    """One link. It never changes, so that ending it asks for no ETag: it must never be refused."""

    verbs = {"GET": "preview.link", "DELETE": "preview.link"}
    preconditions = ()
    form_titles = {"DELETE": "End this link"}
    form_notes = {"DELETE": "Whoever holds it is refused from this moment on."}

    def get(self, request: Request, **names: UUID) -> HttpResponseBase:
        """One link, without its token."""
        return self.respond(shapes.link(self._found(**names)))

    def delete(self, request: Request, **names: UUID) -> HttpResponseBase:
        """End a link at once; it stays in the list, with its uses."""
        found = self._found(**names)

        def work() -> Answer:
            previewing.revoke_link(link_id=found.pk, by=self.caller, now=clock.now())
            return Answer(204)

        return perform(request, work)

    def _found(self, *, link_id: UUID, article_id: UUID | None = None) -> PreviewLink:
        rows = _visible(self.caller).filter(pk=link_id)
        if article_id is not None:
            visible_article(self.caller, article_id)
            rows = rows.filter(article_id=article_id)
        found = rows.first()
        if found is None:
            raise NotFound("There is no such preview link.")
        return found


def _made(made: tuple[PreviewLink, str]) -> Answer:
    link, token = made
    body = shapes.link(link)
    return Answer(201, body | {"token": token}, {"Location": body["href"]}, shown_once=True)


def _require_visible(user: User, article_id: UUID) -> None:
    try:
        visible_article(user, article_id)
    except NotFound as error:
        named = (FieldError("unknown_article", "There is no such article.", pointer="/article"),)
        raise InvalidContent("The article does not exist.", errors=named) from error


def _scopes(request: Request) -> tuple[Any, ...]:
    return tuple(getattr(request.auth, "scopes", ()) or ())

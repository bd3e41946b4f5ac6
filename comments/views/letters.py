"""What links in letters lead to. Reading shows what would happen; only a POST does it, for programs follow links."""

from collections.abc import Callable, Mapping
from typing import IO, Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from articles.reading import readable_article
from articles.rendering.addresses import address_of
from cms import clock, limits
from cms.addresses import client_address
from cms.delivery import DeliveryView
from cms.parsers import StrictJson
from cms.renderers import Json
from cms.writing import Answer, perform
from comments import reading, stopping
from comments.actions import confirming
from comments.letters import PAGES
from comments.openapi import letters as documented
from comments.views.link_pages import PageOfALink, language_of


class PressedButton(BaseParser):
    """The body of a form with one button, or of a mail program's one click (RFC 8058): that it came is all it says."""

    media_type = "application/x-www-form-urlencoded"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        return {}


class LinkView(DeliveryView):
    """Takes no credentials and no cookie: the link is all that it takes. Nothing of it is stored by a cache."""

    renderer_classes = [Json, PageOfALink]
    parser_classes = [StrictJson, PressedButton]
    input_serializers: ClassVar[dict[str, type[Serializer]]] = {}

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    def _shown(self, request: Request, text: str, button: str) -> HttpResponseBase:
        words = PAGES[language_of(request)]
        return Response({"text": words[text], "button": words[button], "done": False})

    def _done(self, request: Request, work: Callable[[], dict[str, Any]]) -> HttpResponseBase:
        def counted() -> Answer:
            limits.take("links", client_address(request), by="address")
            return Answer(200, {"button": None, "done": True, **work()}, shown_once=True)

        return perform(request, counted)


class ConfirmationLink(LinkView):
    """The link that confirms an address."""

    @documented.see_confirmation
    def get(self, request: Request, token: str) -> HttpResponseBase:
        """What confirming does

        Changes nothing: programs that look at mail follow links too.
        """
        confirming.waiting(token, clock.now())
        return self._shown(request, "confirm", "confirm_button")

    @documented.confirm
    def post(self, request: Request, token: str) -> HttpResponseBase:
        """Confirm an address

        Answers with a `trust_token`, told this once, in the place of any earlier one. The link is spent.
        """
        words = PAGES[language_of(request)]
        return self._done(
            request,
            lambda: {
                "text": words["confirmed"],
                "trust_token": confirming.confirm(token=token, now=clock.read_instant()),
            },
        )


class StoppingLink(LinkView):
    """The link that stops letters, about one reply or all."""

    @documented.see_stop
    def get(self, request: Request, token: str) -> HttpResponseBase:
        """What stopping does

        Changes nothing.
        """
        what, _ = confirming.what_it_stops(token)
        return self._shown(request, "stop_one" if what == stopping.ONE else "stop_all", "stop_button")

    @documented.stop
    def post(self, request: Request, token: str) -> HttpResponseBase:
        """Stop letters

        Mail programs send `List-Unsubscribe=One-Click` (RFC 8058); any body does. The same answer every time.
        """
        words = PAGES[language_of(request)]

        def work() -> dict[str, Any]:
            confirming.stop(token=token, now=clock.read_instant())
            return {"text": words["stopped"]}

        return self._done(request, work)


class PageOfComment(DeliveryView):
    """Where a reply is on the site's own pages."""

    @documented.page_of_comment
    def get(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """Go to a reply's page

        302 to the article at the site (`FRONTEND_URL_TEMPLATE`) with `#reply-` and the id; without a site, to the
        reply as this API has it. Letters lead here, because the site's own address may tell what an article is about.
        """
        comment = reading.visible_comment(comment_id)
        article = readable_article(str(comment.article_id), locale=None)
        target = f"/api/v1/comments/{comment.pk}"
        if template := settings.FRONTEND_URL_TEMPLATE:
            page = address_of(template, str(article.article_id), article.locale, article.slug)
            target = f"{page}#reply-{comment.pk}"
        return HttpResponse(status=302, headers={"Location": target, "Cache-Control": "no-store"})

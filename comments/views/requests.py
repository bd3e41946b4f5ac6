"""Asking about an address, and what the link in the letter leads to. No answer tells whether an address is known."""

from typing import Any, ClassVar

from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from articles.rendering.times import rfc3339
from cms import clock, limits, mail
from cms.addresses import client_address
from cms.delivery import DeliveryView
from cms.errors import LimitReached
from cms.renderers import Json
from cms.validation import validated
from cms.writing import Answer, perform
from comments import asking, exporting
from comments.actions import requesting, subject
from comments.actions.subject import Fulfilled
from comments.openapi import requests as documented
from comments.rendering.author import own_href, standing
from comments.serializers.requests import AskAboutAddress
from comments.views.letters import LinkView
from comments.views.link_pages import PageOfARequest, take_key_of_the_page
from comments.views.refusals import PointsToSupport


class ContactRequests(PointsToSupport, DeliveryView):
    """Where a reader who has no token asks for one, or for what is kept of them, or for it to be erased."""

    input_serializers: ClassVar[dict[str, type[Serializer]]] = {"POST": AskAboutAddress}

    @documented.ask
    def post(self, request: Request) -> HttpResponseBase:
        """Ask about one's address

        Always the same answer, in the same number of steps, whether anything is kept on the address or not. If
        something is, a letter with a link goes to it. A few letters a day for one address; more are not sent, and
        the answer is the same.
        """
        sent = validated(AskAboutAddress, request)
        now = clock.read_instant()

        def work() -> Answer:
            allowance = limits.take("contact-requests", client_address(request), by="address")
            _ask(sent, now)
            body = {
                "text": asking.received(sent["locale"], offered=mail.offered()),
                "offered": mail.offered(),
            }
            return Answer(202, body, limits.headers("contact-requests", allowance))

        return perform(request, work)


class ContactLink(LinkView):
    """The link in the letter."""

    renderer_classes = [Json, PageOfARequest]

    @documented.see
    def get(self, request: Request, token: str) -> HttpResponseBase:
        """What the link does

        Changes nothing: programs that look at mail follow links too.
        """
        found = requesting.waiting(token, clock.now())
        text, button = asking.shown(found.purpose, found.locale)
        return Response(
            {"purpose": found.purpose, "locale": found.locale, "text": text, "button": button, "done": False}
        )

    @documented.fulfil
    def post(self, request: Request, token: str) -> HttpResponseBase:
        """Do it

        Once. `manage` gives the replies with fresh author tokens, told this once, in the place of the old ones;
        `export` gives everything that is kept, for two minutes again; `erase` erases every reply and the address;
        `stop_mail` ends letters.
        """
        take_key_of_the_page(request)

        def work() -> Answer:
            limits.take("links", client_address(request), by="address")
            done = subject.fulfil(token=token, now=clock.read_instant())
            # An export is remembered nowhere: no stored copy of it may outlive what it holds.
            return Answer(200, _result(done), shown_once=True, remembered=done.everything is None)

        return perform(request, work)


def _ask(sent: dict[str, Any], now: Any) -> None:
    """Not more than a few letters for one address, and no word of it to whoever typed it."""
    try:
        limits.take("contact-address", sent["email"].lower(), by="address")
    except LimitReached:
        return
    requesting.ask(email=sent["email"], purpose=sent["purpose"], locale=sent["locale"], now=now)


def _result(done: Fulfilled) -> dict[str, Any]:
    body: dict[str, Any] = {
        "purpose": done.purpose,
        "locale": done.locale,
        "text": asking.done(done.purpose, done.locale),
        "button": None,
        "done": True,
    }
    if done.purpose == "manage":
        body["replies"] = [
            {
                "id": str(handed.own.pk),
                "article": str(handed.own.article_id),
                "state": handed.own.comment.state,
                "state_text": standing(handed.own.comment, done.locale)["state_text"],
                "created_at": rfc3339(handed.own.comment.created_at),
                "author_token": handed.token,
                "href": own_href(handed.own.comment),
            }
            for handed in done.handed
        ]
    if done.everything is not None:
        body["export"] = exporting.with_address(done.everything, clock.read_instant())
    if done.purpose == "erase":
        body["erased"] = done.erased
    return body

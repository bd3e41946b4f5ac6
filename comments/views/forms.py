"""What a form needs while somebody writes: a token on first focus and, where the site asks for it, a challenge.

Anonymous, and of one use each, so nothing here is ever stored by a cache. The form itself is delivery's.
"""

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from articles.reading import readable_article
from articles.rendering.times import rfc3339
from cms import clock, limits
from cms.delivery import DeliveryView
from cms.errors import NotFound
from cms.validation import validated
from cms.writing import Answer, perform
from comments import form_tokens, proof_of_work
from comments.openapi import forms as documented
from comments.serializers.forms import MintToken
from comments.views.refusals import PointsToSupport
from comments.views.senders import TakesRelays, sender_digest


class FormTokens(PointsToSupport, TakesRelays, DeliveryView):
    """Tokens that a reply comes with. Nobody has to have one: a reply without is read by a person first."""

    input_serializers: ClassVar[dict[str, type[Serializer]]] = {"POST": MintToken}

    @documented.mint
    def post(self, request: Request) -> HttpResponseBase:
        """Begin to write

        Ask for a token when the form is first focused, and send it with the reply as `form_token`. It says that a form
        of this article was opened, and when; nothing about who opened it. Sent again with the same words, it is the
        same reply. A reply without one is never refused: a person reads it first.
        """
        article_id: UUID = validated(MintToken, request)["article"]
        readable_article(str(article_id))
        now = clock.read_instant()
        digest = sender_digest(request, now)

        def work() -> Answer:
            allowance = limits.take("form-tokens", digest, by="address")
            body = {
                "form_token": form_tokens.mint(article_id, now),
                "article": str(article_id),
                "expires_at": rfc3339(now + settings.FORM_TOKEN_LIFETIME),
            }
            return Answer(201, body, limits.headers("form-tokens", allowance), shown_once=True)

        return perform(request, work)


class Challenge(DeliveryView):
    """A challenge for ALTCHA's widget, where `COMMENT_ALTCHA` asks for a proof of work."""

    @documented.challenge
    def get(self, request: Request) -> HttpResponseBase:
        """A challenge to solve

        In the form that ALTCHA's widget takes; what it makes of it is sent with the reply as `altcha`. 404 where the
        site asks for none.
        """
        if not settings.COMMENT_ALTCHA:
            raise NotFound("This site asks for no proof of work.")
        body: dict[str, Any] = proof_of_work.challenge(clock.now())
        return Response(body, headers={"Cache-Control": "no-store"})

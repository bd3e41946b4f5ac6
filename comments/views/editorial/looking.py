"""What moderators do with a text beside deciding on it, and how long texts wait for them."""

from typing import ClassVar
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from cms import clock
from cms.conditional import if_match
from cms.writing import Answer, perform
from comments import actions, moderation, waits
from comments.openapi import care as documented
from comments.rendering.editorial import decision_document
from comments.serializers.care import RedactReply
from comments.views.editorial.base import MODERATE, ModerationView


class Redactions(ModerationView):
    """Where a moderator takes a span out of a reply."""

    verbs: ClassVar[dict[str, str]] = {"POST": MODERATE}
    input_serializers: ClassVar[dict[str, type[Serializer]]] = {"POST": RedactReply}
    preconditions = ("POST",)
    form_notes: ClassVar[dict[str, str]] = {
        "POST": "The words of the span are erased, in every version, for good. A mark says why it is not there."
    }

    @documented.redact
    def post(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """Take a span out of a reply

        A mark stands in its place, in a new version; the rest stays as it is, public or waiting. The words of every
        earlier version are erased, so that this cannot be undone. The author is told.
        """
        moderation.one(comment_id)
        span = actions.Span(**self.validated(RedactReply, request))

        def work() -> Answer:
            decision = actions.redact(
                comment_id=comment_id,
                span=span,
                if_match=if_match(request),
                by=self.caller,
                now=clock.read_instant(),
            )
            return Answer(201, decision_document(decision), {"ETag": decision.comment.etag})

        return perform(request, work)


class Waits(ModerationView):
    """How long replies wait."""

    @documented.waits
    def get(self, request: Request) -> HttpResponseBase:
        """How many replies wait and for how long, by grade

        Now, and from their coming to a person's first decision over the last days.
        """
        return self.respond(waits.document(clock.read_instant()))

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
from comments.openapi import editorial
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


class NamesNobody(ModerationView):
    """Where a moderator says of an answer that it names nobody who erased what it answers."""

    verbs: ClassVar[dict[str, str]] = {"POST": MODERATE}
    preconditions = ("POST",)
    form_titles: ClassVar[dict[str, str]] = {"POST": "It names nobody any more"}
    form_notes: ClassVar[dict[str, str]] = {
        "POST": "For an answer that you have read: it never named them, or you have redacted every place."
    }

    @editorial.names_nobody
    def post(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """Take an answer off the list of those that name somebody who erased their reply

        Once it was read, and redacted where it should be. Changes nothing that readers see. Repeating it is right.
        """
        moderation.one(comment_id)

        def work() -> Answer:
            comment = actions.names_nobody(
                comment_id=comment_id, if_match=if_match(request), by=self.caller, now=clock.read_instant()
            )
            return Answer(204, headers={"ETag": comment.etag})

        return perform(request, work)


class Waits(ModerationView):
    """How long replies wait."""

    @documented.waits
    def get(self, request: Request) -> HttpResponseBase:
        """How many replies wait and for how long, by grade

        Now, and from their coming to a person's first decision over the last days.
        """
        return self.respond(waits.document(clock.read_instant()))

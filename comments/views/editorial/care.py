"""What moderators do about a reply beside deciding: hand it on, write to its author, read reports and appeals."""

from typing import ClassVar
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from cms import clock
from cms.conditional import if_match
from cms.writing import Answer, perform
from comments import actions, conversing, moderation
from comments.openapi import care as documented
from comments.rendering.care import (
    appeal_document,
    escalation_document,
    message_document,
    report_document,
)
from comments.serializers.care import Escalate, SendMessage, SettleEscalation
from comments.views.editorial.base import MODERATE, PAGED, ModerationView


class Escalations(ModerationView):
    """Everything that a reply was handed on for, and where a moderator hands it on."""

    verbs: ClassVar[dict[str, str]] = {"GET": MODERATE, "POST": MODERATE}
    parameters = PAGED
    input_serializers: ClassVar[dict[str, type[Serializer]]] = {"POST": Escalate}
    preconditions = ()

    @documented.escalations
    def get(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """The escalations of a reply, the oldest first"""
        comment = moderation.one(comment_id).comment
        page = conversing.escalations_of(comment, **self.asked)
        return self.page_of(request, page, [escalation_document(row) for row in page.rows], etag=comment.etag)

    @documented.escalate
    def post(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """Hand a reply to somebody who can do more

        It stands first in the queue until somebody records what was done, whatever is decided meanwhile. Nobody is
        told by this alone: telling them is yours.
        """
        moderation.one(comment_id)
        sent = self.validated(Escalate, request)

        def work() -> Answer:
            row = actions.escalate(comment_id=comment_id, **sent, by=self.caller, now=clock.read_instant())
            document = escalation_document(row)
            return Answer(201, document, {"Location": document["href"], "ETag": row.comment.etag})

        return perform(request, work)


class OneEscalation(ModerationView):
    """One escalation, and where it is recorded what was done."""

    verbs: ClassVar[dict[str, str]] = {"GET": MODERATE, "PATCH": MODERATE}
    input_serializers: ClassVar[dict[str, type[Serializer]]] = {"PATCH": SettleEscalation}

    @documented.one_escalation
    def get(self, request: Request, comment_id: UUID, escalation_id: UUID) -> HttpResponseBase:
        """One escalation"""
        comment = moderation.one(comment_id).comment
        row = conversing.escalation(comment, escalation_id)
        return self.respond(escalation_document(row), etag=comment.etag)

    @documented.settle
    def patch(self, request: Request, comment_id: UUID, escalation_id: UUID) -> HttpResponseBase:
        """Record what was done

        This closes the escalation. Of a reply that its author has erased, the words are not kept.
        """
        conversing.escalation(moderation.one(comment_id).comment, escalation_id)
        sent = self.validated(SettleEscalation, request)

        def work() -> Answer:
            row = actions.settle(
                comment_id=comment_id,
                escalation_id=escalation_id,
                **sent,
                if_match=if_match(request),
                by=self.caller,
                now=clock.read_instant(),
            )
            return Answer(200, escalation_document(row), {"ETag": row.comment.etag})

        return perform(request, work)


class OpenEscalations(ModerationView):
    """What was handed on and waits for a word of what was done."""

    parameters = PAGED

    @documented.open_escalations
    def get(self, request: Request) -> HttpResponseBase:
        """Every open escalation, the oldest first"""
        page = conversing.open_escalations(**self.asked)
        return self.page_of(request, page, [escalation_document(row) for row in page.rows])


class Messages(ModerationView):
    """What moderators wrote to the author of a reply, and where they write."""

    verbs: ClassVar[dict[str, str]] = {"GET": MODERATE, "POST": MODERATE}
    parameters = PAGED
    input_serializers: ClassVar[dict[str, type[Serializer]]] = {"POST": SendMessage}
    preconditions = ()

    @documented.messages
    def get(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """The messages to a reply's author, the oldest first"""
        comment = moderation.one(comment_id).comment
        page = conversing.messages_to(comment, **self.asked)
        return self.page_of(request, page, [message_document(row) for row in page.rows], etag=comment.etag)

    @documented.send_message
    def post(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """Write to the author of a reply

        Only whoever holds the reply's token reads it, beside the reply's status. No moderator is named there. It is
        erased with the reply.
        """
        moderation.one(comment_id)
        sent = self.validated(SendMessage, request)

        def work() -> Answer:
            row = actions.send_message(
                comment_id=comment_id, **sent, by=self.caller, now=clock.read_instant()
            )
            return Answer(201, message_document(row), {"ETag": row.comment.etag})

        return perform(request, work)


class Appeals(ModerationView):
    """What the author of a reply said against decisions on it."""

    parameters = PAGED

    @documented.appeals
    def get(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """The appeals of a reply's author, the oldest first

        The next decision answers an open one. Another person makes it than the one whose decision it is about, when
        there is another.
        """
        comment = moderation.one(comment_id).comment
        page = conversing.appeals_of(comment, **self.asked)
        return self.page_of(request, page, [appeal_document(row) for row in page.rows], etag=comment.etag)


class Reports(ModerationView):
    """What readers reported of a reply."""

    parameters = PAGED

    @documented.reports
    def get(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """The reports on a reply, the oldest first; any decision closes the open ones"""
        comment = moderation.one(comment_id).comment
        page = conversing.reports_on(comment, **self.asked)
        return self.page_of(request, page, [report_document(row) for row in page.rows], etag=comment.etag)


class OpenReports(ModerationView):
    """What readers reported and nobody has decided on."""

    parameters = PAGED

    @documented.open_reports
    def get(self, request: Request) -> HttpResponseBase:
        """Every open report: who is identified or frightened first, then the oldest"""
        page = conversing.open_reports(**self.asked)
        return self.page_of(request, page, [report_document(row) for row in page.rows])

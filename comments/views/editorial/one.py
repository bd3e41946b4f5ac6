"""One reply as moderators read it, its versions, its decisions, and deciding."""

from typing import Any, ClassVar, cast
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from cms import clock
from cms.conditional import if_match
from cms.models import User
from cms.writing import Answer, perform
from comments import actions, moderation
from comments.actions.decide import Ruling
from comments.models import CommentPrivate
from comments.openapi import editorial as documented
from comments.rendering.editorial import decision_document, version_document
from comments.serializers import DecideReply
from comments.views.editorial.base import MODERATE, PAGED, ModerationView


class ModeratedComment(ModerationView):
    """One reply with its latest words, the gate's findings and what may be decided."""

    @documented.one
    def get(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """One reply, as moderators read it"""
        private = moderation.one(comment_id)
        return self.respond(moderation.documents([private])[0], etag=private.comment.etag)


class ModeratedVersions(ModerationView):
    """Every version of a reply, the oldest first; erased ones without words."""

    parameters = PAGED

    @documented.versions
    def get(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """The versions of a reply"""
        comment = moderation.one(comment_id).comment
        page = moderation.versions_of(comment, limit=self.query["limit"], cursor=self.query["cursor"])
        return self.page_of(request, page, [version_document(row) for row in page.rows], etag=comment.etag)


class Decisions(ModerationView):
    """Every decision on a reply, the gate's and people's, and where a moderator adds one."""

    verbs: ClassVar[dict[str, str]] = {"GET": MODERATE, "POST": MODERATE}
    parameters = PAGED
    input_serializers: ClassVar[dict[str, type[Serializer]]] = {"POST": DecideReply}
    preconditions = ("POST",)

    @documented.decisions
    def get(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """The decisions on a reply, the oldest first"""
        comment = moderation.one(comment_id).comment
        page = moderation.decisions_on(comment, limit=self.query["limit"], cursor=self.query["cursor"])
        return self.page_of(request, page, [decision_document(row) for row in page.rows], etag=comment.etag)

    @documented.decide
    def post(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """Decide on a reply

        Bound to the version that was read and, by If-Match, to all that was written since. Rejecting and
        removing need a reason.
        """
        moderation.one(comment_id)
        ruling = Ruling(**self.validated(DecideReply, request))

        def work() -> Answer:
            decision = actions.decide(
                comment_id=comment_id,
                ruling=ruling,
                if_match=if_match(request),
                by=cast(User, request.user),
                now=clock.read_instant(),
            )
            return Answer(201, decision_document(decision), {"ETag": decision.comment.etag})

        return perform(request, work)

    def form_initial(self, request: Request) -> dict[str, Any]:
        """What a person's form begins with: the version that they see."""
        private: CommentPrivate = moderation.one(self.kwargs["comment_id"])
        return {"version": private.comment.last_version}

"""One reply as moderators read it, its versions, its decisions; deciding, undoing, labels."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from cms import clock
from cms.conditional import if_match
from cms.writing import Answer, perform
from comments import actions, moderation
from comments.actions import exposure
from comments.actions.decide import Ruling
from comments.models import CommentPrivate
from comments.openapi import editorial as documented
from comments.rendering.editorial import HREF, decision_document, version_document
from comments.serializers import DecideReply, LabelReply, UndoDecision
from comments.views.editorial import pages
from comments.views.editorial.base import MODERATE, PAGED, ModerationView


class ModeratedComment(ModerationView):
    """One reply with its latest words, the gate's findings and what may be decided."""

    @documented.one
    def get(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """One reply, as moderators read it

        Counted among what the caller has opened today, for their own eyes (`/editorial/me/exposure`).
        """
        private = moderation.one(comment_id)
        if request.method == "GET":
            exposure.opened(comment_id=comment_id, by=self.caller, now=clock.read_instant())
        return self.respond(moderation.documents([private])[0], etag=private.comment.etag)

    def page_parts(self, request: Request, value: Any) -> dict[str, Any]:
        return pages.reply(value, moderation.one(self.kwargs["comment_id"]).comment)


class ModeratedVersions(ModerationView):
    """Every version of a reply, the oldest first; erased ones without words."""

    parameters = PAGED

    @documented.versions
    def get(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """The versions of a reply"""
        comment = moderation.one(comment_id).comment
        page = moderation.versions_of(comment, limit=self.query["limit"], cursor=self.query["cursor"])
        return self.page_of(request, page, [version_document(row) for row in page.rows], etag=comment.etag)


class Labels(ModerationView):
    """Which kinds of hard content a reply holds."""

    verbs: ClassVar[dict[str, str]] = {"PUT": MODERATE}
    input_serializers: ClassVar[dict[str, type[Serializer]]] = {"PUT": LabelReply}
    form_titles: ClassVar[dict[str, str]] = {"PUT": "Set the kinds of content"}
    form_notes: ClassVar[dict[str, str]] = {
        "PUT": "For moderators who would rather not see some of them. Neither readers nor the author see it."
    }

    @documented.label
    def put(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """Say which kinds of content a reply holds

        The whole list, in the place of what the gate found and of what was said before.
        """
        moderation.one(comment_id)
        condition = if_match(request)
        sent = self.validated(LabelReply, request)

        def work() -> Answer:
            comment = actions.set_labels(
                comment_id=comment_id,
                kinds=sent["labels"],
                if_match=condition,
                by=self.caller,
                now=clock.read_instant(),
            )
            document = moderation.documents([moderation.one(comment_id)])[0]
            return Answer(200, document, {"ETag": comment.etag})

        return perform(request, work)

    def form_initial(self, request: Request) -> dict[str, Any]:
        """The labels that stand."""
        labels = moderation.one(self.kwargs["comment_id"]).comment.labels.order_by("kind")
        return {"labels": list(labels.values_list("kind", flat=True))}


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
                by=self.caller,
                now=clock.read_instant(),
            )
            return Answer(201, decision_document(decision), {"ETag": decision.comment.etag})

        return perform(request, work)

    def page_parts(self, request: Request, value: Any) -> dict[str, Any]:
        return pages.decisions(moderation.one(self.kwargs["comment_id"]).comment)

    def form_initial(self, request: Request) -> dict[str, Any]:
        """What a person's form begins with: the version that they see."""
        private: CommentPrivate = moderation.one(self.kwargs["comment_id"])
        return {"version": private.comment.last_version}


class UndoneDecision(ModerationView):
    """Taking the latest decision back."""

    verbs: ClassVar[dict[str, str]] = {"POST": MODERATE}
    input_serializers: ClassVar[dict[str, type[Serializer]]] = {"POST": UndoDecision}
    preconditions = ("POST",)
    form_titles: ClassVar[dict[str, str]] = {"POST": "Undo the decision"}
    form_notes: ClassVar[dict[str, str]] = {"POST": "The reply goes back to where it was before."}

    @documented.undo
    def post(self, request: Request, comment_id: UUID, decision_id: UUID) -> HttpResponseBase:
        """Undo a decision

        The latest one of a person, for a while, as long as nothing was edited or erased since. State, versions,
        counts and visibility are as before; the undoing is logged as a decision of its own.
        """
        moderation.one(comment_id)
        sent = self.validated(UndoDecision, request)

        def work() -> Answer:
            logged = actions.undo(
                comment_id=comment_id,
                decision_id=decision_id,
                note=sent["note"],
                if_match=if_match(request),
                by=self.caller,
                now=clock.read_instant(),
            )
            headers = {"ETag": logged.comment.etag, "Location": f"{HREF}/{comment_id}/decisions"}
            return Answer(201, decision_document(logged), headers)

        return perform(request, work)

    def form_if_match(self, request: Request) -> str:
        """The reply's tag: what stands one step up is a decision, which has none."""
        return moderation.one(self.kwargs["comment_id"]).comment.etag

"""The block on the address from which a reply came. Nobody sees the address."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from cms import clock
from cms.conditional import if_match
from cms.writing import Answer, perform
from comments import moderation
from comments.actions import blocking
from comments.openapi import blocks as documented
from comments.rendering.blocks import block_document
from comments.serializers.blocks import BlockAuthor
from comments.views.editorial.base import MODERATE, ModerationView


class AuthorBlock(ModerationView):
    """Whether replies from the same address are read first, whatever the policy."""

    verbs: ClassVar[dict[str, str]] = {"GET": MODERATE, "PUT": MODERATE, "DELETE": MODERATE}
    input_serializers: ClassVar[dict[str, type[Serializer]]] = {"PUT": BlockAuthor}
    form_titles: ClassVar[dict[str, str]] = {
        "PUT": "Block this reply's author",
        "DELETE": "Lift the block",
    }
    form_notes: ClassVar[dict[str, str]] = {
        "PUT": "Whatever comes from the same address from now on waits for a moderator. What is public stays. The "
        "author is not told.",
        "DELETE": "Replies from the address are judged as any others.",
    }

    @documented.read
    def get(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """Whether the author of a reply is blocked"""
        private = moderation.one(comment_id)
        return self.respond(block_document(comment_id, private.contact), etag=private.comment.etag)

    @documented.block
    def put(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """Block the author of a reply

        By the address that came with it, which stays unseen: replies from it are held with the verdict `blocked`, and
        their answers are as to any other. The block ends with the address, when its last reply is erased.
        """
        moderation.one(comment_id)
        note: str = self.validated(BlockAuthor, request)["note"]
        expected = if_match(request)

        def work() -> Answer:
            contact = blocking.block(
                comment_id=comment_id, note=note, if_match=expected, by=self.caller, now=clock.read_instant()
            )
            return Answer(200, block_document(comment_id, contact))

        return perform(request, work)

    @documented.unblock
    def delete(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """Lift the block"""
        moderation.one(comment_id)
        expected = if_match(request)

        def work() -> Answer:
            blocking.unblock(
                comment_id=comment_id, if_match=expected, by=self.caller, now=clock.read_instant()
            )
            return Answer(204)

        return perform(request, work)

    def form_methods(self, request: Request) -> tuple[str, ...]:
        contact = moderation.one(self.kwargs["comment_id"]).contact
        if contact is None:
            return ()
        return ("PUT", "DELETE") if contact.blocked_at else ("PUT",)

    def form_initial(self, request: Request) -> dict[str, Any]:
        contact = moderation.one(self.kwargs["comment_id"]).contact
        return {"note": contact.block_note if contact else ""}

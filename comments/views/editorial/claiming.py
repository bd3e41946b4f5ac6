"""Taking replies to read, and giving them back. What is taken is kept from other moderators for a while."""

from collections.abc import Callable
from typing import ClassVar
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from cms import clock
from cms.models import User
from cms.writing import Answer, perform
from comments import actions, moderation
from comments.actions import exposure
from comments.models import Claim
from comments.openapi import editorial as documented
from comments.rendering.editorial import HREF
from comments.views.editorial.base import MODERATE, ModerationView


class ClaimingView(ModerationView):
    """A POST without a body. A claim changes nothing of the reply, so that no ETag is asked for."""

    verbs: ClassVar[dict[str, str]] = {"POST": MODERATE}
    preconditions: ClassVar[tuple[str, ...]] = ()

    def form_if_match(self, request: Request) -> str:
        return ""


class NextReply(ClaimingView):
    """The most urgent reply that waits and that nobody reads."""

    form_titles: ClassVar[dict[str, str]] = {"POST": "Give me the next reply"}
    form_notes: ClassVar[dict[str, str]] = {
        "POST": "The most urgent that nobody reads. It is kept for you for a while."
    }

    @documented.claim_next
    def post(self, request: Request) -> HttpResponseBase:
        """Claim the most urgent reply

        The gravest grade first, then the oldest. Two moderators never get the same. Left out are replies that
        somebody reads, those that you gave back or put aside, and what you would rather not see. Where nothing is
        left: 404, `nothing_waits`.
        """
        return handed_out(
            request, self.caller, lambda: actions.claim_next(by=self.caller, now=clock.read_instant())
        )


class ClaimReply(ClaimingView):
    """One reply, taken by its id."""

    form_titles: ClassVar[dict[str, str]] = {"POST": "Claim"}
    form_notes: ClassVar[dict[str, str]] = {"POST": "Others are told that you are reading it."}

    @documented.claim
    def post(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """Claim a reply

        Again by whoever has it: the time begins anew. An administrator may take what somebody else has.
        """
        return handed_out(
            request,
            self.caller,
            lambda: actions.claim(comment_id=comment_id, by=self.caller, now=clock.read_instant()),
        )


class ReleaseReply(ClaimingView):
    """Giving back what one has taken."""

    form_titles: ClassVar[dict[str, str]] = {"POST": "Give back"}
    form_notes: ClassVar[dict[str, str]] = {
        "POST": "It waits for somebody else. You need not say why, and it is not handed to you again."
    }

    @documented.release
    def post(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """Give a reply back

        Nobody needs a reason. `next` does not hand it to you again; by its id you can claim it. Repeating it is
        right.
        """

        def work() -> Answer:
            actions.release(comment_id=comment_id, by=self.caller, now=clock.read_instant())
            return Answer(204)

        return perform(request, work)


def handed_out(request: Request, by: User, take: Callable[[], Claim]) -> HttpResponseBase:
    """The claimed reply as it is now. What a repeated request finds remembered is its id, never its words."""

    def work() -> Answer:
        id = str(take().comment_id)
        return Answer(200, {"id": id}, {"Location": f"{HREF}/{id}"})

    response = perform(request, work)
    if isinstance(response, Response) and isinstance(response.data, dict):
        private = moderation.one(UUID(response.data["id"]))
        exposure.opened(comment_id=private.pk, by=by, now=clock.read_instant())
        response.data = moderation.documents([private])[0]
        response["ETag"] = private.comment.etag
    return response

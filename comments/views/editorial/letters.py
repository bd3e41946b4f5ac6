"""What moderators do about letters to a reply's author, whose address they never see."""

from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from cms import clock
from cms.conditional import if_match
from cms.writing import Answer, perform
from comments import actions, moderation
from comments.openapi import letters as documented
from comments.views.editorial.base import MODERATE, ModerationView


class MuteAuthor(ModerationView):
    """Mail to a reply's author bounces, or was complained of."""

    verbs = {"POST": MODERATE}
    form_titles = {"POST": "Mail to its author comes back"}
    form_notes = {"POST": "No letter goes to that address any more, until its owner confirms it again."}

    @documented.mute_author
    def post(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """Stop letters to the author of a reply

        For mail that comes back, or that somebody complained of. Tells nothing of the address; logged in the audit.
        """
        moderation.one(comment_id)

        def work() -> Answer:
            actions.mute_author(
                comment_id=comment_id, if_match=if_match(request), by=self.caller, now=clock.read_instant()
            )
            return Answer(204)

        return perform(request, work)

"""What an administrator does for a person who asks by another way: tell, or erase, everything of a reply's author."""

from typing import ClassVar, cast
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from cms import clock
from cms.conditional import if_match
from cms.editorial import EditorialView
from cms.models import User
from cms.writing import Answer, perform
from comments import exporting, moderation
from comments.actions import subject
from comments.openapi import requests as documented

SUBJECT = "comment.subject"


class ExportAuthor(EditorialView):
    """Everything that is kept of whoever wrote a reply, without the address, which they know."""

    verbs: ClassVar[dict[str, str]] = {"POST": SUBJECT}
    form_titles: ClassVar[dict[str, str]] = {"POST": "Show everything of this author"}
    form_notes: ClassVar[dict[str, str]] = {
        "POST": "Nothing is changed. That you looked is noted in the audit."
    }

    @documented.export_author
    def post(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """Export everything of a reply's author

        Every reply that was sent with the same address. It is stored nowhere, and audited.
        """

        def work() -> Answer:
            now = clock.read_instant()
            found = subject.of_author(comment_id=comment_id, by=cast(User, request.user), now=now)
            return Answer(200, exporting.without_address(found, now), shown_once=True, remembered=False)

        return perform(request, work)


class EraseAuthor(EditorialView):
    """Erasing everything of whoever wrote a reply."""

    verbs: ClassVar[dict[str, str]] = {"POST": SUBJECT}
    preconditions = ("POST",)
    form_titles: ClassVar[dict[str, str]] = {"POST": "Erase everything of this author"}
    form_notes: ClassVar[dict[str, str]] = {
        "POST": "Every reply that was sent with the same address, and the address. This cannot be undone."
    }

    @documented.erase_author
    def post(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """Erase everything of a reply's author

        Every reply that was sent with the same address, and the address itself, at once and for good.
        """
        moderation.one(comment_id)

        def work() -> Answer:
            erased = subject.erase_author(
                comment_id=comment_id,
                if_match=if_match(request),
                by=cast(User, request.user),
                now=clock.read_instant(),
            )
            return Answer(200, {"erased": erased})

        return perform(request, work)

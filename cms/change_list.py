"""The log of changes for whoever keeps a copy: a full read of what is live, then everything that happens."""

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from cms import following, parameters
from cms.delivery import DeliveryView
from cms.openapi.responses import document, not_modified, problem
from cms.pagination import link, next_url

MAX_AGE = 3600
"""Seconds: a page with more behind it is the same for ever; an end that is open is asked for again each time."""


class ChangeList(DeliveryView):
    """Everything that became visible or ceased to be, in one order without gaps."""

    parameters = {
        "after": parameters.change_cursor(
            "Where to go on: `cursor` of the last answer, or the `id` of a change. Empty: a full read of what is live."
        ),
        "limit": parameters.limit(default=100, max=1000),
    }

    @extend_schema(
        responses={
            200: document("Changes"),
            304: not_modified(),
            **problem("cursor_expired", "not_yet_visible"),
        }
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The log of changes

        Without `after` a full read begins: one line for everything that is live, page after page. Behind its last
        page, and behind every later one, `next` leads on through what happened since. Entries hold no text: read
        `href`, purge `cache_tags`. A cursor that the log does not reach back to is 410; then begin a full read.
        """
        page = following.page(self.query["after"], limit=self.query["limit"])
        onward = next_url(request, {"after": str(page.following)})
        body = {
            "changes": page.entries,
            "next": onward,
            "cursor": str(page.following),
            "has_more": page.has_more,
        }
        headers = {"Link": link(onward) or ""}
        return self.respond(request, body, max_age=MAX_AGE if page.settled else 0, swr=0, headers=headers)

"""What the moderators' views stand on: who may, and lists that are pages like every other."""

from typing import Any, ClassVar

from django.http import HttpResponseBase
from rest_framework.request import Request

from cms import pagination, parameters
from cms.editorial import EditorialView
from cms.pagination import Page
from cms.parameters import Parameter

MODERATE = "comment.moderate"
PAGED: dict[str, Parameter] = {"limit": parameters.limit(), "cursor": parameters.cursor()}


class ModerationView(EditorialView):
    """For whoever may moderate. Lists are pages like every other."""

    verbs: ClassVar[dict[str, str]] = {"GET": MODERATE}

    @property
    def asked(self) -> dict[str, Any]:
        """Which page of a list was asked for."""
        return {"limit": self.query["limit"], "cursor": self.query["cursor"]}

    def page_of(
        self,
        request: Request,
        page: Page,
        documents: list[dict[str, Any]],
        *,
        count: int | None = None,
        etag: str | None = None,
    ) -> HttpResponseBase:
        following = {"cursor": page.next_cursor} if page.next_cursor else None
        body, link = pagination.envelope(request, documents, following, count)
        return self.respond(body, etag=etag, headers={"Link": link} if link else None)

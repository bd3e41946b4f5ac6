"""The audit, for administrators: who did what to what."""

from django.http import HttpResponseBase
from rest_framework.request import Request

from articles.openapi import editorial as docs
from articles.serializers import shapes
from cms import pagination, parameters
from cms.editorial import EditorialView
from cms.models import AuditEntry
from cms.pagination import Order

NEWEST_FIRST = Order((("id", "desc"),))


@docs.audit
class AuditList(EditorialView):
    """Everything that was done, newest first. It holds no text and no reader's address."""

    verbs = {"GET": "audit.read"}
    parameters = {
        "subject": parameters.uuid("Only what was done to this article, reply or entry."),
        "limit": parameters.limit(),
        "cursor": parameters.cursor(),
    }

    def get(self, request: Request) -> HttpResponseBase:
        rows = AuditEntry.objects.select_related("actor")
        if self.query["subject"]:
            rows = rows.filter(subject=self.query["subject"])
        page = pagination.page(
            rows, order=NEWEST_FIRST, limit=self.query["limit"], cursor=self.query["cursor"]
        )
        body, link = pagination.envelope(
            request,
            [shapes.audit_entry(row) for row in page.rows],
            {"cursor": page.next_cursor} if page.next_cursor else None,
        )
        return self.respond(body, headers={"Link": link} if link else {})

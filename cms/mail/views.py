"""What an administrator may know of mail: how many letters wait and how many were given up. Never whose, never what."""

from typing import Any

from django.db.models import Count, Min, Q
from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from cms import clock
from cms.editorial import EditorialView
from cms.mail.outbox import offered
from cms.models import Letter
from cms.models.letters import GIVEN_UP, REASONS, WAITING
from cms.openapi.responses import document

COMPONENTS: dict[str, dict[str, Any]] = {
    "Mail": {
        "type": "object",
        "description": "The letters of this site in numbers.",
        "required": ["offered", "waiting", "retried", "oldest_due_at", "given_up"],
        "properties": {
            "offered": {"type": "boolean", "description": "Whether the site sends mail (`EMAIL_URL`)."},
            "waiting": {
                "type": "integer",
                "minimum": 0,
                "description": "Letters that are due or come later.",
            },
            "retried": {"type": "integer", "minimum": 0, "description": "Of those, tried in vain before."},
            "oldest_due_at": {
                "type": ["string", "null"],
                "format": "date-time",
                "description": "When the first of them is due. Long past: no worker runs.",
            },
            "given_up": {
                "type": "object",
                "description": "Letters of the last 30 days that never went, by why.",
                "properties": {reason: {"type": "integer", "minimum": 0} for reason in REASONS if reason},
                "required": [reason for reason in REASONS if reason],
            },
        },
    }
}


class MailView(EditorialView):
    """Whether mail goes out."""

    verbs = {"GET": "mail.read"}

    @extend_schema(responses={200: document("Mail")})
    def get(self, request: Request) -> HttpResponseBase:
        """How many letters wait, and how many were given up. Tells no address and no text."""
        waiting = Q(state=WAITING)
        counted = Letter.objects.aggregate(
            waiting=Count("pk", filter=waiting),
            retried=Count("pk", filter=waiting & Q(attempts__gt=0)),
            oldest=Min("due_at", filter=waiting),
            **{reason: Count("pk", filter=Q(state=GIVEN_UP, reason=reason)) for reason in REASONS if reason},
        )
        oldest = counted["oldest"]
        return self.respond(
            {
                "offered": offered(),
                "waiting": counted["waiting"],
                "retried": counted["retried"],
                "oldest_due_at": clock.floor(oldest) if oldest else None,
                "given_up": {reason: counted[reason] for reason in REASONS if reason},
            }
        )

"""What a moderator may know and ask for of themselves: what they have read, and what they would rather not see."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from cms import clock
from cms.browsable.zone import SiteZone
from cms.conditional import if_match
from cms.models import User
from cms.writing import Answer, perform
from comments import actions
from comments.actions import exposure
from comments.models import DeskPreferences
from comments.models.desk import KINDS
from comments.openapi import editorial as documented
from comments.serializers import Prefer
from comments.views.editorial import pages
from comments.views.editorial.base import MODERATE, ModerationView

ADVICE = (
    "You have opened {number} replies with hard content today. You may stop here: give back what you hold, and "
    "others will read it. Talking to somebody about what stayed with you can help."
)


class Exposure(ModerationView):
    """One's own counts; there is no address for anybody else's."""

    @documented.exposure
    def get(self, request: Request) -> HttpResponseBase:
        """What I have read

        How many replies the caller opened and decided on today and in the last seven days, of each kind of content.
        Nobody else can read it, and it is kept for a week.
        """
        return self.respond(_exposure(self.caller, clock.read_instant()))

    def page_parts(self, request: Request, value: Any) -> dict[str, Any]:
        return pages.exposure(value)


class Preferences(ModerationView):
    """One's own wishes at the desk."""

    verbs: ClassVar[dict[str, str]] = {"GET": MODERATE, "PATCH": MODERATE}
    input_serializers: ClassVar[dict[str, type[Serializer]]] = {"PATCH": Prefer}
    form_notes: ClassVar[dict[str, str]] = {
        "PATCH": "Replies that hold these kinds are not handed to you, and are collapsed in your queue. Nobody is told."
    }

    @documented.preferences
    def get(self, request: Request) -> HttpResponseBase:
        """What I would rather not see"""
        found = exposure.preferences_of(self.caller)
        return self.respond(_preferences(found), etag=found.etag)

    @documented.prefer
    def patch(self, request: Request) -> HttpResponseBase:
        """Say what I would rather not see

        `next` leaves these kinds to others, and the queue collapses them. Nobody else can read the list.
        """
        condition = if_match(request)
        sent = self.validated(Prefer, request, partial=True)

        def work() -> Answer:
            found = exposure.preferences_of(self.caller)
            wished = [kind for kind in KINDS if kind in sent.get("rather_not", found.rather_not)]
            found = actions.prefer(
                rather_not=wished, if_match=condition, by=self.caller, now=clock.read_instant()
            )
            return Answer(200, _preferences(found), {"ETag": found.etag})

        return perform(request, work)


def _preferences(found: DeskPreferences) -> dict[str, Any]:
    return {"rather_not": found.rather_not, "kinds": list(KINDS)}


def _exposure(by: User, now: datetime) -> dict[str, Any]:
    midnight = now.astimezone(SiteZone().zone).replace(hour=0, minute=0, second=0, microsecond=0)
    today, today_by_kind = exposure.counts(by=by, since=midnight)
    week, week_by_kind = exposure.counts(by=by, since=now - exposure.WEEK)
    none = exposure.Counts(0, 0)
    return {
        "today": vars(today),
        "week": vars(week),
        "kinds": [
            {
                "kind": kind,
                "today": vars(today_by_kind.get(kind, none)),
                "week": vars(week_by_kind[kind]),
            }
            for kind in KINDS
            if kind in week_by_kind
        ],
        "advice": _advice(exposure.hard(by=by, since=midnight)),
    }


def _advice(number: int) -> str | None:
    after = settings.COMMENT_REST_AFTER
    return ADVICE.format(number=number) if after and number >= after else None

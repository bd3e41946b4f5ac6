"""The instant a delivery request speaks of, and how long its answer stays true."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rest_framework.request import Request

from articles import memento
from articles.reading import transitions_around
from cms import clock, pagination, parameters
from cms.errors import FieldError, Malformed

AT = parameters.instant(
    "The state at this instant. Not ahead of now; those who edit may look ahead in previews."
)
PAST_AGE = 3600


@dataclass(frozen=True)
class Instant:
    """`at` is what is looked up; `past` whether the caller chose it."""

    at: datetime
    past: bool

    def lasting(self, transition: datetime | None, max_age: int = 60, swr: int = 300) -> dict[str, Any]:
        """Arguments of `respond`: an answer about the past may rest an hour and is no search engine's business."""
        if self.past:
            return {"transition": None, "max_age": PAST_AGE, "swr": 0, "headers": {"X-Robots-Tag": "noindex"}}
        return {"transition": transition, "max_age": max_age, "swr": swr}


def asked(query: dict[str, Any]) -> Instant:
    """Raises Malformed (at_in_future) for an instant that has not come."""
    now = clock.read_instant()
    at = query.get("at")
    if at is None:
        return Instant(now, past=False)
    if at > now:
        sentence = "This instant lies ahead; delivery speaks of the past and of now."
        error = FieldError("at_in_future", sentence, parameter="at")
        raise Malformed(sentence, code="at_in_future", errors=(error,))
    return Instant(at, past=True)


class OfAnInstant:
    """A view whose answer is the state at one instant. What else may be asked for is said by overriding `instant`."""

    query: dict[str, Any]

    def instant(self) -> Instant:
        """Raises Malformed (at_in_future) for an instant that has not come."""
        return asked(self.query)

    def walked(self, instant: Instant, following: datetime | None) -> Instant:
        """At which instant a list is looked up: now, as long as nothing has begun since the one that was asked for.
        `following` is the first transition after that one.

        So a crawl, whose pages name the instant of the first, walks the short indexes of what is live.
        """
        now = clock.read_instant()
        if instant.past and instant.at <= now and (following is None or following > now):
            return Instant(now, past=False)
        return instant

    def transitions(self, instant: Instant) -> tuple[datetime | None, datetime | None]:
        """The last transition not after an instant, and the next one known."""
        return transitions_around(instant.at)

    def lasting_at(
        self,
        request: Request,
        instant: Instant,
        transition: datetime | None,
        *,
        link: str | None = None,
        **ages: int,
    ) -> dict[str, Any]:
        """`Instant.lasting`, with a Link header: to what follows (`link`), and from the past to its present."""
        lasting = instant.lasting(transition, **ages)
        links = ", ".join(filter(None, (link, self.link_to_present(request, instant))))
        lasting["headers"] = lasting.get("headers", {}) | ({"Link": links} if links else {})
        return lasting

    def link_to_present(self, request: Request, instant: Instant) -> str | None:
        """From the past, to where the same is today."""
        return memento.canonical(pagination.present_path(request)) if instant.past else None

"""The instant a delivery request speaks of, and how long its answer stays true."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles.reading import nothing_began_since
from cms import clock, parameters
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

    def walked(self, instant: Instant) -> Instant:
        """At which instant a list is looked up: now, as long as nothing has begun since the one that was asked for.

        So a crawl, whose pages name the instant of the first, walks the short indexes of what is live.
        """
        now = clock.read_instant()
        if instant.past and nothing_began_since(instant.at, now):
            return Instant(now, past=False)
        return instant

"""When replies are read next, from the site's staffed hours (`cms.staffing` has their form). Pure.

A value of another form means that nobody said.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cms.staffing import DAYS


def next_reading(staffed_hours: Mapping[str, Any], now: datetime) -> datetime | None:
    """The first staffed instant from `now` on, UTC: `now` itself when somebody is there; None when nobody said."""
    try:
        zone = ZoneInfo(staffed_hours["time_zone"])
        periods = _periods(staffed_hours["weekly"], now.astimezone(zone), zone)
        return next((max(begins, now) for begins, ends in periods if ends > now), None)
    except (AttributeError, KeyError, TypeError, ValueError, ZoneInfoNotFoundError):
        return None


def _periods(
    weekly: Mapping[str, Any], local: datetime, zone: ZoneInfo
) -> Iterator[tuple[datetime, datetime]]:
    for ahead in range(8):
        day = (local + timedelta(days=ahead)).date()
        for begins, ends in sorted(weekly.get(DAYS[day.weekday()], [])):
            yield _instant(day, begins, zone), _instant(day, ends, zone)


def _instant(day: date, at: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.fromisoformat(at), zone).astimezone(UTC)

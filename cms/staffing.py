"""Staffed hours: when somebody reads replies, as the site says it. The form of the value, and nothing of the clock.

`{"time_zone": "Europe/Dublin", "weekly": {"mon": [["09:00", "12:30"], ["14:00", "17:00"]]}}`: an IANA time zone, days
`mon` to `sun`, local times of the day from and until. An empty object means that nobody said.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from cms.local_time import UnknownZone, zone_named

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_PERIODS = 6
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)


def mistakes(hours: Any) -> Iterator[str]:
    """A sentence for each thing wrong with a value that is to be stored."""
    if not isinstance(hours, Mapping) or set(hours) - {"time_zone", "weekly"}:
        yield "Send an object with time_zone and weekly, or an empty one."
    elif hours:
        yield from _zone(hours.get("time_zone"))
        yield from _weekly(hours.get("weekly"))


def _zone(name: Any) -> Iterator[str]:
    try:
        zone_named(name if isinstance(name, str) else "")
    except UnknownZone as error:
        yield str(error)


def _weekly(weekly: Any) -> Iterator[str]:
    if not isinstance(weekly, Mapping) or not weekly:
        yield "Send the periods in weekly, by day."
        return
    for day, periods in weekly.items():
        if day not in DAYS:
            yield f"There is no such day. Days are {', '.join(DAYS)}."
        elif not _are_periods(periods):
            yield (
                f'The periods of {day} are pairs of times such as ["09:00", "12:30"], each until later than from, '
                f"in order, without overlap, and at most {MOST_PERIODS}."
            )


def _are_periods(periods: Any) -> bool:
    if not isinstance(periods, list) or len(periods) > MOST_PERIODS:
        return False
    pairs = all(isinstance(pair, list) and len(pair) == 2 for pair in periods)
    times = [time for pair in periods for time in pair] if pairs else []
    if not pairs or not all(isinstance(time, str) and _TIME.fullmatch(time) for time in times):
        return False
    return all(
        earlier < later if index % 2 == 0 else earlier <= later
        for index, (earlier, later) in enumerate(pairwise(times))
    )

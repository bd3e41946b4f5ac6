"""Civil time in a named zone (IANA): what a local date and time is as an instant, and how an instant reads there. Pure.

Nothing here is a default: a local time that a change of the clocks left out, or gave twice, is refused in words.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_PSEUDO = {"Factory", "localtime"}
"""Names that say: ask the machine."""

_WRITTEN = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})[Tt ](?P<minute>\d{2}:\d{2})(?P<second>:\d{2})?(?P<fraction>\.\d{1,9})?"
    r"(?: ?(?P<offset>[Zz]|[+-]\d{2}:\d{2}))?",
    re.ASCII,
)
_SECOND = timedelta(seconds=1)


class UnknownZone(ValueError):
    """No zone of that name in the time zone database; the text is a sentence."""


class NoInstant(ValueError):
    """A local time that is not exactly one instant; the text is a sentence that says what to write instead."""

    code = "no_such_time"


class TwoInstants(NoInstant):
    """A local time that comes twice, because the clocks are set back."""

    code = "ambiguous_time"


@cache
def zone_named(name: str) -> ZoneInfo:
    """The zone with that IANA name. Raises UnknownZone, also for names that stand for the machine's own setting."""
    if name not in available_timezones() - _PSEUDO:
        raise UnknownZone(f"There is no time zone “{name[:60]}”. Take an IANA name such as Europe/Paris.")
    return ZoneInfo(name)


def is_local(text: str) -> bool:
    """Whether `text` is a date and time that says no offset."""
    found = _WRITTEN.fullmatch(text.strip())
    return found is not None and found["offset"] is None


def with_offset(text: str, zone: ZoneInfo) -> str:
    """What a person wrote, as RFC 3339: a local time is read in `zone`, and seconds may be left out.

    What is no date and time comes back as it is, for whoever judges instants to name it. Raises NoInstant, TwoInstants.
    """
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return text
    second = found["second"] or ":00"
    if found["offset"] is None:
        return _z(instant_of(f"{found['day']}T{found['minute']}{second}", zone))
    return f"{found['day']}T{found['minute']}{second}{found['fraction'] or ''}{found['offset'].upper()}"


def instant_of(local: str, zone: ZoneInfo) -> datetime:
    """The instant, UTC, at which clocks in `zone` show `local` (`2026-03-29T12:30:00`).

    Raises NoInstant, TwoInstants. The two readings of a local time are those of PEP 495.
    """
    try:
        shown = datetime.fromisoformat(local)
        first, second = (shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        if first == second:
            return first
        if first < second:
            raise TwoInstants(_said_twice(local, zone, first, second))
        raise NoInstant(_left_out(local, zone, _change_between(second, first, zone)))
    except (OverflowError, ValueError) as error:
        if isinstance(error, NoInstant):
            raise
        raise NoInstant(f"There is no date and time {local.replace('T', ' ')}.") from None


def reading(instant: datetime, zone: ZoneInfo) -> str:
    """What clock and offset are in `zone` at `instant`: `2026-03-29 03:00:00 +02:00`; empty beyond the calendar."""
    try:
        shown = instant.astimezone(zone).replace(tzinfo=None, microsecond=0)
    except OverflowError:
        return ""
    return f"{shown.isoformat(' ')} {_offset(instant, zone)}"


def distance(instant: datetime, zone: ZoneInfo) -> str:
    """How far `zone` is from UTC at `instant`, as people say it: `UTC`, `UTC+1`, `UTC-3:30`."""
    hours, _, minutes = _offset(instant, zone).partition(":")
    if (hours[1:], minutes) == ("00", "00"):
        return "UTC"
    return f"UTC{hours[0]}{int(hours[1:])}" + ("" if minutes == "00" else f":{minutes}")


def _change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first whole second, UTC, after `before` and up to `after`, at which the offset of `after` holds."""
    new = after.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + timedelta(seconds=(after - before) // _SECOND // 2)
        before, after = (before, middle) if middle.astimezone(zone).utcoffset() == new else (middle, after)
    return after


def _left_out(local: str, zone: ZoneInfo, change: datetime) -> str:
    return (
        f"Clocks in {zone.key} never show {local.replace('T', ' ')}: they go forward past it. "
        f"The last instant before is {_both(change - _SECOND, zone)}, the first after is {_both(change, zone)}. "
        "Write one of these, or another time."
    )


def _said_twice(local: str, zone: ZoneInfo, first: datetime, second: datetime) -> str:
    return (
        f"Clocks in {zone.key} show {local.replace('T', ' ')} twice, because they go back: first at "
        f"{_both(first, zone)}, then at {_both(second, zone)}. Write the one that you mean."
    )


def _both(instant: datetime, zone: ZoneInfo) -> str:
    return f"{_z(instant)} ({reading(instant, zone)})"


def _offset(instant: datetime, zone: ZoneInfo) -> str:
    """`+02:00`; with seconds where there were some: before zones, each town had its own noon."""
    return instant.astimezone(zone).isoformat(timespec="seconds")[len("2026-03-29T03:00:00") :]


def _z(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")

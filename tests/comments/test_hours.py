"""When replies are read next: never a promise that the site did not make."""

from datetime import UTC, datetime

import pytest

from comments.hours import next_reading

DUBLIN = {
    "time_zone": "Europe/Dublin",
    "weekly": {"mon": [["09:00", "12:30"], ["14:00", "17:00"]], "thu": [["18:00", "20:00"]]},
}


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-23T08:00", "2026-11-23T09:00"),  # Monday before
        ("2026-11-23T10:15", "2026-11-23T10:15"),  # somebody is there
        ("2026-11-23T12:30", "2026-11-23T14:00"),  # at lunch
        ("2026-11-23T17:00", "2026-11-26T18:00"),
        ("2026-11-27T09:00", "2026-11-30T09:00"),
        ("2026-07-06T07:30", "2026-07-06T08:00"),  # summer time
    ],
)
def test_the_next_staffed_instant(now, then) -> None:
    assert next_reading(DUBLIN, utc(now)) == utc(then)


@pytest.mark.parametrize(
    "said",
    [{}, {"time_zone": "Europe/Dublin"}, {"time_zone": "Nowhere/At_All", "weekly": {}}, {"weekly": DUBLIN["weekly"]},
     {"time_zone": "UTC", "weekly": {}}, {"time_zone": "UTC", "weekly": {"mon": [["soon", "later"]]}},
     {"time_zone": "UTC", "weekly": []}, {"text": "Most mornings"}],
)  # fmt: skip
def test_where_nobody_said_nothing_is_promised(said) -> None:
    assert next_reading(said, utc("2026-11-23T08:00")) is None

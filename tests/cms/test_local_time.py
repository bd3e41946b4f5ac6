"""Local times as instants, and instants as local times, in zones that make it hard."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.local_time import (
    NoInstant,
    TwoInstants,
    UnknownZone,
    distance,
    instant_of,
    is_local,
    reading,
    with_offset,
    zone_named,
)

ZONES = (
    "Europe/Paris",
    "America/Toronto",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
)


def read(local: str, zone: str) -> str:
    return with_offset(local, zone_named(zone))


@pytest.mark.parametrize(
    ("zone", "local", "instant"),
    [
        ("UTC", "2026-03-29T02:30", "2026-03-29T02:30:00Z"),
        ("Europe/Paris", "2026-03-29T01:59:59", "2026-03-29T00:59:59Z"),
        ("Europe/Paris", "2026-03-29T03:00", "2026-03-29T01:00:00Z"),
        ("Europe/Paris", "2026-10-25T01:59:59", "2026-10-24T23:59:59Z"),
        ("Europe/Paris", "2026-10-25T03:00", "2026-10-25T02:00:00Z"),
        ("America/Toronto", "2026-07-01 08:30", "2026-07-01T12:30:00Z"),
        ("America/Toronto", "2026-12-31T23:59", "2027-01-01T04:59:00Z"),
        ("America/St_Johns", "2026-01-15T12:00", "2026-01-15T15:30:00Z"),
        ("America/St_Johns", "2026-07-15T12:00", "2026-07-15T14:30:00Z"),
        ("Australia/Lord_Howe", "2026-10-04T01:59:59", "2026-10-03T15:29:59Z"),
        ("Australia/Lord_Howe", "2026-10-04T02:30", "2026-10-03T15:30:00Z"),
        ("Pacific/Apia", "2011-12-29T23:59:59", "2011-12-30T09:59:59Z"),
        ("Pacific/Apia", "2011-12-31T00:00", "2011-12-30T10:00:00Z"),
        ("Africa/Casablanca", "2026-03-01T12:00", "2026-03-01T12:00:00Z"),
        ("Africa/Casablanca", "2026-04-01T12:00", "2026-04-01T11:00:00Z"),
    ],
)
def test_a_local_time_is_the_instant_at_which_clocks_there_show_it(
    zone: str, local: str, instant: str
) -> None:
    assert read(local, zone) == instant


@pytest.mark.parametrize(
    ("zone", "local", "before", "after"),
    [
        ("Europe/Paris", "2026-03-29T02:00", "2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z"),
        ("Europe/Paris", "2026-03-29T02:59:59", "2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z"),
        ("America/Toronto", "2026-03-08T02:30", "2026-03-08T06:59:59Z", "2026-03-08T07:00:00Z"),
        ("America/St_Johns", "2026-03-08T02:30", "2026-03-08T05:29:59Z", "2026-03-08T05:30:00Z"),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:29:59Z", "2026-10-03T15:30:00Z"),
        ("Pacific/Apia", "2011-12-30T00:00", "2011-12-30T09:59:59Z", "2011-12-30T10:00:00Z"),
        ("Pacific/Apia", "2011-12-30T23:59:59", "2011-12-30T09:59:59Z", "2011-12-30T10:00:00Z"),
        ("Africa/Casablanca", "2026-03-22T02:30", "2026-03-22T01:59:59Z", "2026-03-22T02:00:00Z"),
    ],
)
def test_a_time_that_clocks_leap_over_is_refused_with_the_instants_before_and_after(
    zone: str, local: str, before: str, after: str
) -> None:
    with pytest.raises(NoInstant) as caught:
        read(local, zone)
    assert caught.value.code == "no_such_time"
    assert f"The last instant before is {before} (" in str(caught.value)
    assert f"the first after is {after} (" in str(caught.value)


@pytest.mark.parametrize(
    ("zone", "local", "first", "second"),
    [
        ("Europe/Paris", "2026-10-25T02:30", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
        ("America/Toronto", "2026-11-01T01:00", "2026-11-01T05:00:00Z", "2026-11-01T06:00:00Z"),
        ("America/St_Johns", "2026-11-01T01:59:59", "2026-11-01T04:29:59Z", "2026-11-01T05:29:59Z"),
        ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z"),
        ("Africa/Casablanca", "2026-02-15T02:30", "2026-02-15T01:30:00Z", "2026-02-15T02:30:00Z"),
    ],
)
def test_a_time_that_comes_twice_is_refused_with_both_instants(
    zone: str, local: str, first: str, second: str
) -> None:
    with pytest.raises(TwoInstants) as caught:
        read(local, zone)
    assert caught.value.code == "ambiguous_time"
    assert f"first at {first} (" in str(caught.value)
    assert f"then at {second} (" in str(caught.value)


def test_the_instants_of_a_refusal_are_given_as_clocks_there_show_them() -> None:
    with pytest.raises(NoInstant, match=r"\(2026-03-29 01:59:59 \+01:00\).+\(2026-03-29 03:00:00 \+02:00\)"):
        read("2026-03-29T02:30", "Europe/Paris")
    with pytest.raises(
        TwoInstants, match=r"\(2026-10-25 02:30:00 \+02:00\).+\(2026-10-25 02:30:00 \+01:00\)"
    ):
        read("2026-10-25T02:30", "Europe/Paris")


@pytest.mark.parametrize(
    "local", ["2026-02-30T12:00", "2026-03-01T24:00", "2026-03-01T12:60", "0000-01-01T00:00"]
)
def test_a_date_that_no_calendar_has_is_refused(local: str) -> None:
    with pytest.raises(NoInstant, match="There is no date and time"):
        read(local, "Europe/Paris")


@pytest.mark.parametrize(
    ("zone", "local"), [("Europe/Paris", "0001-01-01T00:00"), ("America/Toronto", "9999-12-31T23:00")]
)
def test_a_time_whose_instant_is_beyond_the_calendar_is_refused(zone: str, local: str) -> None:
    with pytest.raises(NoInstant, match="There is no date and time"):
        read(local, zone)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z"),
        ("2026-03-01t12:00:00z", "2026-03-01T12:00:00Z"),
        ("2026-03-01T12:00+02:00", "2026-03-01T12:00:00+02:00"),
        (" 2026-03-01 12:00:30 -03:30 ", "2026-03-01T12:00:30-03:30"),
        ("2026-03-01T12:00:00.25+01:00", "2026-03-01T12:00:00.25+01:00"),
    ],
)
def test_what_says_its_offset_keeps_it_whatever_the_zone(written: str, meant: str) -> None:
    assert read(written, "America/Toronto") == meant


@pytest.mark.parametrize(
    "text", ["tomorrow", "2026-03-01", "12:00", "", "2026-03-01T12", "2026-03-01T12:00 Paris"]
)
def test_what_is_no_date_and_time_is_left_to_whoever_judges_it(text: str) -> None:
    assert read(text, "Europe/Paris") == text
    assert not is_local(text)


def test_only_what_says_no_offset_is_local() -> None:
    assert is_local("2026-03-01T12:00")
    assert is_local(" 2026-03-01 12:00:30.5 ")
    assert not is_local("2026-03-01T12:00Z")


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("UTC", "2026-03-29 01:00:00 +00:00"),
        ("Europe/Paris", "2026-03-29 03:00:00 +02:00"),
        ("America/St_Johns", "2026-03-28 22:30:00 -02:30"),
        ("Australia/Lord_Howe", "2026-03-29 12:00:00 +11:00"),
    ],
)
def test_an_instant_reads_as_clocks_there_show_it(zone: str, shown: str) -> None:
    assert reading(datetime(2026, 3, 29, 1, tzinfo=UTC), zone_named(zone)) == shown


def test_an_instant_before_zones_reads_with_the_seconds_of_its_town() -> None:
    assert (
        reading(datetime(1890, 1, 1, tzinfo=UTC), zone_named("Europe/Paris"))
        == "1890-01-01 00:09:21 +00:09:21"
    )


def test_an_instant_beyond_the_calendar_there_reads_as_nothing() -> None:
    assert reading(datetime(9999, 12, 31, 23, tzinfo=UTC), zone_named("Europe/Paris")) == ""


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("UTC", "UTC"),
        ("Europe/London", "UTC"),
        ("Europe/Paris", "UTC+1"),
        ("America/Toronto", "UTC-5"),
        ("America/St_Johns", "UTC-3:30"),
        ("Asia/Kathmandu", "UTC+5:45"),
        ("Pacific/Apia", "UTC+13"),
    ],
)
def test_the_distance_from_utc_is_said_as_people_say_it(zone: str, said: str) -> None:
    assert distance(datetime(2026, 1, 15, tzinfo=UTC), zone_named(zone)) == said


@pytest.mark.parametrize(
    "name",
    ["", "Paris", "europe/paris", "../etc/passwd", "posix/Europe/Paris", "localtime", "Factory", "+02:00"],
)
def test_what_is_no_zone_is_refused_by_name(name: str) -> None:
    with pytest.raises(UnknownZone, match="There is no time zone"):
        zone_named(name)


def said_of(local: str, zone: ZoneInfo) -> str:
    """The instant, or the sentence of the refusal."""
    try:
        return f"{instant_of(local, zone):%Y-%m-%dT%H:%M:%SZ}"
    except NoInstant as refusal:
        return str(refusal)


SECONDS = st.integers(0, int(timedelta(days=366 * 30).total_seconds()))


@given(SECONDS, st.sampled_from(ZONES))
def test_what_an_instant_reads_as_is_that_instant_with_its_offset_and_never_another_without(
    seconds: int, name: str
) -> None:
    zone, instant = zone_named(name), datetime(2010, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    shown = reading(instant, zone)
    assert datetime.fromisoformat(with_offset(shown, zone)) == instant
    assert f"{instant:%Y-%m-%dT%H:%M:%SZ}" in said_of(shown[:19], zone)


@given(st.datetimes(datetime(2010, 1, 1), datetime(2039, 1, 1)), st.sampled_from(ZONES))
def test_a_local_time_is_read_back_or_refused(local: datetime, name: str) -> None:
    zone, shown = zone_named(name), local.replace(microsecond=0).isoformat()
    answer = said_of(shown, zone)
    if answer.startswith("Clocks in"):
        assert zone.key in answer
    else:
        assert reading(datetime.fromisoformat(answer), zone)[:19] == shown.replace("T", " ")

"""Dates and links in the forms of RFC 7089 and RFC 5829, without a database."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import memento
from articles.memento import Place
from tests.articles.memento.links import by_rel, parsed, rfc1123

ARTICLE = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
HERE = f"/api/v1/articles/{ARTICLE}"
MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAYS = [MARCH + timedelta(days=day) for day in range(4)]


def place(index: int, version: int = 1, newest: int = 1) -> Place:
    """The state that began on one of four days."""
    before = DAYS[index - 1] if index else None
    after = DAYS[index + 1] if index + 1 < len(DAYS) else None
    return Place(ARTICLE, version, DAYS[index], DAYS[0], DAYS[-1], before, after, newest)


def at(instant: datetime) -> str:
    return f"{HERE}?at={instant:%Y-%m-%dT%H:%M:%SZ}"


@given(st.datetimes(min_value=datetime(100, 1, 1), max_value=datetime(9999, 12, 31), timezones=st.just(UTC)))
def test_a_date_is_read_as_it_was_written(instant: datetime) -> None:
    instant = instant.replace(microsecond=0)
    written = memento.memento_datetime(instant)
    assert written == rfc1123(instant)
    assert memento.parse_datetime(written) == instant


@pytest.mark.parametrize(
    "value",
    [
        "",
        "now",
        "2026-03-01T12:00:00Z",
        "Sun, 01 Mar 2026 12:00:00",
        "Sun, 01 Mar 2026 12:00:00 UTC",
        "Sun, 01 Mar 2026 12:00:00 +0000",
        "Sun, 1 Mar 2026 12:00:00 GMT",
        "sun, 01 mar 2026 12:00:00 gmt",
        "Mon, 01 Mar 2026 12:00:00 GMT",
        "Sun, 31 Feb 2026 12:00:00 GMT",
        "Sun, 01 Mar 2026 25:00:00 GMT",
        "Sun, 01 Mar 0000 12:00:00 GMT",
        "Sunday, 01-Mar-26 12:00:00 GMT",
        "Sun Mar  1 12:00:00 2026",
        "Sun, 01 Mar 2026 12:00:00 GMT, Sun, 01 Mar 2026 12:00:00 GMT",
        "Sun, ٠١ Mar 2026 12:00:00 GMT",
    ],
)
def test_every_other_form_of_a_date_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        memento.parse_datetime(value)


def test_an_article_says_where_its_past_is() -> None:
    links = by_rel(memento.links_of_article(ARTICLE, 3))
    assert links == {
        "original": HERE,
        "latest-version": HERE,
        "timegate": f"{HERE}/timegate",
        "timemap": f"{HERE}/versions?format=link-format",
        "version-history": f"{HERE}/versions",
        "predecessor-version": f"{HERE}/versions/2",
    }


def test_the_first_version_has_no_predecessor() -> None:
    assert "predecessor-version" not in by_rel(memento.links_of_article(ARTICLE, 1))


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (0, {"first": 0, "last": 3, "next": 1}),
        (1, {"first": 0, "last": 3, "prev": 0, "next": 2}),
        (3, {"first": 0, "last": 3, "prev": 2}),
    ],
)
def test_a_memento_names_the_first_the_last_and_its_neighbours(index: int, expected: dict[str, int]) -> None:
    links = parsed(memento.links_of_memento(place(index)))
    named = {link.rel: link for link in links if link.rel in ("first", "last", "prev", "next")}
    assert {rel: link.target.removeprefix("http://testserver") for rel, link in named.items()} == {
        rel: at(DAYS[day]) for rel, day in expected.items()
    }
    assert {rel: link.parameters["datetime"] for rel, link in named.items()} == {
        rel: rfc1123(DAYS[day]) for rel, day in expected.items()
    }
    own = [
        link
        for link in links
        if link.rel == "memento" and link.parameters["datetime"] == rfc1123(DAYS[index])
    ]
    assert len(own) == 1


@pytest.mark.parametrize(
    ("version", "newest", "expected"),
    [(1, 1, set()), (1, 2, {2}), (2, 3, {1, 3}), (3, 3, {2})],
)
def test_a_version_names_the_versions_beside_it(version: int, newest: int, expected: set[int]) -> None:
    links = by_rel(memento.links_of_memento(place(0, version, newest)))
    beside = {links[rel] for rel in ("predecessor-version", "successor-version") if rel in links}
    assert beside == {f"{HERE}/versions/{number}" for number in expected}


def test_each_address_stands_in_a_header_once() -> None:
    targets = memento.links_of_memento(place(0)).split("<")[1:]
    addresses = [target.partition(">")[0] for target in targets]
    assert len(addresses) == len(set(addresses))


def test_absolute_links_come_from_the_public_address(settings: Any) -> None:
    settings.PUBLIC_URL = "https://cms.example.org"
    for header in (
        memento.links_of_article(ARTICLE, 2),
        memento.links_of_history(ARTICLE),
        memento.links_of_timegate(place(1)),
    ):
        assert all(link.target.startswith("https://cms.example.org/api/v1/") for link in parsed(header))


def test_a_timemap_of_one_state_calls_it_the_first_and_the_last() -> None:
    links = parsed(memento.timemap(ARTICLE, [MARCH]).decode())
    assert [link.rel for link in links] == ["original", "self", "timegate", "first", "last", "memento"]
    assert links[1].parameters["from"] == links[1].parameters["until"] == rfc1123(MARCH)

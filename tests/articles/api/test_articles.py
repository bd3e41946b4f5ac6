"""GET /api/v1/articles"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from articles.models import Article
from cms import clock
from tests.articles.api.walking import kept_for, local, page, walk
from tests.builders import (
    SECOND,
    a_byline,
    a_published_article,
    a_revision,
    ago,
    ahead,
    an_article,
    an_entry,
    published,
    reviewed,
    rows,
    taken_down,
    with_past,
)
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
ARTICLES = "/api/v1/articles"
Travel = Callable[[float], datetime]


def several(number: int, *, since: datetime | None = None, **content: Any) -> list[Article]:
    """Articles that are public, each a minute after the one before; or all since the same instant."""
    return [
        a_published_article(
            slug=f"number-{n}", title=f"Number {n}", since=since or ago(days=9) + n * 60 * SECOND, **content
        )
        for n in range(number)
    ]


def titles(items: list[dict[str, Any]]) -> list[str]:
    return [item["title"] for item in items]


def slugs(api: ApiClient, query: str) -> set[str]:
    return {item["slug"] for item in page(api, f"{ARTICLES}?{query}")["results"]}


def test_nothing_is_an_empty_list(api: ApiClient) -> None:
    assert page(api, ARTICLES) == {"results": [], "next": None}


def test_the_newest_comes_first(api: ApiClient) -> None:
    several(3)
    assert titles(page(api, ARTICLES)["results"]) == ["Number 2", "Number 1", "Number 0"]


def test_an_item_is_the_article_without_its_four_large_members(api: ApiClient) -> None:
    (article,) = several(1)
    (card,) = page(api, ARTICLES)["results"]
    whole = json.loads(bytes(rows(article)[0].rendering.body))
    assert card == {
        name: value
        for name, value in whole.items()
        if name not in ("body", "references", "claims", "json_ld")
    }


def test_drafts_scheduled_withdrawn_and_gone_articles_are_in_no_list(api: ApiClient, travel: Travel) -> None:
    an_article(slug="draft")
    published(an_article(slug="scheduled"), effective_from=ahead(days=1))
    taken_down(a_published_article(slug="withdrawn"), "withdraw", explanation="Outdated.")
    taken_down(a_published_article(slug="gone"))
    a_published_article(slug="live")
    travel(2)
    assert slugs(api, "") == {"live"}


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("-published_at", ["Banana", "apple", "Élan"]),
        ("published_at", ["Élan", "apple", "Banana"]),
        ("title", ["apple", "Banana", "Élan"]),
        ("-updated_at", ["Élan", "Banana", "apple"]),
    ],
)
def test_each_ordering(api: ApiClient, ordering: str, expected: list[str]) -> None:
    a_published_article(slug="banana", title="Banana", since=ago(days=3))
    a_published_article(slug="apple", title="apple", since=ago(days=5))
    with_past(an_article(slug="elan", title="Élan"), ago(days=8), ago(days=1))
    assert titles(page(api, f"{ARTICLES}?ordering={ordering}")["results"]) == expected


@pytest.mark.parametrize("ordering", ["-published_at", "published_at", "-updated_at", "title"])
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_with_ties_every_row_comes_exactly_once(api: ApiClient, ordering: str, limit: int) -> None:
    instant = ago(days=3)
    made = {str(a_published_article(slug=f"tie-{n}", title="The same", since=instant).pk) for n in range(7)}
    found = [item["id"] for item in walk(api, f"{ARTICLES}?ordering={ordering}&limit={limit}")]
    assert (sorted(found), len(found)) == (sorted(made), len(made))


def test_next_pins_the_last_transition_and_not_the_clock(api: ApiClient, travel: Travel) -> None:
    articles = several(3)
    first = page(api, f"{ARTICLES}?limit=2")
    (at,) = parse_qs(urlsplit(first["next"]).query)["at"]
    assert at == f"{max(rows(article)[0].effective_from for article in articles):%Y-%m-%dT%H:%M:%SZ}"
    tag = api.get(f"{ARTICLES}?limit=2")["ETag"]
    travel(3600)
    assert api.get(f"{ARTICLES}?limit=2", headers={"if-none-match": tag}).status_code == 304


def test_a_walk_sees_one_state_whatever_is_published_meanwhile(api: ApiClient, travel: Travel) -> None:
    articles = several(6)
    before = walk(api, f"{ARTICLES}?limit=100")

    def somebody_works() -> None:
        taken_down(articles[-1])
        published(an_article(slug=f"after-{articles.pop().head_slug}"))
        travel(2)

    assert walk(api, f"{ARTICLES}?limit=2", between=somebody_works) == before
    assert walk(api, f"{ARTICLES}?limit=100") != before


def test_a_change_between_two_pages_moves_nothing(api: ApiClient, travel: Travel) -> None:
    articles = several(4)
    first = page(api, f"{ARTICLES}?limit=2")
    a_revision(articles[0], title="Renamed")
    published(articles[0])
    travel(2)
    assert titles(page(api, local(first["next"]))["results"]) == ["Number 1", "Number 0"]


def test_a_list_at_an_instant_is_what_it_was_then(api: ApiClient, travel: Travel) -> None:
    articles = several(3)
    now = page(api, ARTICLES)["results"]
    at = clock.read_instant()
    travel(5)
    taken_down(articles[0])
    a_revision(articles[1], title="Renamed")
    published(articles[1])
    travel(2)
    answer = api.get(f"{ARTICLES}?at={at:%Y-%m-%dT%H:%M:%SZ}")
    assert answer.json()["results"] == now
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("public, max-age=3600", "noindex")


def test_a_list_before_anything_was_published_is_empty(api: ApiClient) -> None:
    several(2)
    assert page(api, f"{ARTICLES}?at=2001-01-01T00:00:00Z")["results"] == []


def test_an_instant_ahead_of_now_is_refused(api: ApiClient) -> None:
    answer = api.get(f"{ARTICLES}?at={ahead(seconds=30):%Y-%m-%dT%H:%M:%SZ}")
    assert (answer.status_code, answer.json()["code"]) == (400, "at_in_future")


@pytest.fixture
def different(author: Any, reviewer: Any) -> None:
    """Articles that differ in everything that a filter looks at."""
    for key in ("sleep", "dreams"):
        an_entry("topic", key)
    an_entry("person", "ines-halloran")
    a_byline(reviewer, "dr-sorrel")
    a_published_article(slug="guide", kind="guide", topics=["sleep", "dreams"], authors=["ines-halloran"])
    a_published_article(slug="french", locale="fr", topics=["sleep"])
    a_published_article(
        slug="noted",
        content_notes=[{"type": "abuse", "intensity": 1}],
        body_markdown=':::: section notes=suicide-self-harm:2 summary="What was lost."\nText.\n::::\n',
    )
    medical = an_article(by=author, slug="medical", medical=True)
    review = reviewed(medical, by=reviewer)
    with_past(medical, ago(days=10), review=review)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("locale=fr", {"french"}),
        ("locale=de", set()),
        ("kind=guide", {"guide"}),
        ("kind=news", set()),
        ("topic=sleep", {"guide", "french"}),
        ("topic=dreams", {"guide"}),
        ("author=ines-halloran", {"guide"}),
        ("author=dr-sorrel", set()),
        ("reviewer=dr-sorrel", {"medical"}),
        ("reviewer=ines-halloran", set()),
        ("medical=true", {"medical"}),
        ("medical=false", {"guide", "french", "noted"}),
        ("exclude_notes=abuse", {"guide", "french", "medical"}),
        ("exclude_notes=flashing", {"guide", "french", "noted", "medical"}),
        ("topic=sleep&locale=en", {"guide"}),
    ],
)
def test_each_filter(api: ApiClient, different: None, query: str, expected: set[str]) -> None:
    assert slugs(api, query) == expected


def test_the_filters_of_time(api: ApiClient) -> None:
    a_published_article(slug="old", since=ago(days=20))
    with_past(an_article(slug="updated"), ago(days=20), ago(days=2))
    a_published_article(slug="new", since=ago(days=2))
    middle = f"{ago(days=10):%Y-%m-%dT%H:%M:%SZ}"
    assert slugs(api, f"published_after={middle}") == {"new"}
    assert slugs(api, f"published_before={middle}") == {"old", "updated"}
    assert slugs(api, f"updated_after={middle}") == {"new", "updated"}


def test_fields_narrow_every_card(api: ApiClient) -> None:
    several(2)
    assert page(api, f"{ARTICLES}?fields=title,slug")["results"] == [
        {"slug": "number-1", "title": "Number 1"},
        {"slug": "number-0", "title": "Number 0"},
    ]


def test_what_is_on_no_card_is_no_field_of_one(api: ApiClient) -> None:
    answer = api.get(f"{ARTICLES}?fields=title,body")
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "fields")


def test_the_count_is_given_when_it_is_asked_for(api: ApiClient) -> None:
    several(5)
    assert page(api, f"{ARTICLES}?limit=2&count=true")["count"] == 5
    assert "count" not in page(api, f"{ARTICLES}?limit=2")


@pytest.mark.parametrize(
    ("query", "code", "parameter"),
    [
        ("colour=red", "unknown_parameter", "colour"),
        ("kind=guide&kind=news", "duplicate_parameter", "kind"),
        ("kind=poem", "invalid_parameter", "kind"),
        ("ordering=head_number", "invalid_parameter", "ordering"),
        ("limit=0", "invalid_parameter", "limit"),
        ("limit=101", "invalid_parameter", "limit"),
        ("limit=٣", "invalid_parameter", "limit"),
        ("medical=yes", "invalid_parameter", "medical"),
        ("exclude_notes=abuse,sorrow", "invalid_parameter", "exclude_notes"),
        ("published_after=2026", "invalid_parameter", "published_after"),
        ("cursor=AAAA", "invalid_cursor", "cursor"),
        ("state=draft", "unknown_parameter", "state"),
        ("created_by=author", "unknown_parameter", "created_by"),
    ],
)
def test_a_parameter_that_is_wrong_is_named(api: ApiClient, query: str, code: str, parameter: str) -> None:
    answer = api.get(f"{ARTICLES}?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert answer.json()["errors"][0]["parameter"] == parameter


def test_an_unknown_parameter_is_told_which_there_are(api: ApiClient) -> None:
    detail = api.get(f"{ARTICLES}?colour=red").json()["errors"][0]["detail"]
    assert "exclude_notes, fields, kind, limit, locale" in detail


def test_a_cursor_of_another_order_is_refused(api: ApiClient) -> None:
    several(3)
    (cursor,) = parse_qs(urlsplit(page(api, f"{ARTICLES}?limit=1")["next"]).query)["cursor"]
    answer = api.get(f"{ARTICLES}?limit=1&ordering=title&cursor={cursor}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")


def test_links_come_from_the_public_address_and_not_from_the_host(api: ApiClient, settings: Any) -> None:
    several(3)
    settings.PUBLIC_URL = "https://api.example.org"
    settings.ALLOWED_HOSTS = ["other.example"]
    answer = api.get(f"{ARTICLES}?limit=1", headers={"host": "other.example"})
    assert answer.json()["next"].startswith(f"https://api.example.org{ARTICLES}?")


def test_a_list_is_kept_a_minute_fresh_and_says_what_it_holds(api: ApiClient) -> None:
    several(1)
    answer = api.get(f"{ARTICLES}?locale=en")
    assert answer["Cache-Control"].startswith("public, max-age=60")
    assert (answer["Cache-Tag"], answer["Vary"]) == ("list-en", "Accept-Encoding")
    assert "Set-Cookie" not in answer
    assert api.head(f"{ARTICLES}?locale=en")["ETag"] == answer["ETag"]


@pytest.mark.parametrize("seconds", [1, 20, 59, 61, 300])
def test_no_age_passes_the_next_transition_of_any_article(api: ApiClient, seconds: int) -> None:
    several(1)
    begins = published(an_article(slug="soon"), effective_from=ahead(seconds=seconds + 2)).visible_at
    answer = api.get(ARTICLES)
    assert kept_for(answer) <= (begins - clock.now()).total_seconds() + 0.5


def test_what_begins_now_is_in_the_list_from_its_second_on(api: ApiClient, at_time: Any) -> None:
    begins = published(an_article(slug="soon"), effective_from=ahead(seconds=30)).visible_at
    at_time(begins - SECOND)
    assert slugs(api, "") == set()
    at_time(begins)
    assert slugs(api, "") == {"soon"}

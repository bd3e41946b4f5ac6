"""Memento-Datetime and Link on what is served now, at an instant, and by version."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from articles.models import Article
from tests.articles.memento.links import by_rel, datetimes, rfc1123, rfc3339
from tests.builders import (
    SECOND,
    a_revision,
    ago,
    ahead,
    an_article,
    an_entry,
    published,
    rows,
    taken_down,
    with_past,
)
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
SLEEP = "/api/v1/articles/sleep"
Travel = Callable[[float], datetime]


@pytest.fixture
def article() -> Article:
    """Served in three versions."""
    return with_past(an_article(), ago(days=9), ago(days=6), ago(days=3))


def versions(answer: Any) -> dict[str, str]:
    """Where the relations of RFC 5829 lead, from the article on."""
    links = by_rel(answer["Link"])
    here = links["original"]
    return {rel: path.removeprefix(here) for rel, path in links.items() if "version" in rel}


def test_what_is_served_now_is_no_memento_and_says_where_they_are(api: ApiClient, article: Article) -> None:
    for name in ("sleep", article.pk):
        answer = api.get(f"/api/v1/articles/{name}")
        assert "Memento-Datetime" not in answer
        assert by_rel(answer["Link"]) == {
            "original": f"/api/v1/articles/{article.pk}",
            "latest-version": f"/api/v1/articles/{article.pk}",
            "timegate": f"/api/v1/articles/{article.pk}/timegate",
            "timemap": f"/api/v1/articles/{article.pk}/versions?format=link-format",
            "version-history": f"/api/v1/articles/{article.pk}/versions",
            "predecessor-version": f"/api/v1/articles/{article.pk}/versions/2",
        }


def test_every_link_leads_to_something(api: ApiClient, article: Article) -> None:
    for place in (SLEEP, f"{SLEEP}/versions/2", f"{SLEEP}?at={rfc3339(ago(days=5))}"):
        for path in by_rel(api.get(place)["Link"]).values():
            assert api.get(path).status_code in (200, 302), path


def test_a_304_says_the_same(api: ApiClient, article: Article) -> None:
    for place in (SLEEP, f"{SLEEP}/versions/2", f"{SLEEP}?at={rfc3339(ago(days=5))}"):
        whole = api.get(place)
        kept = api.get(place, headers={"if-none-match": whole["ETag"]})
        assert (kept.status_code, kept["Link"]) == (304, whole["Link"])
        assert kept.get("Memento-Datetime") == whole.get("Memento-Datetime")


@pytest.mark.parametrize(
    ("index", "beside"),
    [
        (0, {"successor-version": "/versions/2"}),
        (1, {"predecessor-version": "/versions/1", "successor-version": "/versions/3"}),
        (2, {"predecessor-version": "/versions/2"}),
    ],
)
def test_each_past_state_is_a_memento_by_instant_and_by_version(
    api: ApiClient, article: Article, index: int, beside: dict[str, str]
) -> None:
    row = rows(article)[index]
    by_instant = api.get(f"{SLEEP}?at={rfc3339(row.effective_from + SECOND)}")
    by_version = api.get(f"{SLEEP}/versions/{row.version}")
    for answer in (by_instant, by_version):
        assert answer["Memento-Datetime"] == rfc1123(row.effective_from)
        assert versions(answer) == {"latest-version": "", "version-history": "/versions", **beside}
    assert by_instant["Link"] == by_version["Link"]


def test_the_states_around_are_named_with_their_dates(api: ApiClient, article: Article) -> None:
    first, second, third = (rfc1123(row.effective_from) for row in rows(article))
    found = datetimes(api.get(f"{SLEEP}/versions/2")["Link"])
    assert {rel: found[rel] for rel in ("first", "prev", "next", "last")} == {
        "first": first,
        "prev": first,
        "next": third,
        "last": third,
    }
    assert second in api.get(f"{SLEEP}/versions/2")["Link"]


def test_the_frozen_address_of_a_version_has_its_bytes(api: ApiClient, article: Article) -> None:
    answer = api.get(f"{SLEEP}/versions/2")
    frozen = f"/api/v1/articles/{article.pk}?at={rfc3339(rows(article)[1].effective_from)}"
    assert frozen.partition("?")[2] in answer["Link"]
    again = api.get(frozen)
    assert (again.content, again["ETag"]) == (answer.content, answer["ETag"])


def test_a_successor_appears_when_it_begins_and_not_before(
    api: ApiClient, article: Article, travel: Travel
) -> None:
    a_revision(article, title="Later")
    published(article, effective_from=ahead(seconds=60))
    before = api.get(f"{SLEEP}/versions/3")["Link"]
    assert "successor-version" not in by_rel(before)
    assert "next" not in by_rel(before)
    travel(61)
    after = by_rel(api.get(f"{SLEEP}/versions/3")["Link"])
    assert after["successor-version"] == f"/api/v1/articles/{article.pk}/versions/4"
    assert after["last"] == after["next"]


def test_a_version_in_which_it_was_gone_is_skipped_by_mementos_and_counted_by_versions(
    api: ApiClient, article: Article, travel: Travel
) -> None:
    taken_down(article, reason="harm")
    travel(2)
    published(article)
    travel(2)
    third, _, fifth = rows(article)[2:]
    links = by_rel(api.get(f"{SLEEP}/versions/5")["Link"])
    assert links["prev"].endswith(rfc3339(third.effective_from))
    assert links["predecessor-version"].endswith("/versions/4")
    assert api.get(links["predecessor-version"]).status_code == 410
    assert links["last"].endswith(rfc3339(fifth.effective_from))


def test_an_instant_before_the_first_state_is_404(api: ApiClient, article: Article) -> None:
    answer = api.get(f"{SLEEP}?at={rfc3339(rows(article)[0].effective_from - SECOND)}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert "Memento-Datetime" not in answer


def test_the_original_is_the_article_that_had_the_slug_then(
    api: ApiClient, article: Article, travel: Travel
) -> None:
    a_revision(article, slug="sleeping")
    published(article)
    travel(2)
    published(an_article(slug="sleep", title="Another"))
    travel(2)
    then = api.get(f"{SLEEP}?at={rfc3339(ago(days=1))}")
    assert by_rel(then["Link"])["original"] == f"/api/v1/articles/{article.pk}"
    assert by_rel(api.get(SLEEP)["Link"])["original"] != f"/api/v1/articles/{article.pk}"


def test_where_a_state_stands_costs_one_query_whatever_the_length_of_history(
    api: ApiClient, django_assert_num_queries: Any
) -> None:
    for slug, states in (("short", 2), ("long", 40)):
        article = with_past(an_article(slug=slug), *(ago(days=50 - n) for n in range(states)))
        place = f"/api/v1/articles/{article.pk}"
        with django_assert_num_queries(3):  # the row, its bytes, where it stands
            api.get(f"{place}?at={rfc3339(ago(days=49))}")


def test_what_is_served_now_costs_no_query_more(
    api: ApiClient, article: Article, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):  # the row with its bytes
        api.get(f"/api/v1/articles/{article.pk}")


@pytest.mark.parametrize(
    ("path", "kind"), [("topics", "topic"), ("people", "person"), ("references", "reference")]
)
def test_a_past_entry_of_the_catalogue_names_what_it_is_a_form_of(
    api: ApiClient, path: str, kind: str
) -> None:
    an_entry(kind, "alpha")
    answer = api.get(f"/api/v1/{path}/alpha?at={rfc3339(ago(days=1))}")
    assert by_rel(answer["Link"]) == {"canonical": f"/api/v1/{path}/alpha"}
    assert "Link" not in api.get(f"/api/v1/{path}/alpha")

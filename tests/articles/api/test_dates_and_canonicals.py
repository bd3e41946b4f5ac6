"""When what a list says last changed (RFC 9110, 8.8.2), and where the present of what is past is (RFC 6596)."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

import pytest
from django.utils.http import http_date

from articles.models import Article
from articles.rendering.times import rfc3339
from tests.articles.collections.shelf import a_collection
from tests.articles.memento.links import by_rel
from tests.builders import (
    SECOND,
    a_byline,
    a_published_article,
    a_revision,
    ago,
    ahead,
    an_entry,
    fresh,
    published,
    taken_down,
)
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
Travel = Callable[[float], datetime]

OF_THE_TIMELINE = (
    "articles",
    "articles?locale=en&limit=1",
    "manifest",
    "search?q=sleep",
    "feeds/articles.json",
    "collections/shelf",
    "articles/{article}/versions",
)
OF_THE_CATALOGUE = ("topics", "topics/rest", "people", "people/ines", "collections")
PAST = (
    *OF_THE_CATALOGUE,
    "collections/shelf",
    "articles",
    "articles?locale=en",
    "manifest",
    "helplines?country=CA",
)


@pytest.fixture
def article(author: object) -> Article:
    """An article that has a topic, an author and a shelf."""
    an_entry("topic", "rest", since=ago(days=9))
    a_byline(author, "ines")
    made = a_published_article(
        slug="sleep", title="Sleep", topics=["rest"], authors=["ines"], since=ago(days=8)
    )
    a_collection(made, key="shelf", since=ago(days=20))
    return made


def date_of(api: ApiClient, path: str, article: Article) -> str:
    answer = api.get(f"/api/v1/{path.format(article=article.pk)}")
    assert answer.status_code == 200, answer.content
    date: str = answer["Last-Modified"]
    current = (
        api.get(answer.request["PATH_INFO"], if_none_match=answer["ETag"]) if "?" not in path else answer
    )
    assert current["Last-Modified"] == date
    return date


def as_date(instant: datetime) -> str:
    return http_date(instant.timestamp())


@pytest.mark.parametrize("path", OF_THE_TIMELINE)
def test_a_list_changed_when_anything_last_began_or_ended(
    api: ApiClient, article: Article, travel: Travel, path: str
) -> None:
    [row] = article.publications.all()
    assert date_of(api, path, article) == as_date(row.effective_from)
    a_revision(article, summary="Sleep, again.")
    begins = published(article, effective_from=ahead(seconds=20)).visible_at
    travel(10)
    assert date_of(api, path, article) == as_date(row.effective_from), "nothing has begun yet"
    travel(20)
    assert date_of(api, path, article) == as_date(begins)


def test_what_was_taken_down_is_a_change(api: ApiClient, article: Article, travel: Travel) -> None:
    gone = taken_down(fresh(article), "withdraw", explanation="Outdated.", reason="outdated").visible_at
    travel(5)
    for path in OF_THE_TIMELINE:
        assert date_of(api, path, article) == as_date(gone), path


@pytest.mark.parametrize("path", OF_THE_CATALOGUE)
def test_the_catalogue_changed_when_one_of_its_kind_did(api: ApiClient, article: Article, path: str) -> None:
    kinds = {"topics": ago(days=9), "people": ago(days=30), "collections": ago(days=20)}
    found = datetime.strptime(date_of(api, path, article), "%a, %d %b %Y %H:%M:%S GMT")
    expected = kinds[path.partition("/")[0]].replace(tzinfo=None)
    assert abs(found - expected) < 60 * SECOND


@pytest.mark.parametrize("path", PAST)
def test_what_is_past_says_where_its_present_is(api: ApiClient, article: Article, path: str) -> None:
    an_entry("helpline", "line")
    then = quote(rfc3339(ago(days=1)))
    past = api.get(f"/api/v1/{path}{'&' if '?' in path else '?'}at={then}")
    assert past.status_code == 200
    assert past["X-Robots-Tag"] == "noindex"
    assert by_rel(past["Link"]) == {"canonical": f"/api/v1/{path}"}
    assert "canonical" not in (api.get(f"/api/v1/{path}").headers.get("Link") or "")


def test_a_page_of_the_past_leads_on_and_to_the_first_of_today(api: ApiClient, article: Article) -> None:
    for number in range(3):
        a_published_article(slug=f"number-{number}", since=ago(days=5))
    then = quote(rfc3339(ago(days=1)))
    first = api.get(f"/api/v1/articles?limit=2&at={then}")
    links = by_rel(first["Link"])
    assert set(links) == {"next", "canonical"}
    second = by_rel(api.get(links["next"])["Link"])
    assert second == {"canonical": "/api/v1/articles?limit=2"}
    assert links["canonical"] == "/api/v1/articles?limit=2"


@pytest.mark.parametrize("path", ["topics", "people", "collections", "references", "legal-statuses"])
def test_a_list_of_the_catalogue_is_counted_when_asked(api: ApiClient, article: Article, path: str) -> None:
    kind = {
        "topics": "topic",
        "people": "person",
        "references": "reference",
        "legal-statuses": "legal_status",
    }
    if path in kind:
        an_entry(kind[path], "another", since=ago(days=2))
        an_entry(kind[path], "to-come", since=ahead(days=2))
    shown = api.get(f"/api/v1/{path}").json()
    counted = api.get(f"/api/v1/{path}?count=true&limit=1").json()
    assert "count" not in shown
    assert counted["count"] == len(shown["results"])
    before = api.get(f"/api/v1/{path}?count=true&at={quote(rfc3339(ago(days=60)))}").json()
    assert before["count"] == 0


def test_the_clock_alone_changes_nothing(api: ApiClient, article: Article, travel: Travel) -> None:
    before = date_of(api, "articles", article)
    travel(3600)
    assert date_of(api, "articles", article) == before

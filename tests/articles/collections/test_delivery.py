"""GET /api/v1/collections and /api/v1/collections/{slug}"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from cms import clock
from tests.articles.api.walking import kept_for, page, walk
from tests.articles.collections.shelf import a_collection, holding, saved, titled
from tests.articles.memento.links import rfc3339
from tests.builders import (
    SECOND,
    a_published_article,
    a_revision,
    ago,
    ahead,
    an_article,
    published,
    taken_down,
    with_past,
)
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
Travel = Callable[[float], datetime]
PLACE = "/api/v1/collections/first-steps"


def shown(answer: Any) -> list[str]:
    return [card["slug"] for card in answer.json()["articles"]]


def in_french(article: Article) -> Article:
    """A published French counterpart of an article."""
    french = an_article(locale="fr", slug=f"{article.head_slug}-fr")
    Article.objects.filter(pk=french.pk).update(group_id=article.group_id)
    return with_past(french, ago(days=5))


def test_the_cards_of_live_articles_are_in_the_order_of_the_collection(api: ApiClient) -> None:
    articles = [a_published_article(slug=slug) for slug in ("beta", "alpha", "gamma")]
    a_collection(*articles)
    answer = api.get(PLACE)
    assert shown(answer) == ["beta", "alpha", "gamma"]
    cards = api.get("/api/v1/articles").json()["results"]
    assert answer.json()["articles"][0] == next(card for card in cards if card["slug"] == "beta")


@pytest.mark.parametrize("how", ["withdraw", "unpublish", "archive"])
def test_what_is_taken_down_leaves_and_what_is_not_public_waits(
    api: ApiClient, travel: Travel, how: str
) -> None:
    gone, draft, live = a_published_article(slug="down"), an_article(slug="draft"), a_published_article()
    a_collection(gone, draft, live)
    taken_down(gone, how, explanation="Outdated.")
    published(draft, effective_from=ahead(days=2))
    travel(3)
    assert shown(api.get(PLACE)) == ["sleep"]
    travel(2 * 24 * 3600)
    assert shown(api.get(PLACE)) == ["draft", "sleep"]


def test_an_instant_of_the_past_gives_back_the_collection_and_the_articles_of_then(
    api: ApiClient, travel: Travel
) -> None:
    old, new = a_published_article(slug="old"), a_published_article(slug="new")
    item = a_collection(old, new)
    served, then = api.get(PLACE), clock.read_instant()
    saved(item, holding(new))
    published(a_revision(new, title="Changed").article)
    travel(3)
    assert shown(api.get(PLACE)) == ["new"]
    answer = api.get(f"{PLACE}?at={rfc3339(then)}")
    assert answer.content == served.content
    assert answer["X-Robots-Tag"] == "noindex"
    assert 'rel="canonical"' in answer["Link"]


def test_before_its_first_version_it_is_404(api: ApiClient) -> None:
    a_collection(since=ago(days=3))
    assert api.get(f"{PLACE}?at={rfc3339(ago(days=4))}").status_code == 404


def test_an_instant_ahead_is_refused(api: ApiClient) -> None:
    a_collection()
    for path in (PLACE, "/api/v1/collections"):
        answer = api.get(f"{path}?at={rfc3339(ahead(minutes=1))}")
        assert (answer.status_code, answer.json()["code"]) == (400, "at_in_future")


def test_each_article_is_in_its_own_locale_unless_one_is_asked_for(api: ApiClient) -> None:
    english, other = a_published_article(slug="english"), a_published_article(slug="other")
    in_french(english)
    a_collection(other, english)
    assert shown(api.get(PLACE)) == ["other", "english"]
    answer = api.get(f"{PLACE}?locale=fr")
    assert shown(answer) == ["english-fr"]
    assert {card["locale"] for card in answer.json()["articles"]} == {"fr"}
    assert answer["Content-Language"] == "fr"
    assert shown(api.get(f"{PLACE}?locale=en")) == ["other", "english"]


def test_two_of_one_group_are_one_in_a_locale(api: ApiClient) -> None:
    english = a_published_article(slug="english")
    french = in_french(english)
    a_collection(french, english)
    assert shown(api.get(f"{PLACE}?locale=en")) == ["english"]
    assert shown(api.get(PLACE)) == ["english-fr", "english"]


def test_no_age_passes_the_next_transition_of_the_collection_or_of_an_article(
    api: ApiClient, travel: Travel
) -> None:
    article = a_published_article()
    item = a_collection(article)
    assert kept_for(api.get(PLACE)) == 120
    published(article, effective_from=ahead(seconds=40))
    assert 0 < kept_for(api.get(PLACE)) <= 40
    saved(item, titled("Soon"), ahead(seconds=20))
    assert 0 < kept_for(api.get(PLACE)) <= 20


def test_it_is_tagged_by_itself_and_by_what_it_shows(api: ApiClient) -> None:
    article = a_published_article()
    item = a_collection(article, an_article(slug="draft"))
    answer = api.get(PLACE)
    assert answer["Cache-Tag"] == f"collection-{item.pk},list,article-{article.pk}"
    assert api.get(PLACE, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert api.head(PLACE)["ETag"] == answer["ETag"]


def test_the_etag_rests_until_something_changes(api: ApiClient, travel: Travel) -> None:
    article = a_published_article()
    a_collection(article)
    first = api.get(PLACE)["ETag"]
    travel(100)
    assert api.get(PLACE)["ETag"] == first
    published(a_revision(article, title="Changed").article)
    travel(3)
    assert api.get(PLACE)["ETag"] != first


def test_an_article_may_be_in_several_collections(api: ApiClient) -> None:
    article = a_published_article()
    a_collection(article)
    a_collection(article, key="another")
    assert shown(api.get(PLACE)) == shown(api.get("/api/v1/collections/another")) == ["sleep"]


def test_what_is_scheduled_looks_like_what_is_not_there(api: ApiClient, as_editor: ApiClient) -> None:
    as_editor.post(
        "/api/v1/editorial/collections",
        {"key": "soon", "title": {"en": "Soon"}, "effective_from": rfc3339(ahead(days=2))},
    )
    secret, free = (api.get(f"/api/v1/collections/{key}") for key in ("soon", "free"))
    assert secret.status_code == free.status_code == 404
    assert secret["Cache-Control"] == free["Cache-Control"] == "no-store"
    assert api.get("/api/v1/collections").json()["results"] == []


@pytest.mark.parametrize("query", ["", "?locale=en"])
def test_it_costs_the_same_however_long_it_is(api: ApiClient, query: str) -> None:
    articles, costs = [], []
    for number in range(8):
        articles.append(a_published_article(slug=f"number-{number}"))
        if number in (2, 7):
            a_collection(*articles, key=f"with-{number}")
            with CaptureQueriesContext(connection) as captured:
                assert len(shown(api.get(f"/api/v1/collections/with-{number}{query}"))) == number + 1
            costs.append(len(captured))
    # the version; with a locale, the counterparts; the rows; the next transition; the last
    assert costs == [5 if query else 4] * 2


def test_a_walk_through_the_list_sees_one_state(api: ApiClient, travel: Travel) -> None:
    for number in range(5):
        a_collection(key=f"number-{number}")

    new = iter(range(100))

    def somebody_works() -> None:
        a_collection(key=f"number-3-{next(new)}", since=clock.read_instant())
        travel(2)

    found = walk(api, "/api/v1/collections?limit=2", between=somebody_works)
    assert [item["slug"] for item in found] == [f"number-{number}" for number in range(5)]


def test_the_list_names_collections_without_their_articles(api: ApiClient) -> None:
    a_collection(a_published_article())
    (item,) = page(api, "/api/v1/collections")["results"]
    assert (item["slug"], item["links"]["self"], "articles" in item) == ("first-steps", PLACE, False)
    assert api.get("/api/v1/").json()["collections"] == "/api/v1/collections"


def test_a_second_before_and_at_the_instant_of_a_scheduled_version(
    api: ApiClient, at_time: Callable[[datetime], None]
) -> None:
    item, friday = a_collection(), ahead(days=2)
    saved(item, titled("Friday"), friday)
    at_time(friday - SECOND)
    assert api.get(PLACE).json()["title"]["en"] == "First steps"
    at_time(friday)
    assert api.get(PLACE).json()["title"]["en"] == "Friday"


@pytest.mark.parametrize("path", [PLACE, "/api/v1/collections"])
def test_an_unknown_parameter_is_refused(api: ApiClient, path: str) -> None:
    a_collection()
    assert api.get(f"{path}?colour=red").json()["code"] == "unknown_parameter"

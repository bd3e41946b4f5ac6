"""GET /api/v1/articles/{slug or id} and time: what `at` gives, and for how long an answer may be kept"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from articles.models import Article
from cms import clock
from tests.articles.api.walking import kept_for
from tests.builders import (
    SECOND,
    a_published_article,
    a_revision,
    ago,
    ahead,
    an_article,
    fresh,
    published,
    rows,
    with_past,
)
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
ARTICLES = "/api/v1/articles"
Travel = Callable[[float], datetime]


def z(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"


def the_problem(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@pytest.fixture
def article() -> Article:
    return a_published_article()


def fresh_end(article: Article) -> datetime:
    return rows(fresh(article))[0].effective_until


def test_a_redirect_is_kept_no_longer_than_until_the_next_known_change(
    api: ApiClient, article: Article, travel: Travel
) -> None:
    a_revision(article, slug="sleeping")
    published(article)
    travel(2)
    published(article, 1, effective_from=ahead(seconds=20))
    assert kept_for(api.get(f"{ARTICLES}/sleep")) <= 20


def test_at_gives_the_bytes_of_that_instant(api: ApiClient, travel: Travel) -> None:
    article = with_past(an_article(), ago(days=4), ago(days=2))
    first, second = rows(article)
    for row in (first, second):
        answer = api.get(f"{ARTICLES}/sleep?at={z(row.effective_from)}")
        assert (answer.content, answer["ETag"]) == (bytes(row.rendering.body), row.etag)
    before = api.get(f"{ARTICLES}/sleep?at={z(second.effective_from - SECOND)}")
    assert before.content == bytes(first.rendering.body)
    assert api.get(f"{ARTICLES}/{article.pk}?at={z(first.effective_from - SECOND)}").status_code == 404


def test_the_past_is_kept_an_hour_and_is_no_search_engines_business(api: ApiClient, article: Article) -> None:
    answer = api.get(f"{ARTICLES}/sleep?at={z(ago(days=1))}")
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Link"].startswith(f'<{ARTICLES}/{article.pk}>; rel="canonical", ')


def test_at_in_another_offset_is_the_same_instant(api: ApiClient, article: Article) -> None:
    instant = ago(days=1)
    east = f"{(instant + 3600 * SECOND):%Y-%m-%dT%H:%M:%S}%2B01:00"
    assert (
        api.get(f"{ARTICLES}/sleep?at={east}").content == api.get(f"{ARTICLES}/sleep?at={z(instant)}").content
    )


def test_an_instant_ahead_of_now_is_refused(api: ApiClient, article: Article) -> None:
    answer = api.get(f"{ARTICLES}/sleep?at={z(ahead(seconds=30))}")
    assert the_problem(answer) == (400, "at_in_future")
    assert answer.json()["errors"][0]["parameter"] == "at"


def test_a_slug_alone_is_kept_no_longer_than_until_it_means_another_locales(
    api: ApiClient, site: None
) -> None:
    a_published_article(locale="fr", slug="ptsd")
    english = an_article(locale="en", slug="ptsd")
    published(english, effective_from=ahead(seconds=30))
    assert kept_for(api.get(f"{ARTICLES}/ptsd")) <= 30
    assert kept_for(api.get(f"{ARTICLES}/ptsd?locale=fr")) == 360


@pytest.mark.parametrize("ahead_by", [1, 5, 59, 61, 200, 400])
def test_no_age_passes_the_next_change(api: ApiClient, article: Article, ahead_by: int) -> None:
    published(article, effective_from=ahead(seconds=ahead_by + 2))
    for url in (f"{ARTICLES}/sleep", f"{ARTICLES}/{article.pk}"):
        answer = api.get(url)
        left = (fresh_end(article) - clock.now()).total_seconds()
        assert kept_for(answer) <= left + 0.5  # the answer was given a moment before `left` was taken
        assert kept_for(answer) > 0 or left < 2


def test_around_a_change_a_cache_never_gives_what_was(api: ApiClient, article: Article, at_time: Any) -> None:
    a_revision(article, title="Better")
    begins = published(article, 2, effective_from=ahead(seconds=90)).visible_at
    for before in (61, 60, 59, 31, 2, 1):
        at_time(begins - before * SECOND)
        given = clock.now()
        answer = api.get(f"{ARTICLES}/sleep")
        assert answer.json()["title"] == "Sleep after trauma"
        assert given.timestamp() + kept_for(answer) <= begins.timestamp() + 0.5
    at_time(begins)
    assert api.get(f"{ARTICLES}/sleep").json()["title"] == "Better"


def test_scheduling_and_expiry_need_nobody_at_work(api: ApiClient, travel: Travel) -> None:
    article = an_article()
    published(article, effective_from=ahead(seconds=30), effective_until=ahead(seconds=60))
    seen = []
    for _ in range(4):
        seen.append(api.get(f"{ARTICLES}/sleep").status_code)
        travel(20)
    assert seen == [404, 404, 200, 410]
    assert api.get(f"{ARTICLES}/sleep").json()["reason"] == "expired"

"""GET /api/v1/resolve, /api/v1/redirects, and articles by slugs that only a redirect knows"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from articles.models import Article
from cms.models import Site
from tests.articles.api.walking import kept_for, page, walk
from tests.builders import (
    a_published_article,
    a_redirect,
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


@pytest.fixture(autouse=True)
def frontend(settings: Any) -> None:
    """A frontend with paths of its own, in two locales."""
    settings.FRONTEND_URL_TEMPLATE = "https://magazine.example/{locale}/{slug}"
    Site.objects.create(name="Kintsugi", locales=["en", "fr"])


def resolved(api: ApiClient, path: str) -> dict[str, Any]:
    answer = api.get("/api/v1/resolve", {"path": path})
    assert answer.status_code == 200, answer.content
    body: dict[str, Any] = answer.json()
    return body


def told(api: ApiClient, path: str) -> tuple[int, str | None]:
    body = resolved(api, path)
    return body["status"], body["path"]


def moved(article: Article, slug: str, travel: Travel) -> None:
    a_revision(article, slug=slug)
    published(article)
    travel(3)


def test_an_article_is_at_its_addresses(api: ApiClient) -> None:
    article = a_published_article()
    for path in ("/en/sleep", "/en/sleep/", "/api/v1/articles/sleep", f"/api/v1/articles/{article.pk}"):
        body = resolved(api, path)
        assert (body["status"], body["path"], body["locale"]) == (200, "/en/sleep", "en")
        assert (body["article"], body["href"]) == (str(article.pk), f"/api/v1/articles/{article.pk}")


def test_an_article_is_not_at_the_path_of_another_locale(api: ApiClient) -> None:
    a_published_article()
    assert told(api, "/fr/sleep") == (404, None)


def test_a_moved_slug_leads_to_where_its_article_is(api: ApiClient, travel: Travel) -> None:
    article = a_published_article()
    moved(article, "rest", travel)
    assert told(api, "/en/sleep") == (308, "/en/rest")
    assert told(api, "/api/v1/articles/sleep") == (308, "/en/rest")


def test_an_imported_path_follows_its_article_wherever_it_moves(api: ApiClient, travel: Travel) -> None:
    article = a_published_article()
    a_redirect("/2019/05/sleep", article)
    assert told(api, "/2019/05/sleep/") == (308, "/en/sleep")
    moved(article, "rest", travel)
    assert told(api, "/2019/05/sleep") == (308, "/en/rest")


def test_redirects_follow_one_another_to_the_end(api: ApiClient) -> None:
    article = a_published_article()
    a_redirect("/c", article)
    a_redirect("/b", "/c")
    a_redirect("/a", "/b")
    assert told(api, "/a") == (308, "/en/sleep")


def test_a_path_that_is_only_the_frontends_is_given_as_it_is(api: ApiClient) -> None:
    a_redirect("/uber-uns", "/über")
    body = resolved(api, "/uber-uns")
    assert (body["status"], body["path"], body["article"]) == (308, "/%C3%BCber", None)


def test_live_content_wins_over_a_redirect_of_its_path(api: ApiClient) -> None:
    other = a_published_article(slug="other")
    a_redirect("/en/sleep", other)
    assert told(api, "/en/sleep") == (308, "/en/other")
    a_published_article()
    assert told(api, "/en/sleep") == (200, "/en/sleep")


@pytest.mark.parametrize("how", ["unpublish", "archive"])
def test_what_is_gone_says_why_and_what_to_read_instead(api: ApiClient, travel: Travel, how: str) -> None:
    article, other = a_published_article(), a_published_article(slug="other")
    a_redirect("/old", article)
    taken_down(article, how, reason="outdated", explanation="A newer guide.", alternative_id=other.pk)
    travel(3)
    for path in ("/en/sleep", "/old"):
        body = resolved(api, path)
        assert (body["status"], body["path"], body["reason"]) == (410, None, "outdated")
        assert body["explanation"] == "A newer guide."
        assert body["alternative_href"] == f"/api/v1/articles/{other.pk}"


def test_a_redirect_from_the_path_of_what_is_gone_leads_on(api: ApiClient, travel: Travel) -> None:
    article, other = a_published_article(), a_published_article(slug="other")
    taken_down(article, explanation="Outdated.")
    travel(3)
    a_redirect("/en/sleep", other)
    assert told(api, "/en/sleep") == (308, "/en/other")


def test_what_is_not_public_yet_looks_like_what_is_not_there(api: ApiClient) -> None:
    draft, scheduled = an_article(slug="draft"), an_article(slug="scheduled")
    published(scheduled, effective_from=ahead(days=1))
    a_redirect("/to-draft", draft)
    a_redirect("/to-scheduled", scheduled)
    for path in ("/to-draft", "/to-scheduled", "/en/draft", "/en/scheduled", "/nothing"):
        answer = api.get("/api/v1/resolve", {"path": path})
        body = answer.json()
        assert answer["Cache-Control"] == "no-store"
        assert {name: body[name] for name in body if name != "requested"} == {
            "status": 404,
            "path": None,
            "article": None,
            "locale": None,
            "href": None,
            "reason": None,
            "explanation": None,
            "alternative_href": None,
        }


def test_an_answer_says_what_a_cache_needs(api: ApiClient) -> None:
    article = a_published_article()
    answer = api.get("/api/v1/resolve?path=/en/sleep")
    assert answer["Cache-Tag"] == f"redirects,article-{article.pk}"
    assert kept_for(answer) == 120
    assert (
        api.get("/api/v1/resolve?path=/en/sleep", headers={"if-none-match": answer["ETag"]}).status_code
        == 304
    )
    published(article, effective_from=ahead(seconds=20))
    assert kept_for(api.get("/api/v1/resolve?path=/en/sleep")) <= 20


@pytest.mark.parametrize(
    "query",
    ["", "?path=", "?path=sleep", "?path=//other.example", "?path=https://other.example/", "?path=/a%3Fb"],
)
def test_what_is_no_path_is_400(api: ApiClient, query: str) -> None:
    answer = api.get(f"/api/v1/resolve{query}")
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "path")


def test_the_list_says_where_each_path_leads_today(api: ApiClient, travel: Travel) -> None:
    live, gone = a_published_article(), a_published_article(slug="gone")
    a_redirect("/a", live)
    a_redirect("/b", gone)
    a_redirect("/c", "/über")
    a_redirect("/d", an_article(slug="draft"))
    a_redirect("/en/sleep", gone)
    taken_down(gone, explanation="Outdated.")
    travel(3)
    answer = api.get("/api/v1/redirects")
    assert [(row["path"], row["status"], row["target"]) for row in answer.json()["results"]] == [
        ("/a", 308, "/en/sleep"),
        ("/b", 410, None),
        ("/c", 308, "/%C3%BCber"),
    ]
    assert answer["Cache-Tag"] == "redirects,list"
    assert api.get("/api/v1/redirects", headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_a_walk_meets_every_redirect_once(api: ApiClient) -> None:
    article = a_published_article()
    for number in range(7):
        a_redirect(f"/old/{number}", article)
    found = walk(api, "/api/v1/redirects?limit=2")
    assert [row["path"] for row in found] == [f"/old/{number}" for number in range(7)]
    assert page(api, "/api/v1/redirects?limit=7")["next"] is None


def test_without_a_frontend_paths_are_those_of_this_api(api: ApiClient, settings: Any) -> None:
    settings.FRONTEND_URL_TEMPLATE = ""
    a_redirect("/old", a_published_article())
    assert told(api, "/old") == (308, "/api/v1/articles/sleep?locale=en")
    assert page(api, "/api/v1/redirects")["results"][0]["target"] == "/api/v1/articles/sleep?locale=en"


@pytest.mark.parametrize("path", ["/en/was-sleep", "/api/v1/articles/was-sleep"])
def test_an_unknown_slug_follows_a_redirect_of_its_path(api: ApiClient, path: str) -> None:
    a_redirect(path, a_published_article())
    answer = api.get("/api/v1/articles/was-sleep?fields=title")
    assert (answer.status_code, answer["Location"]) == (308, "/api/v1/articles/sleep?fields=title&locale=en")


def test_nobody_is_given_another_language_than_they_asked_for(api: ApiClient) -> None:
    a_redirect("/api/v1/articles/was-sleep", a_published_article())
    assert api.get("/api/v1/articles/was-sleep?locale=en").status_code == 308
    assert api.get("/api/v1/articles/was-sleep?locale=fr").status_code == 404


def test_an_unknown_slug_without_a_redirect_to_an_article_stays_unknown(api: ApiClient) -> None:
    a_redirect("/en/about", "/about-us")
    a_redirect("/en/secret", an_article(slug="draft"))
    for slug in ("about", "secret", "nothing"):
        answer = api.get(f"/api/v1/articles/{slug}")
        assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")


def test_redirects_have_no_past(api: ApiClient) -> None:
    a_redirect("/api/v1/articles/was-sleep", a_published_article())
    assert api.get(f"/api/v1/articles/was-sleep?at={ago(days=1):%Y-%m-%dT%H:%M:%SZ}").status_code == 404


def test_a_slug_that_is_gone_is_free_and_history_still_leads_right(api: ApiClient, travel: Travel) -> None:
    """`gone` reserves no slug: another article may take it, and each old address leads to its own article."""
    first = with_past(an_article(slug="first-name"), ago(days=20))
    moved(first, "sleep", travel)
    taken_down(first, explanation="Outdated.")
    travel(3)
    second = an_article(slug="sleep", title="Another")
    published(second)
    travel(3)
    assert api.get("/api/v1/articles/sleep").json()["id"] == str(second.pk)
    assert api.get(f"/api/v1/articles/{first.pk}").status_code == 410
    assert api.get("/api/v1/articles/first-name").status_code == 410
    assert told(api, "/en/sleep") == (200, "/en/sleep")
    moved(second, "rest", travel)
    answer = api.get("/api/v1/articles/sleep")
    assert (answer.status_code, answer["Location"]) == (308, "/api/v1/articles/rest?locale=en")


@pytest.mark.parametrize("how", ["unpublish", "archive"])
def test_an_article_taken_down_is_410_with_its_reason(api: ApiClient, travel: Travel, how: str) -> None:
    article, other = a_published_article(), a_published_article(slug="other")
    taken_down(article, how, reason="outdated", explanation="A newer guide.", alternative_id=other.pk)
    travel(3)
    for address in ("sleep", str(article.pk)):
        answer = api.get(f"/api/v1/articles/{address}")
        body = answer.json()
        assert (answer.status_code, body["code"], body["reason"]) == (410, "gone", "outdated")
        assert (body["detail"], body["alternative_href"]) == (
            "A newer guide.",
            f"/api/v1/articles/{other.pk}",
        )


def test_an_article_that_expired_is_410_and_says_so(api: ApiClient, travel: Travel) -> None:
    article = an_article()
    published(article, effective_until=ahead(minutes=5))
    travel(400)
    answer = api.get("/api/v1/articles/sleep")
    assert (answer.status_code, answer.json()["code"], answer.json()["reason"]) == (410, "gone", "expired")


def test_related_articles_keep_their_order(api: ApiClient) -> None:
    others = [a_published_article(slug=slug) for slug in ("one", "two", "three")]
    related = [str(article.pk) for article in reversed(others)]
    a_published_article(slug="main", related=related)
    body = api.get("/api/v1/articles/main").json()
    assert [entry["id"] for entry in body["related"]] == related

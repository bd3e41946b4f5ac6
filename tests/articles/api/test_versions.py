"""GET /api/v1/articles/{slug}/versions and /versions/{n}"""

from collections.abc import Callable
from datetime import datetime

import pytest

from articles.models import Article
from tests.articles.api.walking import kept_for
from tests.builders import a_revision, ago, ahead, an_article, published, rows, taken_down, with_past
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
Travel = Callable[[float], datetime]


@pytest.fixture
def article() -> Article:
    """Public in two versions."""
    return with_past(an_article(), ago(days=4), ago(days=2))


def test_every_publication_that_has_begun_is_listed_in_the_order_of_time(
    api: ApiClient, article: Article
) -> None:
    body = api.get("/api/v1/articles/sleep/versions").json()
    first, second = rows(article)
    assert body["next"] is None
    assert [
        (item["version"], item["revision"], item["state"], item["update_type"], item["change_note"])
        for item in body["results"]
    ] == [(1, 1, "live", "major", "Version 1."), (2, 1, "live", "major", "Version 2.")]
    assert body["results"][0]["effective_until"] == f"{second.effective_from:%Y-%m-%dT%H:%M:%SZ}"
    assert body["results"][1]["effective_until"] is None
    assert body["results"][0]["href"] == f"/api/v1/articles/{article.pk}/versions/{first.version}"


def test_what_is_scheduled_is_nobodys_but_the_desks(api: ApiClient, article: Article) -> None:
    published(
        article, effective_from=ahead(days=1), effective_until=ahead(days=2), change_note="Planted note."
    )
    answer = api.get("/api/v1/articles/sleep/versions")
    assert len(answer.json()["results"]) == 2
    assert answer.json()["results"][1]["effective_until"] is None
    assert b"Planted" not in answer.content
    assert api.get("/api/v1/articles/sleep/versions/3").status_code == 404


def test_an_end_is_told_once_it_has_come(api: ApiClient, article: Article, travel: Travel) -> None:
    ends = published(article).visible_at
    assert api.get("/api/v1/articles/sleep/versions").json()["results"][1]["effective_until"] is None
    travel(2)
    told = api.get("/api/v1/articles/sleep/versions").json()["results"][1]["effective_until"]
    assert told == f"{ends:%Y-%m-%dT%H:%M:%SZ}"


def test_each_version_is_the_bytes_as_they_were_served(api: ApiClient, article: Article) -> None:
    for row in rows(article):
        for name in ("sleep", article.pk):
            answer = api.get(f"/api/v1/articles/{name}/versions/{row.version}")
            assert (answer.content, answer["ETag"]) == (bytes(row.rendering.body), row.etag)
            assert answer["X-Robots-Tag"] == "noindex"
            assert answer["Link"].startswith(f'</api/v1/articles/{article.pk}>; rel="canonical", ')


def test_the_links_of_a_document_lead_to_its_version_and_its_versions(
    api: ApiClient, article: Article
) -> None:
    links = api.get("/api/v1/articles/sleep").json()["links"]
    assert api.get(links["version"]).content == api.get(links["self"]).content
    assert len(api.get(links["versions"]).json()["results"]) == 2


def test_a_version_that_is_still_right_is_304(api: ApiClient, article: Article) -> None:
    tag = api.get("/api/v1/articles/sleep/versions/1")["ETag"]
    assert api.get("/api/v1/articles/sleep/versions/1", headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize("number", ["0", "9", "99999999999999999999", "01", "-1", "one", "٣"])
def test_a_version_that_is_not_there_is_404(api: ApiClient, article: Article, number: str) -> None:
    assert api.get(f"/api/v1/articles/sleep/versions/{number}").status_code == 404


@pytest.mark.parametrize("place", ["", "/1"])
def test_a_draft_has_no_versions(api: ApiClient, place: str) -> None:
    draft = an_article(slug="draft")
    assert api.get(f"/api/v1/articles/draft/versions{place}").status_code == 404
    assert api.get(f"/api/v1/articles/{draft.pk}/versions{place}").status_code == 404


def test_the_dates_of_what_is_gone_stay_public(api: ApiClient, article: Article, travel: Travel) -> None:
    taken_down(article, reason="consent", explanation="Its author asked for it.")
    travel(2)
    gone = api.get("/api/v1/articles/sleep/versions").json()["results"][2]
    assert (gone["state"], gone["reason"], gone["explanation"]) == (
        "gone",
        "consent",
        "Its author asked for it.",
    )
    assert api.get("/api/v1/articles/sleep/versions/2").status_code == 200
    answer = api.get("/api/v1/articles/sleep/versions/3")
    assert (answer.status_code, answer.json()["reason"]) == (410, "consent")


def test_versions_are_found_by_a_slug_of_the_past(api: ApiClient, article: Article, travel: Travel) -> None:
    a_revision(article, slug="sleeping")
    published(article)
    travel(2)
    assert len(api.get("/api/v1/articles/sleep/versions").json()["results"]) == 3


def test_the_list_is_kept_no_longer_than_until_the_next_transition(api: ApiClient, article: Article) -> None:
    published(article, effective_from=ahead(seconds=20))
    assert kept_for(api.get("/api/v1/articles/sleep/versions")) <= 20


def test_a_version_found_by_slug_is_kept_no_longer_than_the_slug_is_sure(
    api: ApiClient, article: Article
) -> None:
    published(article, effective_from=ahead(seconds=20))
    assert kept_for(api.get("/api/v1/articles/sleep/versions/1")) <= 20
    assert kept_for(api.get(f"/api/v1/articles/{article.pk}/versions/1")) == 3600


@pytest.mark.parametrize("place", ["", "/1"])
def test_an_unknown_parameter_is_refused(api: ApiClient, article: Article, place: str) -> None:
    answer = api.get(f"/api/v1/articles/sleep/versions{place}?at=2026-01-01T00:00:00Z")
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_parameter")


@pytest.mark.parametrize("place", ["versions", "versions/1", "diff", "timegate"])
def test_nothing_of_it_stands_in_for_another_locale(api: ApiClient, article: Article, place: str) -> None:
    for name in ("sleep", article.pk):
        asked = f"/api/v1/articles/{name}/{place}{'&' if '?' in place else '?'}locale="
        assert api.get(f"{asked}en").status_code in (200, 302)
        assert api.get(f"{asked}fr").status_code == 404

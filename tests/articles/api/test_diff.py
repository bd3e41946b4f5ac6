"""GET /api/v1/articles/{slug or id}/diff"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from articles.models import Article
from tests.articles.api.walking import kept_for
from tests.builders import (
    a_published_article,
    a_revision,
    ahead,
    an_article,
    an_entry,
    published,
    rows,
    taken_down,
)
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
Travel = Callable[[float], datetime]
BODY = "Sleep often changes after trauma.\n\nIt usually settles with time.\n"


@pytest.fixture
def article(travel: Travel) -> Article:
    """Two versions. Between them is a revision that was never public, after them one that is not public yet."""
    an_entry("topic", "sleep")
    found = a_published_article(body_markdown=BODY)
    a_revision(found, title="Never public", body_markdown="planted words\n")
    a_revision(found, title="Sleep", topics=["sleep"], body_markdown=BODY.replace("often", "sometimes"))
    published(found, 3)
    travel(3)
    a_revision(found, title="Not yet public", body_markdown="planted words\n")
    published(found, 4, effective_from=ahead(days=2))
    return found


def diff(client: ApiClient, article: Article | str, **query: Any) -> Any:
    slug = article if isinstance(article, str) else article.pk
    return client.get(f"/api/v1/articles/{slug}/diff", {"base": 1, "head": 2} | query)


def the_problem(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_it_tells_what_changed_for_readers(api: ApiClient, article: Article) -> None:
    body = diff(api, article).json()
    assert (body["article"], body["base"]["version"], body["head"]["version"]) == (str(article.pk), 1, 2)
    assert body["head"]["revision"] == 3
    fields = {entry["field"]: entry for entry in body["fields"]}
    assert set(fields) == {"title", "topics", "seo"}
    assert [topic["slug"] for topic in fields["topics"]["added"]] == ["sleep"]
    (block,) = body["blocks"]
    assert (block["change"], block["type"]) == ("changed", "paragraph")
    assert [op["text"] for op in block["words"]["ops"] if op["op"] != "equal"] == ["often ", "sometimes "]


def test_a_link_that_leads_elsewhere_is_told(api: ApiClient, travel: Travel) -> None:
    found = a_published_article(body_markdown="See [it](https://example.org/a) here.\n")
    a_revision(found, body_markdown="See [it](https://example.org/b) here.\n")
    published(found)
    travel(3)
    (block,) = diff(api, found).json()["blocks"]
    assert "https://example.org/b" in block["after"]


def test_backwards_and_the_same_twice(api: ApiClient, article: Article) -> None:
    assert diff(api, article, base=2, head=1).json()["head"]["version"] == 1
    assert diff(api, article, base=2, head=2).json()["identical"] is True


def test_a_withdrawal_is_told_with_its_reason(api: ApiClient, article: Article, travel: Travel) -> None:
    found = a_published_article(slug="other")
    taken_down(found, "withdraw", explanation="Outdated.")
    travel(3)
    fields = {entry["field"]: entry for entry in diff(api, found).json()["fields"]}
    assert fields["withdrawal"]["after"]["explanation"] == "Outdated."


def test_as_a_page_it_says_what_went_and_came(api: ApiClient, article: Article) -> None:
    answer = diff(api, article, format="html")
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    page = answer.content.decode()
    assert ">removed: </span>often </del>" in page
    assert "<h1>Sleep: version 1 and version 2</h1>" in page


@pytest.mark.parametrize("form", ["json", "html"])
def test_it_rests_in_caches_as_other_past_answers_do(api: ApiClient, article: Article, form: str) -> None:
    answer = diff(api, article, format=form)
    assert kept_for(answer) == 3600
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Link"] == f'</api/v1/articles/{article.pk}>; rel="canonical"'
    assert f"article-{article.pk}" in answer["Cache-Tag"].split(",")
    assert answer["Vary"] == "Accept-Encoding"
    again = api.get(
        f"/api/v1/articles/{article.pk}/diff",
        {"base": 1, "head": 2, "format": form},
        headers={"if-none-match": answer["ETag"]},
    )
    assert (again.status_code, again.content) == (304, b"")


def test_its_two_forms_have_tags_of_their_own(api: ApiClient, article: Article) -> None:
    assert diff(api, article)["ETag"] != diff(api, article, format="html")["ETag"]


def test_by_slug_it_rests_no_longer_than_the_slug_is_sure(
    api: ApiClient, article: Article, travel: Travel
) -> None:
    travel(2 * 86400 - 60)
    assert kept_for(diff(api, "sleep")) <= 60
    assert kept_for(diff(api, article)) == 3600


def test_a_person_with_a_browser_gets_a_page_that_no_cache_keeps(api: ApiClient, article: Article) -> None:
    for form in ("json", "html"):
        url = f"/api/v1/articles/{article.pk}/diff"
        answer = api.get(url, {"base": 1, "head": 2, "format": form}, headers={"accept": "text/html"})
        assert answer["Content-Type"] == "text/html; charset=utf-8"
        assert answer["Cache-Control"] == "no-store"


def test_what_was_never_public_is_in_none_of_it(api: ApiClient, article: Article) -> None:
    for form in ("json", "html"):
        answer = diff(api, article, format=form)
        assert b"planted" not in answer.content
        assert b"public" not in answer.content
    assert the_problem(diff(api, article, head=3)) == (404, "not_found")
    assert the_problem(diff(api, an_article(slug="draft"))) == (404, "not_found")


def test_a_version_without_a_text_is_gone(api: ApiClient, article: Article, travel: Travel) -> None:
    found = a_published_article(slug="other")
    taken_down(found, "unpublish", reason="error", explanation="It was wrong.")
    travel(3)
    answer = diff(api, found)
    assert the_problem(answer) == (410, "gone")
    assert len(rows(found)) == 2


def test_unless_named_it_compares_the_present_version_with_the_one_before(
    api: ApiClient, article: Article, travel: Travel
) -> None:
    url = f"/api/v1/articles/{article.pk}/diff"
    answer = api.get(url)
    assert (answer.json()["base"]["version"], answer.json()["head"]["version"]) == (1, 2)
    assert kept_for(answer) == 60
    travel(2 * 86400)
    assert api.get(url).json()["head"]["version"] == 3
    assert api.get(url, {"head": 1}).json()["identical"] is True


def test_what_means_no_version_is_refused(api: ApiClient, article: Article) -> None:
    for query in ({"base": 0}, {"base": "one"}, {"head": "head"}, {"format": "patch"}, {"include": "blame"}):
        assert diff(api, article, **query).status_code == 400

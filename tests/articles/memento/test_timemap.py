"""GET /api/v1/articles/{slug}/versions as application/link-format: the TimeMap (RFC 7089, section 5)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from articles.models import Article
from tests.articles.api.walking import kept_for, local
from tests.articles.memento.links import by_rel, parsed, rfc1123
from tests.builders import ago, ahead, an_article, published, rows, taken_down, with_past
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
VERSIONS = "/api/v1/articles/sleep/versions"
TIMEMAP = f"{VERSIONS}?format=link-format"
LINKS = {"accept": "application/link-format"}
Travel = Callable[[float], datetime]


@pytest.fixture
def article() -> Article:
    """Served in three states."""
    return with_past(an_article(), ago(days=9), ago(days=6), ago(days=3))


def mementos(answer: Any) -> list[tuple[str, str]]:
    """Path and date of each memento."""
    links = parsed(answer.content.decode())
    return [(local(link.target), link.parameters["datetime"]) for link in links if link.rel == "memento"]


def test_programs_get_json_unless_they_ask_for_links(api: ApiClient, article: Article) -> None:
    for accept in (
        "*/*",
        "application/*",
        "application/json",
        "application/link-format;q=0.5, application/json",
    ):
        assert api.get(VERSIONS, headers={"accept": accept})["Content-Type"] == "application/json"
    for accept in ("application/link-format", "application/json;q=0.5, application/link-format"):
        assert api.get(VERSIONS, headers={"accept": accept})["Content-Type"] == "application/link-format"
    assert api.get(TIMEMAP)["Content-Type"] == "application/link-format"


def test_both_ways_to_ask_get_the_same_links(api: ApiClient, article: Article) -> None:
    assert api.get(TIMEMAP).content == api.get(VERSIONS, headers=LINKS).content


def test_it_begins_with_the_original_itself_and_the_timegate(api: ApiClient, article: Article) -> None:
    here = f"http://testserver/api/v1/articles/{article.pk}"
    original, itself, gate, *_ = parsed(api.get(TIMEMAP).content.decode())
    assert (original.rel, original.target) == ("original", here)
    assert (gate.rel, gate.target) == ("timegate", f"{here}/timegate")
    assert (itself.rel, itself.target) == ("self", f"{here}/versions?format=link-format")
    first, _, last = rows(article)
    assert itself.parameters == {
        "rel": "self",
        "type": "application/link-format",
        "from": rfc1123(first.effective_from),
        "until": rfc1123(last.effective_from),
    }


def test_it_names_every_state_in_the_order_of_time(api: ApiClient, article: Article) -> None:
    answer = api.get(TIMEMAP)
    first, second, last = (rfc1123(row.effective_from) for row in rows(article))
    assert [date for _, date in mementos(answer)] == [first, second, last]
    links = parsed(answer.content.decode())
    assert [link.parameters["datetime"] for link in links if link.rel in ("first", "last")] == [first, last]


def test_every_memento_is_there_with_its_date_and_its_bytes(api: ApiClient, article: Article) -> None:
    found = mementos(api.get(TIMEMAP))
    assert len(found) == 3
    for (path, date), row in zip(found, rows(article), strict=True):
        answer = api.get(path)
        assert (answer["Memento-Datetime"], answer.content) == (date, bytes(row.rendering.body))


def test_what_is_scheduled_is_not_in_it(api: ApiClient, article: Article) -> None:
    before = api.get(TIMEMAP).content
    published(article, effective_from=ahead(days=1), effective_until=ahead(days=2))
    assert api.get(TIMEMAP).content == before


def test_a_time_without_a_text_has_no_memento(api: ApiClient, article: Article, travel: Travel) -> None:
    taken_down(article, reason="consent")
    travel(2)
    assert len(mementos(api.get(TIMEMAP))) == 3
    published(article)
    travel(2)
    found = [date for _, date in mementos(api.get(TIMEMAP))]
    assert found == [rfc1123(row.effective_from) for row in rows(article) if row.state != "gone"]


def test_asked_for_by_its_address_it_rests_in_caches(api: ApiClient, article: Article) -> None:
    answer = api.get(TIMEMAP)
    assert answer["Cache-Control"] == "public, max-age=60, stale-while-revalidate=300"
    assert (answer["Vary"], answer["Cache-Tag"]) == ("Accept-Encoding", f"article-{article.pk}")
    assert answer["ETag"] != api.get(VERSIONS)["ETag"]
    again = api.get(TIMEMAP, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    published(article, effective_from=ahead(seconds=20))
    assert kept_for(api.get(TIMEMAP)) <= 20


def test_asked_for_by_accept_it_does_not_because_the_same_address_has_the_json(
    api: ApiClient, article: Article
) -> None:
    assert api.get(VERSIONS, headers=LINKS)["Cache-Control"] == "no-store"


def test_both_forms_say_where_the_rest_is(api: ApiClient, article: Article) -> None:
    for answer in (api.get(VERSIONS), api.get(TIMEMAP), api.get(VERSIONS, headers=LINKS)):
        links = by_rel(answer["Link"])
        assert links["original"] == f"/api/v1/articles/{article.pk}"
        assert mementos(api.get(links["timemap"])) == mementos(api.get(TIMEMAP))


def test_a_person_with_a_browser_gets_the_page_or_the_links(api: ApiClient, article: Article) -> None:
    page = {"accept": "text/html"}
    assert api.get(VERSIONS, headers=page)["Content-Type"] == "text/html; charset=utf-8"
    links = api.get(TIMEMAP, headers=page)
    assert (links["Content-Type"], links["Cache-Control"]) == ("application/link-format", "no-store")


@pytest.mark.parametrize("headers", [{}, LINKS])
def test_what_was_never_public_has_no_timemap(api: ApiClient, headers: dict[str, str]) -> None:
    an_article(slug="draft")
    for slug in ("draft", "free"):
        answer = api.get(f"/api/v1/articles/{slug}/versions?format=link-format", headers=headers)
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_another_form_is_refused(api: ApiClient, article: Article) -> None:
    answer = api.get(f"{VERSIONS}?format=xml")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_parameter")
    assert api.get(VERSIONS, headers={"accept": "application/xml"}).status_code == 406

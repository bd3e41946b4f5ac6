"""What machines follow: the manifest, the feeds, the sitemap. Live articles alone, and no text of theirs."""

import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils.http import http_date

from articles.rendering.times import rfc3339
from cms import clock
from tests.articles.reader import document
from tests.builders import (
    a_published_article,
    a_revision,
    ago,
    ahead,
    an_article,
    an_entry,
    fresh,
    published,
    rows,
    taken_down,
)

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
NAMES = {"manifest": "manifest", "Atom": "feeds/articles.atom", "JSON": "feeds/articles.json"}
Travel = Callable[[float], object]


def parsed(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)  # noqa: S314 - what this service has written, not somebody else


def read(name: str, **query: Any) -> Any:
    answer = Client().get(f"/api/v1/{name}", query)
    assert answer.status_code == 200, answer.content
    return answer


def entries(**query: Any) -> list[ElementTree.Element]:
    return parsed(read("feeds/articles.atom", **query).content).findall(f"{ATOM}entry")


def items(**query: Any) -> list[dict[str, Any]]:
    return json.loads(read("feeds/articles.json", **query).content)["items"]


def lines(**query: Any) -> list[dict[str, Any]]:
    return json.loads(read("manifest", **query).content)["results"]


def addresses(answer: Any) -> list[str]:
    return [found.text or "" for found in parsed(answer.content).iter(f"{SITEMAP}loc")]


def test_the_manifest_tells_a_copy_from_the_present_text() -> None:
    article = a_published_article(review_due_at="2027-05-01T00:00:00Z")
    (line,) = lines()
    served = Client().get(f"/api/v1/articles/{article.pk}")
    assert line == {
        "id": str(article.pk),
        "slug": "sleep",
        "locale": "en",
        "etag": served["ETag"],
        "updated_at": served.json()["updated_at"],
        "reviewed_at": None,
        "review_due_at": "2027-05-01T00:00:00Z",
    }


def test_the_manifest_is_walked_page_by_page_in_one_state(travel: Travel) -> None:
    for number in range(5):
        a_published_article(slug=f"sleep-{number}", since=ago(days=number + 1))
    first = json.loads(read("manifest", limit=2).content)
    taken_down(a_published_article(slug="late", since=ago(hours=1)), how="unpublish")
    travel(3)
    slugs = [line["slug"] for line in first["results"]]
    address = first["next"]
    while address:
        page = Client().get(address[len("http://localhost:8000") :] if "localhost" in address else address)
        slugs += [line["slug"] for line in page.json()["results"]]
        address = page.json()["next"]
    assert slugs == [f"sleep-{number}" for number in range(5)]


def test_the_manifest_has_a_past() -> None:
    article = a_published_article(since=ago(days=5))
    assert [line["id"] for line in lines(at=rfc3339(ago(days=1)))] == [str(article.pk)]
    assert lines(at=rfc3339(ago(days=9))) == []


def test_an_entry_of_the_atom_feed_says_what_is_where_by_whom_and_since_when() -> None:
    an_entry("topic", "rest")
    an_entry("person", "ines")
    article = a_published_article(
        topics=["rest"], authors=["ines"], content_notes=[{"type": "abuse", "intensity": 2}]
    )
    (entry,) = entries()
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{article.pk}"
    assert entry.findtext(f"{ATOM}title") == "Sleep after trauma"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ines Halloran"
    assert entry.findtext(f"{ATOM}published") == document(article)["published_at"]
    terms = [category.get("term") for category in entry.findall(f"{ATOM}category")]
    assert terms == ["rest", "abuse"]


def test_an_item_of_the_json_feed_carries_its_content_notes() -> None:
    article = a_published_article(content_notes=[{"type": "abuse", "intensity": 2}])
    (item,) = items()
    assert item["id"] == str(article.pk)
    assert item["url"].startswith("http")
    assert item["_kintsugi"]["content_notes"] == [{"type": "abuse", "intensity": 2}]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_no_text_of_an_article_and_nothing_that_is_not_live_is_in_it(name: str) -> None:
    a_published_article(body_markdown="PLANTED body.\n")
    an_article(slug="draft", title="PLANTED draft")
    scheduled = an_article(slug="later", title="PLANTED later")
    published(scheduled, effective_from=ahead(days=1))
    assert b"PLANTED" not in read(name).content


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_what_is_withdrawn_or_gone_leaves_it(name: str, travel: Travel) -> None:
    for how in ("withdraw", "unpublish"):
        taken_down(a_published_article(slug=how, title=f"Was {how}"), how=how, explanation="Out of date.")
    assert b"Was withdraw" in read(name).content or name == NAMES["manifest"]
    travel(3)
    content = read(name).content
    assert b"withdraw" not in content
    assert b"unpublish" not in content


def test_a_feed_speaks_one_language_the_sites_own_unless_another_is_asked_for() -> None:
    a_published_article(slug="sleep", title="Sleep")
    a_published_article(slug="sommeil", title="Sommeil", locale="fr")
    assert [item["title"] for item in items()] == ["Sleep"]
    assert [item["title"] for item in items(locale="fr")] == ["Sommeil"]
    assert read("feeds/articles.atom", locale="fr")["Content-Language"] == "fr"


def test_a_feed_holds_the_thirty_newest() -> None:
    for number in range(32):
        a_published_article(slug=f"sleep-{number}", title=f"Number {number}", since=ago(days=number + 1))
    assert [item["title"] for item in items()] == [f"Number {number}" for number in range(30)]


def test_an_empty_feed_is_a_feed_and_rests() -> None:
    assert items() == []
    first, second = read("feeds/articles.atom"), read("feeds/articles.atom")
    assert first.content == second.content
    assert first["Content-Type"] == "application/atom+xml"
    assert entries() == []


@pytest.mark.parametrize("name", [*NAMES.values(), "sitemap.xml"])
def test_a_current_copy_is_enough(name: str) -> None:
    a_published_article()
    whole = read(name)
    again = Client().get(f"/api/v1/{name}", headers={"if-none-match": whole["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "max-age" in whole["Cache-Control"]


def test_the_sitemap_is_an_index_of_months_that_lead_to_every_live_page(site: object) -> None:
    a_published_article(slug="old", since=ago(days=400))
    a_published_article(slug="new", since=ago(days=2))
    a_published_article(slug="nouveau", locale="fr", since=ago(days=2))
    months = addresses(read("sitemap.xml"))
    assert len(months) == 3
    pages = [
        page for month in months for page in addresses(Client().get(month.partition("8000")[2] or month))
    ]
    assert sorted(page.rpartition("/")[2].partition("?")[0] for page in pages) == ["new", "nouveau", "old"]


def test_the_sitemap_leads_to_locales_that_the_site_does_not_name(site: object) -> None:
    a_published_article(slug="schlaf", locale="de", since=ago(days=2))
    [month] = addresses(read("sitemap.xml"))
    assert "locale=de" in month


def test_the_sitemap_names_the_same_article_in_other_languages(site: object) -> None:
    english = a_published_article(slug="sleep", since=ago(days=2))
    french = a_published_article(slug="sommeil", locale="fr", since=ago(days=2))
    type(french).objects.filter(pk=french.pk).update(group_id=fresh(english).group_id)
    month = f"{ago(days=2):%Y-%m}"
    root = parsed(read("sitemap.xml", locale="en", month=month).content)
    others = {link.get("hreflang"): link.get("href") for link in root.iter(f"{XHTML}link")}
    assert set(others) == {"en", "fr"}
    assert "sommeil" in (others["fr"] or "")


def test_a_month_with_nothing_live_is_an_empty_sitemap() -> None:
    assert addresses(read("sitemap.xml", locale="en", month="2001-01")) == []


@pytest.mark.parametrize("month", ["2001-13", "2001", "200101", "0000-00"])
def test_what_is_no_month_is_refused(month: str) -> None:
    answer = Client().get("/api/v1/sitemap.xml", {"locale": "en", "month": month})
    assert answer.status_code == 400


def test_pages_are_those_of_the_frontend_when_it_is_named(settings: Any, site: object) -> None:
    settings.FRONTEND_URL_TEMPLATE = "https://magazine.example/{locale}/{slug}"
    a_published_article(since=ago(days=2))
    month = f"{ago(days=2):%Y-%m}"
    assert addresses(read("sitemap.xml", locale="en", month=month)) == ["https://magazine.example/en/sleep"]
    assert items()[0]["url"] == "https://magazine.example/en/sleep"


def test_a_new_title_is_in_the_feed_at_its_second(travel: Travel) -> None:
    article = a_published_article()
    a_revision(article, title="Another title")
    outcome = published(article)
    assert [item["title"] for item in items()] == ["Sleep after trauma"]
    travel((outcome.visible_at - clock.now()).total_seconds())
    assert [item["title"] for item in items()] == ["Another title"]


@pytest.mark.parametrize("path", ["feeds/articles.atom", "feeds/articles.json", "sitemap.xml"])
def test_a_form_of_its_own_is_given_whatever_is_asked_for_and_says_when_it_changed(api, path: str) -> None:
    article = a_published_article()
    plain = api.get(f"/api/v1/{path}")
    for accept in ("application/json", "text/html", "application/rss+xml, text/xml;q=0.9", "image/png"):
        answer = api.get(f"/api/v1/{path}", headers={"accept": accept})
        assert (answer.status_code, answer.content) == (200, plain.content)
    assert plain["Last-Modified"] == http_date(rows(article)[0].effective_from.timestamp())
    assert api.get(f"/api/v1/{path}", headers={"if-none-match": plain["ETag"]}).status_code == 304

"""The site as it will be: for the desk, and by a link that names the instant."""

from datetime import datetime
from typing import Any

import pytest

from articles.actions import save_entry
from articles.models import Article, CatalogueItem
from cms.models import User
from cms.preconditions import IfMatch
from tests.articles.api.walking import local, walk
from tests.articles.preview.conftest import PREVIEW, title, titles
from tests.builders import (
    a_published_article,
    a_revision,
    ahead,
    an_article,
    an_entry,
    published,
    taken_down,
)
from tests.client import ApiClient

pytestmark = pytest.mark.django_db


def asked(instant: datetime) -> str:
    return instant.strftime("at=%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture
def friday(author: User, author2: User) -> datetime:
    """By then: an article is new, one has another text, one is gone, one has another slug, one has come and gone."""
    an_entry("topic", "night")
    day = ahead(days=3)
    published(an_article(by=author2, slug="new", title="New", topics=["night"]), effective_from=day)
    changed = a_published_article(by=author, slug="changed", title="Before", topics=["night"])
    a_revision(changed, by=author, title="After", slug="changed-too")
    published(changed, effective_from=ahead(days=2))
    published(a_published_article(by=author2, slug="ending", title="Ending"), effective_until=ahead(days=1))
    published(
        an_article(by=author, slug="brief", title="Brief"),
        effective_from=ahead(days=1),
        effective_until=ahead(days=2),
    )
    a_published_article(by=author, slug="steady", title="Steady")
    return day


@pytest.mark.parametrize(
    "query",
    [
        "limit=50",
        "limit=50&ordering=published_at",
        "limit=50&ordering=-updated_at",
        "limit=50&ordering=title",
        "topic=night&count=true",
        "limit=2&fields=title,slug",
    ],
)
def test_a_list_ahead_is_what_readers_are_given_then_byte_for_byte(
    friday: datetime, as_editor: ApiClient, api: ApiClient, at_time: Any, query: str
) -> None:
    foreseen = as_editor.get(f"{PREVIEW}/articles?{query}&{asked(friday)}").content
    at_time(friday)
    served = api.get(f"/api/v1/articles?{query}").content
    assert served.partition(b'"next"')[0] == foreseen.partition(b'"next"')[0]
    assert b'"title"' in served


def test_every_document_ahead_is_what_readers_are_given_then(
    friday: datetime, as_editor: ApiClient, api: ApiClient, at_time: Any
) -> None:
    paths = [f"articles/{slug}" for slug in ("new", "changed-too", "steady")]
    paths += ["topics", "topics/night", "people", "references", "legal-statuses", "helplines?country=CA"]
    mark = {path: "&" if "?" in path else "?" for path in paths}
    foreseen = {p: as_editor.get(f"{PREVIEW}/{p}{mark[p]}{asked(friday)}").content for p in paths}
    at_time(friday)
    assert foreseen == {path: api.get(f"/api/v1/{path}").content for path in paths}


def test_what_will_be_gone_is_gone_and_what_moves_leads_on(friday: datetime, as_editor: ApiClient) -> None:
    gone = as_editor.get(f"{PREVIEW}/articles/ending?{asked(friday)}")
    assert (gone.status_code, gone.json()["reason"]) == (410, "expired")
    moved = as_editor.get(f"{PREVIEW}/articles/changed?{asked(friday)}")
    assert moved.status_code == 308
    assert title(as_editor.get(moved["Location"])) == "After"


def test_a_link_to_an_instant_shows_the_site_as_of_it(
    friday: datetime, as_editor: ApiClient, linked_to_instant: Any
) -> None:
    client = linked_to_instant(friday)
    for path in ("articles?ordering=title", "articles/new", "topics"):
        mark = "&" if "?" in path else "?"
        foreseen = as_editor.get(f"{PREVIEW}/{path}{mark}{asked(friday)}").content
        assert client.get(f"{PREVIEW}/{path}").content == foreseen


def test_the_pages_of_a_list_ahead_stay_at_their_instant(
    friday: datetime, linked_to_instant: Any, travel: Any
) -> None:
    client = linked_to_instant(friday)
    found = walk(client, f"{PREVIEW}/articles?limit=1&ordering=title", between=lambda: travel(60))
    assert [card["title"] for card in found] == ["After", "New", "Steady"]


def test_a_link_shows_no_other_instant_ahead(friday: datetime, linked_to_instant: Any) -> None:
    client = linked_to_instant(friday)
    refused = client.get(f"{PREVIEW}/articles?{asked(ahead(days=5))}")
    assert (refused.status_code, refused.json()["code"]) == (400, "at_in_future")
    assert client.get(f"{PREVIEW}/articles?{asked(ahead(days=-1))}").status_code == 200


def test_a_link_to_an_instant_is_dead_once_it_has_come(
    friday: datetime, linked_to_instant: Any, at_time: Any
) -> None:
    client = linked_to_instant(friday)
    at_time(friday)
    assert client.get(f"{PREVIEW}/articles").status_code == 401


def test_delivery_still_refuses_what_lies_ahead(
    friday: datetime, as_editor: ApiClient, linked_to_instant: Any
) -> None:
    for client in (as_editor, linked_to_instant(friday)):
        answer = client.get(f"/api/v1/articles?{asked(friday)}")
        assert (answer.status_code, answer.json()["code"]) == (400, "at_in_future")
        assert client.get(f"/api/v1/articles/new?{asked(friday)}").status_code == 400


def test_an_author_looks_ahead_in_own_articles_and_sees_the_rest_as_readers_do(
    friday: datetime, as_author: ApiClient
) -> None:
    ahead_of = f"{PREVIEW}/articles?ordering=title&{asked(friday)}"
    assert titles(as_author.get(ahead_of)) == ["After", "Ending", "Steady"]
    assert as_author.get(f"{PREVIEW}/articles/new?{asked(friday)}").status_code == 404
    assert title(as_author.get(f"{PREVIEW}/articles/ending?{asked(friday)}")) == "Ending"
    assert title(as_author.get(f"{PREVIEW}/articles/changed-too?{asked(friday)}")) == "After"
    assert as_author.get(f"{PREVIEW}/articles/changed?{asked(friday)}").status_code == 308
    assert title(as_author.get(f"{PREVIEW}/articles/brief?{asked(ahead(days=1))}")) == "Brief"


def test_what_stands_beside_a_document_shows_an_author_nothing_of_others_ahead(
    author: User, author2: User, as_author: ApiClient, as_editor: ApiClient
) -> None:
    other = a_published_article(by=author2, slug="other", title="As it is")
    a_revision(other, by=author2, title="Not yet")
    published(other, effective_from=ahead(days=1))
    own = a_published_article(by=author, slug="own", related=[str(other.pk)])
    for client, shown in ((as_author, "As it is"), (as_editor, "Not yet")):
        answer = client.get(f"{PREVIEW}/articles/{own.pk}?include=related&{asked(ahead(days=2))}").json()
        assert [card["title"] for card in answer["related_articles"]] == [shown]


def test_an_author_sees_collections_as_readers_do(
    friday: datetime, as_author: ApiClient, as_editor: ApiClient, author2: User
) -> None:
    new = Article.objects.get(head_slug="new")
    an_entry("collection", "shelf", title={"en": "Shelf"}, articles=[str(new.pk)])
    path = f"{PREVIEW}/collections/shelf?{asked(friday)}"
    assert [card["title"] for card in as_editor.get(path).json()["articles"]] == ["New"]
    assert as_author.get(path).json()["articles"] == []
    assert [one["slug"] for one in as_editor.get(f"{PREVIEW}/collections").json()["results"]] == ["shelf"]


def test_the_past_is_what_delivery_says_of_it(
    as_editor: ApiClient, api: ApiClient, author: User, travel: Any
) -> None:
    article = a_published_article(by=author, slug="sleep", title="Sleep")
    item = CatalogueItem.objects.filter(kind="topic").first() or an_entry("topic", "night")
    save_entry(
        item_id=item.pk, content={"title": {"en": "Nights"}}, expected=IfMatch((item.etag,)), by=author
    )
    taken_down(article)
    travel(3)
    for path in ("articles", "articles/sleep", "topics", "topics/night"):
        then = asked(ahead(days=-1))
        assert as_editor.get(f"{PREVIEW}/{path}?{then}").content == api.get(f"/api/v1/{path}?{then}").content


def test_next_of_a_preview_leads_to_a_preview(friday: datetime, as_editor: ApiClient) -> None:
    answer = as_editor.get(f"{PREVIEW}/articles?limit=1&{asked(friday)}")
    assert local(answer.json()["next"]).startswith(f"{PREVIEW}/articles?")
    assert answer["Link"] == f'<{answer.json()["next"]}>; rel="next"'

"""A draft in delivery's shape: by somebody of the desk, or by a link to its article."""

import json
from typing import Any

import pytest

from articles.models import Article
from cms.models import User
from tests.articles.api.walking import walk
from tests.articles.preview.conftest import PREVIEW, of, title, titles
from tests.builders import (
    a_byline,
    a_published_article,
    a_redirect,
    a_revision,
    ahead,
    an_article,
    an_entry,
    fresh,
    published,
    rows,
    taken_down,
)
from tests.client import ApiClient

pytestmark = pytest.mark.django_db


def test_a_link_to_the_head_shows_what_was_saved_last(article: Article, linked: Any, author: User) -> None:
    _, client = linked(article)
    assert title(client.get(of(article))) == "Quieter nights"
    a_revision(article, by=author, title="Quieter still")
    assert title(client.get(of(article))) == "Quieter still"


def test_a_pinned_link_shows_its_revision_whatever_is_saved(
    article: Article, linked: Any, author: User
) -> None:
    _, client = linked(article, 2)
    a_revision(article, by=author, title="Quieter still")
    shown = client.get(of(article)).json()
    assert (shown["title"], shown["revision"], shown["version"]) == ("Quieter nights", 2, 2)


def test_the_draft_is_shown_as_publishing_would_make_it(article: Article, linked: Any, api: Any) -> None:
    """All but the instants at which it was seen and published are the same."""
    _, client = linked(article, 2)
    before = client.get(of(article)).json()
    row = published(article).row
    after = next(r for r in rows(article) if r.pk == row.pk)
    stored = json.loads(bytes(after.rendering.body))
    for document in (before, stored):
        document.pop("updated_at")
        document.pop("json_ld")
    assert before == stored


def test_a_draft_that_was_never_public_is_shown(author: User, linked: Any, api: ApiClient) -> None:
    draft = an_article(by=author, slug="walking", title="Walking")
    _, client = linked(draft)
    assert title(client.get(of(draft))) == "Walking"
    assert title(client.get(f"{PREVIEW}/articles/walking")) == "Walking"
    assert api.get("/api/v1/articles/walking").status_code == 404


def test_a_draft_without_title_and_slug_is_shown_by_its_id(author: User, as_author: ApiClient) -> None:
    draft = an_article(by=author, slug="", title="")
    shown = as_author.get(f"{of(draft)}?revision=head")
    assert (shown.status_code, shown.json()["title"]) == (200, "")


def test_a_draft_that_checks_would_stop_is_shown(author: User, linked: Any) -> None:
    draft = an_article(by=author, slug="cited", body_markdown="Rest [@nowhere].\n")
    _, client = linked(draft)
    assert client.get(of(draft)).status_code == 200


def test_a_medical_draft_says_that_nobody_has_approved_it(author: User, linked: Any) -> None:
    draft = an_article(by=author, slug="dreams", kind="guide", medical=True)
    _, client = linked(draft)
    assert client.get(of(draft)).json()["review"]["status"] == "none"


def test_a_redirect_by_hand_leads_into_the_preview(article: Article, linked: Any, api: ApiClient) -> None:
    a_redirect("/api/v1/articles/rest", article)
    assert api.get("/api/v1/articles/rest")["Location"].startswith("/api/v1/articles/sleep")
    answer = linked(article)[1].get(f"{PREVIEW}/articles/rest")
    assert answer.status_code == 308
    assert answer["Location"].startswith(f"{PREVIEW}/articles/sleep")


def test_the_old_slug_leads_to_the_slug_of_the_draft(article: Article, author: User, linked: Any) -> None:
    a_revision(article, by=author, slug="quieter-nights")
    _, client = linked(article)
    answer = client.get(f"{PREVIEW}/articles/sleep")
    assert answer.status_code == 308
    assert answer["Location"] == "/api/v1/preview/articles/quieter-nights?locale=en"
    assert title(client.get(f"{PREVIEW}/articles/quieter-nights")) == "Quieter nights"


def test_around_the_draft_everything_is_as_readers_have_it(
    article: Article, linked: Any, api: ApiClient
) -> None:
    a_published_article(slug="rest", title="Rest")
    _, client = linked(article)
    for path in ("articles/rest", "topics", "people", "references", "legal-statuses", "helplines?country=CA"):
        assert client.get(f"{PREVIEW}/{path}").content == api.get(f"/api/v1/{path}").content, path


def test_its_card_stands_in_the_lists_in_its_place(article: Article, linked: Any, api: ApiClient) -> None:
    a_published_article(slug="rest", title="Rest", since=rows(article)[0].effective_from.replace(year=2020))
    _, client = linked(article)
    assert titles(client.get(f"{PREVIEW}/articles")) == ["Quieter nights", "Rest"]
    assert titles(client.get(f"{PREVIEW}/articles?ordering=published_at")) == ["Rest", "Quieter nights"]
    assert titles(client.get(f"{PREVIEW}/articles?ordering=title")) == ["Quieter nights", "Rest"]
    assert titles(api.get("/api/v1/articles")) == ["Sleep after trauma", "Rest"]


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("topic=night", True),
        ("topic=day", False),
        ("author=ines-halloran", True),
        ("author=somebody-else", False),
        ("reviewer=ines-halloran", False),
        ("kind=guide", True),
        ("kind=news", False),
        ("locale=en", True),
        ("locale=fr", False),
        ("medical=false", True),
        ("medical=true", False),
        ("exclude_notes=violence", False),
        ("exclude_notes=abuse", True),
        ("published_after=2020-01-01T00:00:00Z", True),
        ("published_before=2020-01-01T00:00:00Z", False),
        ("updated_after=2020-01-01T00:00:00Z", True),
        ("updated_after=2090-01-01T00:00:00Z", False),
    ],
)
def test_a_draft_is_filtered_as_if_it_were_published(
    author: User, linked: Any, query: str, listed: bool
) -> None:
    an_entry("topic", "night")
    an_entry("topic", "day")
    an_entry("person", "somebody-else")
    a_byline(author, "ines-halloran")
    draft = an_article(
        by=author,
        kind="guide",
        slug="walking",
        title="Walking",
        topics=["night"],
        authors=["ines-halloran"],
        content_notes=[{"type": "violence", "intensity": 1}],
    )
    _, client = linked(draft)
    answer = client.get(f"{PREVIEW}/articles?{query}&count=true")
    assert titles(answer) == (["Walking"] if listed else [])
    assert answer.json()["count"] == len(titles(answer))


@pytest.mark.parametrize("ordering", ["-published_at", "published_at", "-updated_at", "title"])
def test_a_walk_through_a_list_meets_the_draft_once(
    article: Article, linked: Any, ordering: str, travel: Any
) -> None:
    for number in range(5):
        a_published_article(slug=f"rest-{number}", title=f"Rest {number}")
    _, client = linked(article)
    found = walk(client, f"{PREVIEW}/articles?limit=2&ordering={ordering}", between=lambda: travel(1))
    assert sorted(card["title"] for card in found) == ["Quieter nights", *(f"Rest {n}" for n in range(5))]


def test_somebody_of_the_desk_sees_a_revision_by_its_number(article: Article, as_editor: ApiClient) -> None:
    assert title(as_editor.get(of(article))) == "Sleep after trauma"
    assert title(as_editor.get(f"{of(article)}?revision=2")) == "Quieter nights"
    assert title(as_editor.get(f"{of(article)}?revision=head")) == "Quieter nights"
    assert as_editor.get(f"{of(article)}?revision=9").status_code == 404


def test_a_revision_is_shown_as_of_an_instant_ahead(article: Article, as_editor: ApiClient) -> None:
    friday = ahead(days=3).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert as_editor.get(f"{of(article)}?revision=2&at={friday}").json()["updated_at"] == friday


@pytest.mark.parametrize("query", ["revision=0", "revision=newest", "revision=2&at=2020-01-01T00:00:00Z"])
def test_a_revision_that_nobody_can_be_shown_is_malformed(
    article: Article, as_editor: ApiClient, query: str
) -> None:
    answer = as_editor.get(f"{of(article)}?{query}")
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "revision")


def test_a_revision_is_asked_for_by_the_id_of_its_article(article: Article, as_editor: ApiClient) -> None:
    assert as_editor.get(f"{PREVIEW}/articles/sleep?revision=2").status_code == 400


def test_a_link_fixes_the_text_that_it_shows(article: Article, linked: Any) -> None:
    _, client = linked(article)
    assert client.get(f"{of(article)}?revision=1").status_code == 403


def test_members_beside_the_document_are_composed_as_in_delivery(
    article: Article, author: User, linked: Any
) -> None:
    other = a_published_article(slug="rest", title="Rest")
    a_revision(article, by=author, related=[str(other.pk)])
    _, client = linked(article)
    shown = client.get(f"{of(article)}?include=related,translations,links").json()
    assert [card["title"] for card in shown["related_articles"]] == ["Rest"]


def test_no_reply_is_taken_under_a_preview(author: User, linked: Any) -> None:
    draft = an_article(by=author, slug="walking")
    _, client = linked(draft)
    href = client.get(of(draft)).json()["comments"]["href"]
    assert client.get(href).status_code == 404
    assert client.post(f"{of(draft)}/comments", {}).status_code == 404


def test_an_article_that_was_taken_down_can_come_back_in_a_preview(
    article: Article, linked: Any, travel: Any
) -> None:
    taken_down(article)
    travel(3)
    _, client = linked(fresh(article))
    assert title(client.get(of(article))) == "Quieter nights"

"""PATCH of an entry re-renders what shows it; a retraction reaches readers and those who must read again."""

from typing import Any

import pytest

from articles.models import Article, CatalogueItem
from tests.articles.api.walking import page
from tests.articles.dependencies.entries import SEEN, Travel, saved
from tests.builders import a_published_article, a_revision, an_entry, fresh, published, taken_down
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
DESK = "/api/v1/editorial"
CLAIM = '::: claim certainty=low population="adults" refs=berglind2021\nSleep settles.\n:::\n\nIt may [@berglind2021].\n'


def patched(client: ApiClient, path: str, item: CatalogueItem, changes: dict[str, Any]) -> dict[str, Any]:
    item.refresh_from_db()
    answer = client.patch(f"{DESK}/{path}/{item.pk}", changes, headers={"if-match": item.etag})
    assert answer.status_code == 200, answer.content
    return answer.json()


def listed(client: ApiClient, query: str = "review=retracted") -> list[str]:
    return [card["slug"] for card in page(client, f"{DESK}/articles?{query}")["results"]]


def test_readers_see_the_new_title_when_the_save_is_answered(as_editor: ApiClient, api: ApiClient) -> None:
    topic = an_entry("topic", "sleep")
    article = a_published_article(topics=["sleep"])
    before = api.get(f"/api/v1/articles/{article.pk}")
    body = patched(as_editor, "topics", topic, {"title": {"en": "Rest"}})
    after = api.get(f"/api/v1/articles/{article.pk}")
    assert body["warnings"] == []
    assert (after.json()["topics"][0]["title"], after.json()["version"]) == ("Rest", before.json()["version"])
    assert after["ETag"] != before["ETag"]
    card = api.get("/api/v1/articles").json()["results"][0]
    assert card["topics"][0]["title"] == "Rest"
    past = before.json()["published_at"]
    assert api.get(f"/api/v1/articles/{article.pk}?at={past}").content == before.content
    shown = api.get(f"/api/v1/articles/{article.pk}/versions").json()["results"]
    assert [(row["version"], row["update_type"]) for row in shown] == [(1, "major"), (1, "rerender")]


def test_the_article_keeps_the_tag_that_an_editor_read(as_editor: ApiClient) -> None:
    topic = an_entry("topic", "sleep")
    article = a_published_article(topics=["sleep"])
    tag = fresh(article).etag
    patched(as_editor, "topics", topic, {"title": {"en": "Rest"}})
    saving = as_editor.patch(f"{DESK}/articles/{article.pk}", {"title": "Mine"}, headers={"if-match": tag})
    assert saving.status_code == 200


def test_a_save_re_renders_twenty_and_says_how_many_are_left(as_editor: ApiClient) -> None:
    topic = an_entry("topic", "sleep")
    for number in range(45):
        a_published_article(slug=f"number-{number}", topics=["sleep"])
    assert patched(as_editor, "topics", topic, {"title": {"en": "Rest"}})["warnings"] == [
        "Articles still to be re-rendered: 25."
    ]
    assert patched(as_editor, "topics", topic, {})["warnings"] == ["Articles still to be re-rendered: 5."]
    assert patched(as_editor, "topics", topic, {})["warnings"] == []


def test_a_retraction_end_to_end(as_editor: ApiClient, api: ApiClient) -> None:
    work = an_entry("reference", "berglind2021")
    article = a_published_article(medical=True, kind="article", body_markdown=CLAIM, slug="rests-on-it")
    a_published_article(slug="does-not")
    assert listed(as_editor) == []
    retraction = {"date": "2026-01-05", "summary": "The data could not be found."}
    patched(as_editor, "references", work, {"publication_status": "retracted", "retraction": retraction})
    shown = api.get(f"/api/v1/articles/{article.pk}").json()["references"][0]
    assert (shown["publication_status"], shown["retraction"]["summary"]) == (
        "retracted",
        retraction["summary"],
    )
    assert shown["text"].lower().startswith("retracted")
    assert listed(as_editor) == ["rests-on-it"]
    checks = as_editor.get(f"{DESK}/articles/{article.pk}/checks").json()
    assert "claim_on_retracted" in {finding["code"] for finding in checks["findings"]}
    refused = as_editor.post(
        f"{DESK}/articles/{article.pk}/publications",
        {"revision": 1},
        headers={"if-match": fresh(article).etag},
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "checks_failed")


def test_the_list_for_re_review_holds_what_is_public_and_visible_to_the_caller(
    as_editor: ApiClient, as_author: ApiClient, travel: Travel
) -> None:
    work = an_entry("reference", "berglind2021")
    mended, left, down = (
        a_published_article(slug=slug, references=["berglind2021"]) for slug in ("mended", "left", "down")
    )
    saved(work, publication_status="retracted")
    travel(SEEN)
    assert listed(as_editor) == ["down", "left", "mended"]
    assert listed(as_editor, "review=retracted&q=left") == ["left"]
    assert listed(as_author) == []
    a_revision(mended, references=[])
    published(mended)
    taken_down(down)
    travel(SEEN)
    assert listed(as_editor) == [_slug(left)]
    saved(work, publication_status="corrected")
    travel(SEEN)
    assert listed(as_editor) == []


def _slug(article: Article) -> str:
    return fresh(article).head_slug

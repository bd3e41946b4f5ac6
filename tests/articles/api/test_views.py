"""GET /api/v1/articles/{slug}?view=: one document in four forms, each with a tag of its own."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.markdown import render
from articles.rendering import views
from articles.rendering.times import rfc3339
from tests.articles.markdown.corpus import ARTICLE, CONSTRUCTS
from tests.articles.markdown.test_round_trip import FRAGMENTS
from tests.builders import a_published_article, a_revision, ago, ahead, an_entry, published
from tests.client import ApiClient
from tests.fastlane.lane import Caller, a_lane

PATH = "/api/v1/articles/sleep"
FORMS = {"html": "html", "blocks": "blocks", "markdown": "markdown"}


def body(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()["body"]
    return found


def ids_of(blocks: list[dict[str, Any]]) -> list[str]:
    return [found for block in blocks for found in (block["id"], *ids_of(block.get("blocks", [])))]


def stored(source: str) -> tuple[bytes, list[dict[str, Any]]]:
    """A document as it is stored, as far as its body goes, and its blocks."""
    blocks = render(source).blocks
    return json.dumps({"body": {"html": "", "blocks": blocks, "outline": []}}).encode(), blocks


@pytest.mark.django_db
def test_each_form_of_the_body_comes_alone_and_the_rest_stays(api: ApiClient) -> None:
    for key in ("lee2019", "kim2021"):
        an_entry("reference", key)
    a_published_article(body_markdown=ARTICLE)
    whole = api.get(PATH)
    kept = {"outline", "word_count", "reading_minutes"}
    tags = {whole["ETag"]}
    for view, form in FORMS.items():
        answer = api.get(PATH, {"view": view})
        assert set(body(answer)) == {form, *kept}
        assert answer.json() | {"body": None} == whole.json() | {"body": None}
        tags.add(answer["ETag"])
        for name in ("Cache-Control", "Cache-Tag", "Last-Modified", "Content-Language", "Link"):
            assert answer[name] == whole[name]
    assert len(tags) == 4
    assert body(api.get(PATH, {"view": "html"}))["html"] == whole.json()["body"]["html"]
    assert body(api.get(PATH, {"view": "blocks"}))["blocks"] == whole.json()["body"]["blocks"]
    assert api.get(PATH, {"view": "full"}).content == whole.content


@pytest.mark.django_db
def test_markdown_reads_back_as_the_published_blocks(api: ApiClient) -> None:
    a_published_article(
        body_markdown="\n\n".join(CONSTRUCTS[name] for name in ("headings", "a table", "quotes"))
    )
    blocks = api.get(PATH).json()["body"]["blocks"]
    source = body(api.get(PATH, {"view": "markdown"}))["markdown"]
    assert render(source, block_ids=ids_of(blocks)).blocks == blocks


@settings(max_examples=100, deadline=None, database=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=15).map("".join))
def test_whatever_was_published_its_markdown_gives_it_again(source: str) -> None:
    document, blocks = stored(source)
    given_ = json.loads(views.in_view(document, document.hex(), "markdown"))
    assert render(given_["body"]["markdown"], block_ids=ids_of(blocks)).blocks == blocks


@pytest.mark.django_db
def test_markdown_holds_nothing_that_readers_do_not_see(api: ApiClient) -> None:
    hidden = (
        "Seen.\n\n<!-- a note for editors -->\n\n[unused]: https://hidden.example\n\n[^unused]: not shown\n"
    )
    a_published_article(body_markdown=hidden)
    answer = api.get(PATH, {"view": "markdown"})
    assert body(answer)["markdown"].startswith("Seen.\n")
    for word in (b"editors", b"hidden.example", b"not shown"):
        assert (word in answer.content) == (word in api.get(PATH, {"view": "html"}).content)
    assert b"hidden.example" not in answer.content


@pytest.mark.django_db
def test_fields_go_with_views_and_an_unknown_one_lists_the_others(api: ApiClient) -> None:
    a_published_article()
    answer = api.get(PATH, {"view": "markdown", "fields": "title,body"})
    assert set(answer.json()) == {"title", "body"}
    assert "markdown" in body(answer)
    assert set(api.get(PATH, {"view": "html", "fields": "title"}).json()) == {"title"}
    for wrong in ({"view": "text"}, {"fields": "title,secret"}):
        refused = api.get(PATH, wrong)
        assert refused.status_code == 400
        assert "markdown" in refused.json()["detail"] or "title" in refused.json()["detail"]


@pytest.mark.django_db
def test_the_past_has_views_too_by_instant_and_by_version(api: ApiClient, travel: Any) -> None:
    article = a_published_article(body_markdown="First words.", since=ago(days=2))
    a_revision(article, body_markdown="Second words.")
    published(article, effective_from=ahead(seconds=2))
    travel(5)
    at = rfc3339(ago(days=1))
    of_instant = api.get(PATH, {"at": at, "view": "markdown"})
    of_version = api.get(f"{PATH}/versions/1", {"view": "markdown"})
    assert of_instant.content == of_version.content
    assert of_instant["ETag"] == of_version["ETag"]
    assert "First words." in body(of_version)["markdown"]
    assert "Second words." in body(api.get(PATH, {"view": "markdown"}))["markdown"]


@pytest.mark.django_db(transaction=True)
def test_views_go_through_the_fast_lane_and_are_304_by_their_own_tags(travel: Any) -> None:
    article = a_published_article(body_markdown="Many words follow here.\n\n" * 90)
    slow, fast = Caller(), Caller(a_lane())
    tags = {}
    for view in views.VIEWS:
        path = f"{PATH}?view={view}"
        for coding in ("", "gzip"):
            expected = slow.get(path, accept_encoding=coding)
            assert [fast.get(path, accept_encoding=coding).content for _ in range(2)] == [
                expected.content
            ] * 2
            tags[view, coding] = expected["ETag"]
            for caller in (slow, fast):
                answer = caller.get(path, accept_encoding=coding, if_none_match=expected["ETag"])
                assert (answer.status_code, answer.content) == (304, b"")
    assert len(set(tags.values())) == 8
    other = slow.get(f"{PATH}?view=html", if_none_match=tags["markdown", ""])
    assert other.status_code == 200
    a_revision(article, body_markdown="Other words.")
    published(article)
    travel(3)
    assert b"Other words." in fast.get(f"{PATH}?view=markdown").content

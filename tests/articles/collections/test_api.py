"""GET, POST, PATCH and DELETE of /api/v1/editorial/collections and of their versions"""

import re
from collections.abc import Callable
from typing import Any

import pytest

from articles.models import CatalogueItem
from tests.articles.api.walking import page, walk
from tests.articles.collections.shelf import DESK, a_collection, saved, titled
from tests.articles.memento.links import rfc3339
from tests.builders import a_published_article, ahead, an_article, an_entry
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
NEW = {"key": "first-steps", "title": {"en": "First steps"}, "summary": {"en": "Where to begin."}}


def patched(client: ApiClient, path: str, changes: dict[str, Any], tag: str) -> Any:
    return client.patch(f"{DESK}/{path}", changes, headers={"if-match": tag})


def test_a_collection_is_added_and_readers_see_it_when_it_is_answered(
    as_editor: ApiClient, api: ApiClient
) -> None:
    article = a_published_article()
    answer = as_editor.post(DESK, NEW | {"articles": [str(article.pk)]})
    body = answer.json()
    assert (answer.status_code, body["key"], body["current"]["number"]) == (201, "first-steps", 1)
    assert as_editor.get(answer["Location"]).json() == body
    assert [card["id"] for card in api.get("/api/v1/collections/first-steps").json()["articles"]] == [
        str(article.pk)
    ]


def test_a_post_that_is_sent_twice_adds_one(as_editor: ApiClient) -> None:
    answers = [as_editor.post(DESK, NEW, headers={"idempotency-key": "one"}) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert CatalogueItem.objects.count() == 1


def test_a_key_that_is_taken_is_409(as_editor: ApiClient) -> None:
    a_collection()
    answer = as_editor.post(DESK, NEW)
    assert (answer.status_code, answer.json()["code"]) == (409, "key_taken")


def test_what_is_scheduled_is_shown_beside_what_is_public(as_editor: ApiClient, api: ApiClient) -> None:
    item, friday = a_collection(), ahead(days=5)
    answer = patched(
        as_editor, str(item.pk), {"title": {"en": "Friday"}, "effective_from": rfc3339(friday)}, item.etag
    )
    body = answer.json()
    assert (answer.status_code, answer["ETag"]) == (200, body["etag"])
    assert (body["current"]["number"], body["newest"]["number"]) == (1, 2)
    assert body["current"]["effective_until"] == rfc3339(friday)
    assert [version["content"]["title"]["en"] for version in body["scheduled"]] == ["Friday"]
    assert body["content"]["title"]["en"] == "First steps"
    assert api.get("/api/v1/collections/first-steps").json()["title"]["en"] == "First steps"


def test_a_patch_without_an_instant_is_public_when_it_is_answered(
    as_editor: ApiClient, api: ApiClient
) -> None:
    item = a_collection()
    answer = patched(as_editor, str(item.pk), {"title": {"fr": "Premiers pas"}}, item.etag)
    assert answer.json()["current"]["number"] == 2
    assert api.get("/api/v1/collections/first-steps").json()["title"] == {
        "en": "First steps",
        "fr": "Premiers pas",
    }


def test_an_end_of_a_locale_is_null(as_editor: ApiClient) -> None:
    """RFC 7396."""
    item = a_collection()
    answer = patched(as_editor, str(item.pk), {"summary": {"en": None}}, item.etag)
    assert answer.json()["content"]["summary"] == {}
    again = patched(as_editor, str(item.pk), {"title": {"en": None}}, answer["ETag"])
    assert (again.status_code, again.json()["errors"][0]["pointer"]) == (422, "/title")


def test_a_version_ahead_is_moved_then_cancelled(as_editor: ApiClient) -> None:
    item = a_collection()
    version = saved(item, titled("Friday"), ahead(days=5)).version
    item.refresh_from_db()
    sunday = rfc3339(ahead(days=7))
    moved = patched(as_editor, f"{item.pk}/versions/{version.number}", {"effective_from": sunday}, item.etag)
    newest = moved.json()["newest"]
    assert (moved.status_code, newest["effective_from"]) == (200, sunday)
    assert newest["content"]["title"]["en"] == "Friday"
    answer = as_editor.delete(newest["href"], headers={"if-match": moved["ETag"]})
    assert answer.status_code == 204
    assert as_editor.get(newest["href"]).status_code == 404
    assert as_editor.get(f"{DESK}/{item.pk}").json()["scheduled"] == []


@pytest.mark.parametrize("method", ["patch", "delete"])
def test_a_version_that_has_begun_is_409(as_editor: ApiClient, method: str) -> None:
    item = a_collection()
    answer = getattr(as_editor, method)(
        f"{DESK}/{item.pk}/versions/1", {"title": {"en": "Late"}}, headers={"if-match": item.etag}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "has_begun")


def test_every_version_is_listed_with_its_state(as_editor: ApiClient) -> None:
    item = a_collection()
    saved(item, titled("Friday"), ahead(days=5))
    found = walk(as_editor, f"{DESK}/{item.pk}/versions?limit=1")
    assert [(version["number"], version["state"]) for version in found] == [(2, "scheduled"), (1, "current")]


def test_collections_are_listed_by_key_and_found_by_words(as_editor: ApiClient) -> None:
    for key in ("beta", "alpha", "gamma"):
        a_collection(key=key)
    assert [item["key"] for item in walk(as_editor, f"{DESK}?limit=1")] == ["alpha", "beta", "gamma"]
    assert [item["key"] for item in page(as_editor, f"{DESK}?q=GAM")["results"]] == ["gamma"]


def test_what_is_retired_is_gone_from_the_lists_when_it_is_answered(
    as_editor: ApiClient, api: ApiClient
) -> None:
    item = a_collection()
    answer = as_editor.delete(f"{DESK}/{item.pk}", headers={"if-match": item.etag})
    assert (answer.status_code, answer.content) == (204, b"")
    assert api.get("/api/v1/collections").json()["results"] == []
    assert api.get("/api/v1/collections/first-steps").status_code == 404
    assert as_editor.get(f"{DESK}/{item.pk}").status_code == 404


def test_an_entry_of_another_kind_is_not_there(as_editor: ApiClient) -> None:
    topic = an_entry("topic", "sleep")
    assert as_editor.get(f"{DESK}/{topic.pk}").status_code == 404


@pytest.mark.parametrize("path", ["", "/versions/2"])
@pytest.mark.parametrize(("tag", "status"), [(None, 428), ('"c1"', 412), ("*", 400)])
def test_a_change_names_the_tag_that_was_read(
    as_editor: ApiClient, path: str, tag: str | None, status: int
) -> None:
    item = a_collection()
    saved(item, titled("Friday"), ahead(days=5))
    headers = {"if-match": tag} if tag else {}
    for method, body in (("patch", {"title": {"en": "Mine"}}), ("delete", None)):
        answer = getattr(as_editor, method)(f"{DESK}/{item.pk}{path}", body, headers=headers)
        assert answer.status_code == status, answer.content


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"title": {}}, "/title", "empty"),
        ({"title": "Words"}, "/title", "not_a_dict"),
        ({"articles": ["no-id"]}, "/articles/0", "invalid"),
        ({"articles": ["01890f5e-0000-7000-8000-000000000000"]}, "/articles/0", "unknown_article"),
        ({"articles": ["01890f5e-0000-7000-8000-000000000000"] * 2}, "/articles/1", "duplicate"),
        ({"articles": [f"01890f5e-0000-7000-8000-{n:012}" for n in range(201)]}, "/articles", "max_length"),
        ({"effective_from": "2030-01-01T00:00:00"}, "/effective_from", "naive"),
        ({"effective_from": "2020-01-01T00:00:00Z"}, "/effective_from", "in_past"),
        ({"colour": "red"}, "/colour", "unknown_field"),
        ({"key": "Not A Slug"}, "/key", "invalid"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(
    as_editor: ApiClient, changes: dict[str, Any], pointer: str, code: str
) -> None:
    answer = as_editor.post(DESK, NEW | changes)
    assert answer.status_code == 422
    assert (pointer, code) in {(error["pointer"], error["code"]) for error in answer.json()["errors"]}
    assert not CatalogueItem.objects.exists()


def test_an_article_that_is_not_public_may_be_named_and_waits(
    as_editor: ApiClient, api: ApiClient, author: Any
) -> None:
    draft = an_article(by=author)
    as_editor.post(DESK, NEW | {"articles": [str(draft.pk)]})
    answer = api.get("/api/v1/collections/first-steps")
    assert answer.json()["articles"] == []
    assert str(draft.pk) not in answer.content.decode() + str(dict(answer.headers))


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [("author", 200, 403), ("reviewer", 200, 403), ("moderator", 200, 403), ("stranger", 403, 403)],
)
def test_who_reads_and_who_writes(request: pytest.FixtureRequest, role: str, reads: int, writes: int) -> None:
    client: ApiClient = request.getfixturevalue(f"as_{role}")
    item = a_collection()
    one, version = f"{DESK}/{item.pk}", f"{DESK}/{item.pk}/versions/1"
    for path in (DESK, one, f"{one}/versions", version):
        assert client.get(path).status_code == reads
    assert client.post(DESK, NEW).status_code == writes
    for path in (one, version):
        assert client.patch(path, {}, headers={"if-match": item.etag}).status_code == writes
        assert client.delete(path, headers={"if-match": item.etag}).status_code == writes


def test_an_editor_schedules_a_version_from_a_page_without_scripts(
    browser_of: Callable[[Any], Any], editor: Any
) -> None:
    item = a_collection()
    browser = browser_of(editor)
    page_of_it = browser.get(f"{DESK}/{item.pk}")
    assert page_of_it.status_code == 200
    form = {
        "_method": "PATCH",
        "_if_match": item.etag,
        "csrfmiddlewaretoken": token_in(page_of_it.content.decode()),
        "title": '{"en": "Friday"}',
        "effective_from": rfc3339(ahead(days=5)),
    }
    answer = browser.post(f"{DESK}/{item.pk}", form)
    assert answer.status_code == 303
    assert item.versions.get(number=2).document["title"] == {"en": "Friday"}


def token_in(html: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    assert found
    return found[1]

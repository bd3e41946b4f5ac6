"""GET, POST, PATCH and DELETE of /api/v1/editorial/topics, people, references, helplines, legal-statuses"""

from typing import Any

import pytest

from articles.models import CatalogueItem
from articles.urls import CATALOGUE
from tests.articles.api.walking import page, walk
from tests.builders import an_entry
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
DESK = "/api/v1/editorial"
NEW: dict[str, dict[str, Any]] = {
    "topics": {"key": "sleep", "title": {"en": "Sleep"}},
    "people": {"key": "ines-halloran", "name": "Ines Halloran"},
    "references": {"key": "kim2021", "csl": {"type": "book", "title": "Sleep"}},
    "helplines": {
        "key": "ca-talk",
        "name": "Talk",
        "country": "CA",
        "channels": [{"type": "phone", "value": "555 0100", "href": "tel:5550100"}],
    },
    "legal-statuses": {
        "key": "ca-psilocybin",
        "substance": "psilocybin",
        "jurisdiction": "CA",
        "status": "controlled",
        "summary": "Listed.",
        "as_of": "2026-01-01",
    },
}
PATHS = pytest.mark.parametrize("path", NEW)


def patched(client: ApiClient, path: str, item: CatalogueItem, changes: dict[str, Any]) -> Any:
    item.refresh_from_db()
    return client.patch(f"{DESK}/{path}/{item.pk}", changes, headers={"if-match": item.etag})


@PATHS
def test_an_entry_is_added_and_readers_see_it_when_it_is_answered(
    as_editor: ApiClient, api: ApiClient, path: str
) -> None:
    answer = as_editor.post(f"{DESK}/{path}", NEW[path])
    body = answer.json()
    assert (answer.status_code, body["key"], body["version"], body["kind"]) == (
        201,
        NEW[path]["key"],
        1,
        CATALOGUE[path],
    )
    assert as_editor.get(answer["Location"]).json() == body
    public = api.get(f"/api/v1/{path}" + ("?country=CA" if path == "helplines" else ""))
    if path != "helplines":  # which shows nobody what no editor has verified
        assert public.json()["results"] == [body["delivered"]]


@PATHS
def test_a_key_that_is_taken_is_409(as_editor: ApiClient, path: str) -> None:
    an_entry(CATALOGUE[path], NEW[path]["key"])
    answer = as_editor.post(f"{DESK}/{path}", NEW[path])
    assert (answer.status_code, answer.json()["code"]) == (409, "key_taken")


@PATHS
def test_entries_are_listed_by_key_and_found_by_words(as_editor: ApiClient, path: str) -> None:
    for key in ("beta", "alpha", "gamma"):
        an_entry(CATALOGUE[path], key)
    assert [item["key"] for item in walk(as_editor, f"{DESK}/{path}?limit=1")] == ["alpha", "beta", "gamma"]
    assert [item["key"] for item in page(as_editor, f"{DESK}/{path}?q=GAM")["results"]] == ["gamma"]


@PATHS
def test_an_entry_of_another_kind_is_404(as_editor: ApiClient, path: str) -> None:
    other = an_entry("topic" if path != "topics" else "person", "other")
    assert as_editor.get(f"{DESK}/{path}/{other.pk}").status_code == 404
    assert as_editor.delete(f"{DESK}/{path}/{other.pk}", headers={"if-match": other.etag}).status_code == 404
    assert patched(as_editor, path, other, {}).status_code == 404


@PATHS
def test_a_patch_of_nothing_makes_no_version(as_editor: ApiClient, path: str) -> None:
    item = an_entry(CATALOGUE[path], "alpha")
    answer = patched(as_editor, path, item, {})
    assert (answer.status_code, answer.json()["version"]) == (200, 1)


def test_a_patch_makes_a_version_that_readers_see_when_it_is_answered(
    as_editor: ApiClient, api: ApiClient
) -> None:
    item = an_entry("person", "ines-halloran")
    answer = patched(as_editor, "people", item, {"bio": "Writes about sleep."})
    assert (answer.status_code, answer.json()["version"], answer["ETag"]) == (200, 2, '"c2"')
    assert api.get("/api/v1/people/ines-halloran").json()["bio"] == "Writes about sleep."
    assert answer.json()["content"]["name"] == "Ines Halloran"


def test_objects_are_merged_member_by_member(as_editor: ApiClient) -> None:
    """RFC 7396: what is not sent stays, and null takes away."""
    item = an_entry("topic", "sleep")
    answer = patched(as_editor, "topics", item, {"title": {"fr": None, "de": "Schlaf"}})
    assert (answer.status_code, answer.json()["content"]["title"]) == (200, {"en": "Sleep", "de": "Schlaf"})


def test_a_work_keeps_what_was_not_sent_of_its_description(as_editor: ApiClient) -> None:
    item = an_entry("reference", "kim2021")
    content = patched(as_editor, "references", item, {"csl": {"DOI": None, "volume": "3"}}).json()["content"]
    assert (content["csl"]["title"], content["csl"]["volume"], "DOI" in content["csl"]) == (
        "Sleep after trauma",
        "3",
        False,
    )


def test_what_a_patch_leaves_must_still_be_an_entry(as_editor: ApiClient) -> None:
    item = an_entry("reference", "kim2021")
    answer = patched(as_editor, "references", item, {"csl": {"title": None}})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/csl")


def test_an_optional_field_is_taken_away_by_null(as_editor: ApiClient) -> None:
    item = an_entry("helpline", "ca-talk", cost="free")
    answer = patched(as_editor, "helplines", item, {"cost": None})
    assert (answer.status_code, "cost" in answer.json()["content"]) == (200, False)


def test_the_key_names_an_entry_for_good(as_editor: ApiClient) -> None:
    item = an_entry("topic", "sleep")
    answer = patched(as_editor, "topics", item, {"key": "rest"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "unknown_field")


def test_what_is_retired_is_gone_from_the_lists_when_it_is_answered(
    as_editor: ApiClient, api: ApiClient
) -> None:
    item = an_entry("topic", "sleep")
    answer = as_editor.delete(f"{DESK}/topics/{item.pk}", headers={"if-match": item.etag})
    assert (answer.status_code, answer.content) == (204, b"")
    assert api.get("/api/v1/topics").json()["results"] == []
    assert as_editor.get(f"{DESK}/topics").json()["results"] == []
    assert as_editor.get(f"{DESK}/topics/{item.pk}").status_code == 404


@pytest.mark.parametrize(
    ("path", "changes", "pointer", "code"),
    [
        ("topics", {"title": {}}, "/title", "empty"),
        ("topics", {"title": "Sleep"}, "/title", "not_a_dict"),
        ("topics", {"title": {"en": ["Sleep"]}}, "/title/en", "invalid"),
        ("topics", {"key": "Not A Key"}, "/key", "invalid"),
        ("people", {"name": ""}, "/name", "blank"),
        ("people", {"roles": ["king"]}, "/roles/0", "invalid_choice"),
        ("references", {"csl": {"title": "x"}}, "/csl", "invalid"),
        ("references", {"publication_status": "fine"}, "/publication_status", "invalid_choice"),
        ("references", {"retraction": {"date": "soon", "summary": "x"}}, "/retraction/date", "invalid"),
        ("helplines", {"channels": []}, "/channels", "empty"),
        (
            "helplines",
            {"channels": [{"type": "phone", "value": "1", "href": "javascript:alert(1)"}]},
            "/channels/0/href",
            "invalid",
        ),
        ("helplines", {"country": "Canada"}, "/country", "invalid"),
        ("helplines", {"hours": {"text": "always", "clock": 1}}, "/hours/clock", "unknown_field"),
        ("legal-statuses", {"jurisdiction": "Canada"}, "/jurisdiction", "invalid"),
        ("legal-statuses", {"as_of": "2026-13-01"}, "/as_of", "invalid"),
        ("legal-statuses", {"source_url": "javascript:alert(1)"}, "/source_url", "invalid"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(
    as_editor: ApiClient, path: str, changes: dict[str, Any], pointer: str, code: str
) -> None:
    answer = as_editor.post(f"{DESK}/{path}", NEW[path] | changes)
    assert answer.status_code == 422
    assert (pointer, code) in {(error["pointer"], error["code"]) for error in answer.json()["errors"]}
    assert not CatalogueItem.objects.exists()


@PATHS
@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [
        ("author", 200, 403),
        ("reviewer", 200, 403),
        ("moderator", 200, 403),
        ("stranger", 403, 403),
    ],
)
def test_who_reads_and_who_writes(
    request: pytest.FixtureRequest, path: str, role: str, reads: int, writes: int
) -> None:
    client: ApiClient = request.getfixturevalue(f"as_{role}")
    item = an_entry(CATALOGUE[path], "alpha")
    assert client.get(f"{DESK}/{path}").status_code == reads
    assert client.get(f"{DESK}/{path}/{item.pk}").status_code == reads
    assert client.post(f"{DESK}/{path}", NEW[path]).status_code == writes
    assert patched(client, path, item, {}).status_code == writes

"""GET /api/v1/topics, /people, /references, /legal-statuses, each whole and entry by entry"""

from collections.abc import Callable
from datetime import datetime

import pytest

from articles import actions
from articles.models import CatalogueItem
from cms import clock
from cms.preconditions import IfMatch
from tests.articles.api.walking import kept_for, page, walk
from tests.builders import SECOND, ago, ahead, an_entry
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
Travel = Callable[[float], datetime]
KINDS = {"topics": "topic", "people": "person", "references": "reference", "legal-statuses": "legal_status"}
LISTS = pytest.mark.parametrize(("path", "kind"), KINDS.items())
DETAILS = pytest.mark.parametrize(("path", "kind"), list(KINDS.items())[:3])


def keys(items: list[dict[str, object]]) -> list[object]:
    return [item.get("slug") or item["key"] for item in items]


def saved(item: CatalogueItem, **content: object) -> None:
    item.refresh_from_db()
    head = item.versions.get(number=item.head_number)
    actions.save_entry(
        item_id=item.pk, content=head.document | content, expected=IfMatch((item.etag,)), by=None
    )


@LISTS
def test_a_list_is_in_the_order_of_its_keys(api: ApiClient, path: str, kind: str) -> None:
    for key in ("beta", "alpha", "gamma"):
        an_entry(kind, key)
    assert keys(page(api, f"/api/v1/{path}")["results"]) == ["alpha", "beta", "gamma"]


@LISTS
def test_a_walk_meets_every_entry_once_and_sees_one_state(
    api: ApiClient, path: str, kind: str, travel: Travel
) -> None:
    for number in range(7):
        an_entry(kind, f"entry-{number}")
    new = iter(range(100))

    def somebody_works() -> None:
        an_entry(kind, f"entry-5-{next(new)}", since=clock.read_instant())
        travel(2)

    found = keys(walk(api, f"/api/v1/{path}?limit=2", between=somebody_works))
    assert found == [f"entry-{number}" for number in range(7)]
    assert len(walk(api, f"/api/v1/{path}?limit=2")) > 7


@LISTS
def test_a_list_at_an_instant_is_what_it_was_then(
    api: ApiClient, path: str, kind: str, travel: Travel
) -> None:
    an_entry(kind, "old", since=ago(days=20))
    new = an_entry(kind, "new", since=ago(days=2))
    then = f"{ago(days=10):%Y-%m-%dT%H:%M:%SZ}"
    assert keys(page(api, f"/api/v1/{path}?at={then}")["results"]) == ["old"]
    before = f"{clock.read_instant():%Y-%m-%dT%H:%M:%SZ}"
    actions.retire_entry(item_id=new.pk, expected=IfMatch((new.etag,)), by=None)
    travel(3)
    assert keys(page(api, f"/api/v1/{path}")["results"]) == ["old"]
    assert keys(page(api, f"/api/v1/{path}?at={before}")["results"]) == ["new", "old"]


@LISTS
def test_an_instant_ahead_of_now_is_refused(api: ApiClient, path: str, kind: str) -> None:
    answer = api.get(f"/api/v1/{path}?at={ahead(seconds=30):%Y-%m-%dT%H:%M:%SZ}")
    assert (answer.status_code, answer.json()["code"]) == (400, "at_in_future")


@LISTS
def test_a_list_says_what_a_cache_needs(api: ApiClient, path: str, kind: str) -> None:
    an_entry(kind, "alpha")
    answer = api.get(f"/api/v1/{path}")
    assert answer["Cache-Control"] == "public, max-age=60, stale-while-revalidate=60"
    assert (answer["Vary"], answer["Access-Control-Allow-Origin"]) == ("Accept-Encoding", "*")
    assert "Set-Cookie" not in answer
    assert api.get(f"/api/v1/{path}", headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert api.head(f"/api/v1/{path}")["ETag"] == answer["ETag"]


@LISTS
def test_no_age_passes_the_second_at_which_a_new_version_begins(api: ApiClient, path: str, kind: str) -> None:
    item = an_entry(kind, "alpha")
    an_entry(kind, "beta", since=ahead(seconds=20))
    assert kept_for(api.get(f"/api/v1/{path}")) <= 20
    saved(item, note="Another.")
    begins = item.versions.get(number=2).effective_from
    assert kept_for(api.get(f"/api/v1/{path}")) <= (begins - clock.now()).total_seconds() + 0.5


@DETAILS
def test_an_entry_is_found_by_its_key_at_any_instant(
    api: ApiClient, path: str, kind: str, travel: Travel
) -> None:
    item = an_entry(kind, "alpha")
    assert api.get(f"/api/v1/{path}/alpha").json()["version"] == 1
    saved(item, bio="Changed.", verification={"status": "verified"}, description={"en": "Changed."})
    second = item.versions.get(number=2).effective_from
    travel(3)
    assert api.get(f"/api/v1/{path}/alpha").json()["version"] == 2
    for instant, version in ((second - SECOND, 1), (second, 2)):
        answer = api.get(f"/api/v1/{path}/alpha?at={instant:%Y-%m-%dT%H:%M:%SZ}")
        assert (answer.json()["version"], answer["X-Robots-Tag"]) == (version, "noindex")


@DETAILS
def test_an_entry_that_is_not_there_is_404(api: ApiClient, path: str, kind: str) -> None:
    an_entry("helpline", "alpha")
    answer = api.get(f"/api/v1/{path}/alpha")
    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")


@DETAILS
def test_an_entry_names_its_cache_tag(api: ApiClient, path: str, kind: str) -> None:
    item = an_entry(kind, "alpha")
    answer = api.get(f"/api/v1/{path}/alpha")
    assert answer["Cache-Tag"] == f"{kind}-{item.pk}"
    assert kept_for(answer) == 120


@pytest.mark.parametrize("path", [f"{path}{part}" for path in list(KINDS)[:3] for part in ("", "/alpha")])
def test_an_unknown_parameter_is_refused(api: ApiClient, path: str) -> None:
    answer = api.get(f"/api/v1/{path}?colour=red")
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_parameter")


def test_a_person_shows_no_more_than_their_public_side(api: ApiClient) -> None:
    an_entry("person", "ines-halloran", email="planted@staff.example", internal="planted")
    assert b"planted" not in api.get("/api/v1/people/ines-halloran").content


def test_a_cursor_of_another_kind_is_none_of_this_lists(api: ApiClient) -> None:
    for key in ("day", "night"):
        an_entry("topic", key)
        an_entry("person", key)
    theirs = api.get("/api/v1/topics?limit=1").json()["next"].partition("?")[2]
    assert api.get(f"/api/v1/topics?{theirs}").status_code == 200
    refused = api.get(f"/api/v1/people?{theirs}")
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_cursor")

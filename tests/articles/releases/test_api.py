"""Releases over the API: shapes, conditions, who may, what a reader is told of them (nothing but the change)."""

from typing import Any

import pytest

from articles.models import Release
from cms.ids import uuid7
from cms.models import User
from tests.articles.releases.acts import a_draft_and_a_better_one, a_release, now_of, publishing, scheduled
from tests.builders import ahead, an_article, fresh, taken_down
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
RELEASES = "/api/v1/editorial/releases"
FAR_AHEAD = "2100-01-01T00:00:00Z"


def as_sent(*items: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**item, "article": str(item["article"])} for item in items]


def test_from_a_draft_to_cancelled_by_the_tags_that_are_answered(as_editor: ApiClient) -> None:
    first, second = a_draft_and_a_better_one()
    body = {"name": "Spring", "note": "For the team.", "items": as_sent(publishing(first))}
    made = as_editor.post(RELEASES, body)
    assert made.status_code == 201
    assert (made["ETag"], made.json()["state"]) == ('"l1"', "draft")
    at = made["Location"]
    items = as_sent(publishing(first), {"article": second.pk, "verb": "withdraw", "explanation": "Outdated."})
    saved = as_editor.patch(at, {"items": items}, headers={"if-match": made["ETag"]})
    assert [item["verb"] for item in saved.json()["items"]] == ["publish", "withdraw"]
    looked = as_editor.get(f"{at}/dry-run?at={FAR_AHEAD}")
    assert (looked.json()["ready"], looked.json()["at"]) == (True, FAR_AHEAD)
    assert [effect["after"]["state"] for effect in looked.json()["effects"]] == ["live", "withdrawn"]
    begun = as_editor.post(
        f"{at}/schedule", {"effective_from": FAR_AHEAD}, headers={"if-match": saved["ETag"]}
    )
    assert (begun.status_code, begun.json()["state"]) == (201, "scheduled")
    assert all(item["publication"] for item in begun.json()["items"])
    ended = as_editor.post(f"{at}/cancel", {}, headers={"if-match": begun["ETag"]})
    assert (ended.status_code, ended.json()["state"]) == (201, "cancelled")
    assert as_editor.get(at)["ETag"] == ended["ETag"]


def test_what_begins_now_is_public_when_it_is_answered_and_can_be_rolled_back(
    as_editor: ApiClient, api: ApiClient
) -> None:
    first, second = a_draft_and_a_better_one()
    release = a_release(publishing(first), publishing(second))
    begun = as_editor.post(f"{RELEASES}/{release.pk}/schedule", {}, headers={"if-match": release.etag})
    assert begun.json()["state"] == "released"
    assert api.get("/api/v1/articles/grief").status_code == 200
    assert api.get("/api/v1/articles/sleep").json()["title"] == "Better sleep"
    undone = as_editor.post(
        f"{RELEASES}/{release.pk}/rollback", {"name": "Winter"}, headers={"if-match": begun["ETag"]}
    )
    assert undone.status_code == 201
    assert undone.json()["rolls_back"] == str(release.pk)
    assert undone["Location"].endswith(undone.json()["id"])
    assert api.get("/api/v1/articles/grief").status_code == 410
    assert as_editor.get(f"{RELEASES}/{release.pk}").json()["rolled_back_by"] == undone.json()["id"]


def test_a_refusal_carries_the_whole_list(as_editor: ApiClient) -> None:
    draft, other = an_article(), an_article(slug="rest")
    items = [{"article": draft.pk, "verb": "unpublish"}, publishing(other, 9)]
    release = a_release(*items)
    answer = as_editor.post(
        f"{RELEASES}/{release.pk}/schedule",
        {"effective_from": FAR_AHEAD},
        headers={"if-match": release.etag},
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "release_invalid")
    assert [problem["code"] for problem in answer.json()["problems"]] == ["not_public", "unknown_revision"]


def test_a_member_cannot_be_cancelled_alone(as_editor: ApiClient) -> None:
    article = an_article()
    release = a_release(publishing(article))
    row = scheduled(release, effective_from=ahead(days=1)).release.items.get().publication_id
    answer = as_editor.delete(
        f"/api/v1/editorial/articles/{article.pk}/publications/{row}",
        headers={"if-match": fresh(article).etag},
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "in_release")
    assert answer.json()["release"] == str(release.pk)


def test_the_list_is_by_state_newest_first_and_tells_an_owner_why(as_editor: ApiClient, editor: User) -> None:
    article, cancelled_one = an_article(slug="a"), a_draft_and_a_better_one()[1]
    drafted = a_release(publishing(article), by=editor)
    lost = a_release(publishing(cancelled_one), name="Lost", by=editor)
    scheduled(lost, effective_from=ahead(days=1))
    taken_down(cancelled_one)
    kept = a_release(publishing(article), name="Kept")
    scheduled(kept, effective_from=ahead(days=1))
    named = {
        state: [found["id"] for found in as_editor.get(f"{RELEASES}?state={state}").json()["results"]]
        for state in ("draft", "scheduled", "released", "cancelled")
    }
    assert named == {
        "draft": [str(drafted.pk)],
        "scheduled": [str(kept.pk)],
        "released": [],
        "cancelled": [str(lost.pk)],
    }
    mine = as_editor.get(f"{RELEASES}?mine=true&state=cancelled").json()["results"]
    assert [notice["code"] for notice in mine[0]["notices"]] == ["article_unpublished"]
    pages = as_editor.get(f"{RELEASES}?limit=2").json()
    assert [found["id"] for found in pages["results"]] == [str(kept.pk), str(lost.pk)]
    assert pages["next"]


@pytest.mark.parametrize(
    ("item", "pointer"),
    [
        ({"verb": "publish"}, "/items/0/revision"),
        ({"verb": "withdraw"}, "/items/0/explanation"),
        ({"verb": "unpublish", "revision": 1}, "/items/0/revision"),
        ({"verb": "unpublish", "change_note": "New."}, "/items/0/change_note"),
        ({"verb": "archive"}, "/items/0/verb"),
        ({"verb": "unpublish", "when": "now"}, "/items/0/when"),
        ({"verb": "publish", "revision": 0}, "/items/0/revision"),
    ],
)
def test_an_item_that_makes_no_sense_is_refused_by_its_place(
    as_editor: ApiClient, item: dict[str, Any], pointer: str
) -> None:
    body = {"name": "Spring", "items": [{"article": str(an_article().pk), **item}]}
    answer = as_editor.post(RELEASES, body)
    assert answer.status_code == 422
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]
    assert not Release.objects.exists()


def test_every_write_needs_the_tag_that_was_read_last(as_editor: ApiClient) -> None:
    release = a_release(publishing(an_article()))
    at = f"{RELEASES}/{release.pk}"
    for method, path in (("patch", at), ("delete", at), *(("post", f"{at}/{v}") for v in VERBS)):
        send = getattr(as_editor, method)
        assert send(path, {}).status_code == 428
        assert send(path, {}, headers={"if-match": '"l9"'}).status_code == 412
        assert send(path, {}, headers={"if-match": "*"}).status_code == 400
    assert as_editor.patch(at, {"name": "B"}, headers={"if-match": f"W/{release.etag}"}).status_code == 200
    assert now_of(release).name == "B"


VERBS = ("schedule", "cancel", "rollback")


def test_one_key_makes_one_release(as_editor: ApiClient) -> None:
    answers = [
        as_editor.post(RELEASES, {"name": "Once"}, headers={"idempotency-key": "one"}) for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert Release.objects.count() == 1


def test_authors_do_not_see_releases_and_reviewers_only_look(
    as_author: ApiClient, as_reviewer: ApiClient
) -> None:
    release = a_release(publishing(an_article()))
    at = f"{RELEASES}/{release.pk}"
    assert [as_author.get(path).status_code for path in (RELEASES, at, f"{at}/dry-run")] == [403] * 3
    assert [as_reviewer.get(path).status_code for path in (RELEASES, at, f"{at}/dry-run")] == [200] * 3
    assert as_reviewer.post(RELEASES, {"name": "Mine"}).status_code == 403


def test_what_is_not_there_is_404(as_editor: ApiClient) -> None:
    at = f"{RELEASES}/{uuid7()}"
    assert as_editor.get(at).status_code == 404
    assert as_editor.post(f"{at}/schedule", {}, headers={"if-match": '"l1"'}).status_code == 404


def test_readers_are_told_nothing_before_it_begins(as_editor: ApiClient, api: ApiClient) -> None:
    first, _ = a_draft_and_a_better_one()
    scheduled(a_release(publishing(first), name="Secret plan"), effective_from=ahead(days=1))
    answers = [api.get(path) for path in ("/api/v1/articles", "/api/v1/articles/sleep/versions")]
    assert all("Secret plan" not in answer.content.decode() for answer in answers)
    assert all("grief" not in answer.content.decode() for answer in answers)
    assert api.get("/api/v1/articles/grief").status_code == 404

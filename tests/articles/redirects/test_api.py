"""GET, POST, PATCH and DELETE of /api/v1/editorial/redirects"""

from typing import Any

import pytest

from articles.models import Redirect
from cms import changes, clock
from cms.models import AuditEntry, Change, User
from tests.articles.api.walking import walk
from tests.builders import a_published_article, a_redirect, an_article
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
DESK = "/api/v1/editorial/redirects"


def patched(client: ApiClient, row: Redirect, changes_: dict[str, Any], tag: str | None = None) -> Any:
    row.refresh_from_db()
    return client.patch(f"{DESK}/{row.pk}", changes_, headers={"if-match": tag or row.etag})


def test_a_redirect_is_made_and_readers_follow_it_when_it_is_answered(
    as_editor: ApiClient, api: ApiClient, editor: User
) -> None:
    article = a_published_article()
    answer = as_editor.post(DESK, {"path": "/2019/caf%C3%A9/", "article": str(article.pk)})
    body = answer.json()
    assert (answer.status_code, body["path"], body["target"], answer["ETag"]) == (
        201,
        "/2019/café",
        "",
        '"d1"',
    )
    assert body["created_by"]["username"] == editor.username
    kept = {name: value for name, value in body.items() if name != "warnings"}
    assert as_editor.get(answer["Location"]).json() == kept
    assert api.get("/api/v1/resolve?path=/2019/caf%C3%A9").json()["article"] == str(article.pk)


def test_a_post_that_is_sent_twice_makes_one(as_editor: ApiClient) -> None:
    body = {"path": "/old", "target": "/new"}
    answers = [as_editor.post(DESK, body, headers={"idempotency-key": "one"}) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert Redirect.objects.count() == 1


def test_a_redirect_behind_live_content_is_made_with_a_warning(as_editor: ApiClient) -> None:
    a_published_article()
    answer = as_editor.post(DESK, {"path": "/api/v1/articles/sleep", "target": "/new"})
    assert (answer.status_code, len(answer.json()["warnings"])) == (201, 1)


def test_a_path_has_one_redirect(as_editor: ApiClient) -> None:
    a_redirect("/old", "/new")
    other = a_redirect("/other", "/new")
    for answer in (
        as_editor.post(DESK, {"path": "/old/", "target": "/newer"}),
        patched(as_editor, other, {"path": "/old"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "path_taken")


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"target": "/new"}, "/path", "required"),
        ({"path": "/old"}, "/target", "invalid"),
        (
            {"path": "/old", "target": "/new", "article": "01890f5e-0000-7000-8000-000000000000"},
            "/target",
            "invalid",
        ),
        ({"path": "/old", "target": "/old/"}, "/target", "invalid"),
        ({"path": "/old", "target": "https://other.example/"}, "/target", "invalid_path"),
        ({"path": "/old", "target": "//other.example/"}, "/target", "invalid_path"),
        ({"path": "/old", "target": "/\\other.example/"}, "/target", "invalid_path"),
        ({"path": "old", "target": "/new"}, "/path", "invalid_path"),
        ({"path": "/old", "article": "01890f5e-0000-7000-8000-000000000000"}, "/article", "unknown_article"),
        ({"path": "/old", "target": "/new", "status": 301}, "/status", "unknown_field"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(
    as_editor: ApiClient, body: dict[str, Any], pointer: str, code: str
) -> None:
    answer = as_editor.post(DESK, body)
    assert answer.status_code == 422
    assert (pointer, code) in {(error["pointer"], error["code"]) for error in answer.json()["errors"]}
    assert not Redirect.objects.exists()


def test_a_circle_is_refused(as_editor: ApiClient) -> None:
    a_redirect("/a", "/b")
    last = a_redirect("/b", "/c")
    for answer in (
        as_editor.post(DESK, {"path": "/c", "target": "/a"}),
        patched(as_editor, last, {"target": "/a"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "redirect_loop")
    last.refresh_from_db()
    assert (last.target, Redirect.objects.count()) == ("/c", 2)


@pytest.mark.parametrize("order", [1, -1])
def test_a_chain_is_short_from_whichever_end_it_is_made(as_editor: ApiClient, order: int) -> None:
    numbers = list(range(6))[::order]
    answers = [as_editor.post(DESK, {"path": f"/{n}", "target": f"/{n + 1}"}) for n in numbers]
    assert [answer.status_code for answer in answers] == [201] * 5 + [409]


def test_a_target_takes_the_place_of_an_article_and_the_reverse(as_editor: ApiClient) -> None:
    article = an_article()
    row = a_redirect("/old", "/new")
    answer = patched(as_editor, row, {"article": str(article.pk)})
    assert (answer.json()["article"], answer.json()["target"], answer["ETag"]) == (
        str(article.pk),
        "",
        '"d2"',
    )
    answer = patched(as_editor, row, {"target": "/newer"})
    assert (answer.json()["article"], answer.json()["target"]) == (None, "/newer")


def test_a_patch_of_nothing_changes_nothing(as_editor: ApiClient) -> None:
    row = a_redirect("/old", "/new")
    answer = patched(as_editor, row, {})
    assert (answer.status_code, answer["ETag"]) == (200, '"d1"')


@pytest.mark.parametrize(("tag", "status"), [("", 428), ('"d7"', 412), ("*", 400), ('W/"d1"', 200)])
def test_a_change_names_the_tag_that_was_read(as_editor: ApiClient, tag: str, status: int) -> None:
    row = a_redirect("/old", "/new")
    headers = {"if-match": tag} if tag else {}
    assert as_editor.patch(f"{DESK}/{row.pk}", {"target": "/newer"}, headers=headers).status_code == status
    if status != 200:
        assert as_editor.delete(f"{DESK}/{row.pk}", headers=headers).status_code == status


def test_a_deleted_redirect_leads_nowhere_when_it_is_answered(as_editor: ApiClient, api: ApiClient) -> None:
    row = a_redirect("/old", "/new")
    answer = as_editor.delete(f"{DESK}/{row.pk}", headers={"if-match": row.etag})
    assert answer.status_code == 204
    assert as_editor.get(f"{DESK}/{row.pk}").status_code == 404
    assert api.get("/api/v1/resolve?path=/old").json()["status"] == 404


def test_redirects_are_listed_by_path_and_found_by_how_it_begins(as_editor: ApiClient) -> None:
    for path in ("/b/2", "/a", "/b/1"):
        a_redirect(path, "/new")
    assert [row["path"] for row in walk(as_editor, f"{DESK}?limit=1")] == ["/a", "/b/1", "/b/2"]
    assert [row["path"] for row in walk(as_editor, f"{DESK}?q=/b/")] == ["/b/1", "/b/2"]


def test_every_write_is_in_the_audit_and_in_the_log(as_editor: ApiClient, travel: Any) -> None:
    made = as_editor.post(DESK, {"path": "/old", "target": "/new"}).json()
    row = Redirect.objects.get(pk=made["id"])
    patched(as_editor, row, {"target": "/newer"})
    row.refresh_from_db()
    as_editor.delete(f"{DESK}/{row.pk}", headers={"if-match": row.etag})
    verbs = AuditEntry.objects.filter(subject=row.pk).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["redirect.create", "redirect.change", "redirect.delete"]
    travel(2)
    changes.settle(clock.read_instant())
    told = Change.objects.filter(subject=row.pk).values_list("type", "cache_tags")
    assert list(told) == [("catalogue.changed", ["redirects"])] * 3


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [("author", 200, 403), ("reviewer", 200, 403), ("moderator", 200, 403), ("stranger", 403, 403)],
)
def test_who_reads_and_who_writes(request: pytest.FixtureRequest, role: str, reads: int, writes: int) -> None:
    client: ApiClient = request.getfixturevalue(f"as_{role}")
    row = a_redirect("/old", "/new")
    assert client.get(DESK).status_code == reads
    assert client.get(f"{DESK}/{row.pk}").status_code == reads
    assert client.post(DESK, {"path": "/a", "target": "/b"}).status_code == writes
    assert patched(client, row, {"target": "/newer"}).status_code == writes
    assert client.delete(f"{DESK}/{row.pk}", headers={"if-match": row.etag}).status_code == writes

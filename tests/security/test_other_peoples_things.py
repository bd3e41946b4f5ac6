"""A curious author, a narrowed token, an id under the wrong parent: what is not one's own is not there."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import Group

from articles.models import Article, Publication
from cms.ids import uuid7
from cms.models import ApiToken, User
from comments.models import Comment
from tests.builders import (
    a_published_article,
    a_revision,
    ahead,
    an_article,
    an_entry,
    fresh,
    published,
    rows,
)
from tests.client import ApiClient
from tests.comments.forms import filled
from tests.comments.people import form
from tests.security.rows import contents

pytestmark = pytest.mark.django_db

DESK = "/api/v1/editorial/articles"


@pytest.fixture
def hidden(author: User) -> Article:
    """A draft of the first author, and with a scheduled publication."""
    article = an_article(by=author, slug="hidden")
    published(article, effective_from=ahead(hours=1))
    return fresh(article)


def new(**changes: Any) -> dict[str, Any]:
    return {"title": "Mine", "slug": "mine", "summary": "S.", "body_markdown": "B."} | changes


def without_ids(response: Any) -> Any:
    problem = response.json()
    return {name: value for name, value in problem.items() if name not in ("request_id", "instance")}


@pytest.mark.parametrize(
    ("method", "beneath", "body"),
    [
        ("GET", "", None),
        ("PATCH", "", {"title": "Taken"}),
        ("DELETE", "", None),
        ("GET", "/revisions", None),
        ("GET", "/revisions/1", None),
        ("GET", "/timeline", None),
        ("GET", "/checks", None),
        ("GET", "/reviews", None),
        ("GET", "/publications", None),
        ("POST", "/review-requests", {"revision": 1}),
    ],
)
def test_another_authors_draft_is_as_one_that_never_was(
    as_author2: ApiClient, hidden: Article, method: str, beneath: str, body: Any
) -> None:
    before = contents()
    headers = {"If-Match": hidden.etag}
    answers = [
        without_ids(
            as_author2.generic(
                method, f"{DESK}/{id_}{beneath}", _json(body), "application/json", headers=headers
            )
        )
        for id_ in (hidden.pk, uuid7())
    ]
    assert answers[0] == answers[1]
    assert answers[0]["status"] == 404
    assert contents() == before


def _json(body: Any) -> str:
    return "" if body is None else json.dumps(body)


def test_an_author_does_what_authors_may_and_no_more(as_author: ApiClient, hidden: Article) -> None:
    before, headers = contents(), {"If-Match": hidden.etag}
    (row,) = rows(hidden)
    for method, beneath, body in (
        ("post", "publications", {"revision": 1}),
        ("post", "reviews", {"revision": 1, "decision": "approve"}),
        ("post", "take-down", {"how": "unpublish"}),
        ("patch", f"publications/{row.pk}", {"effective_from": "2100-01-01T00:00:00Z"}),
        ("delete", f"publications/{row.pk}", None),
    ):
        answer = getattr(as_author, method)(f"{DESK}/{hidden.pk}/{beneath}", body, headers=headers)
        assert answer.status_code == 403, beneath
    for noun in ("topics", "people", "references", "helplines", "legal-statuses"):
        assert as_author.post(f"/api/v1/editorial/{noun}", {"key": "a"}).status_code == 403
    for place in ("comments", "audit"):
        assert as_author.get(f"/api/v1/editorial/{place}").status_code == 403
    assert contents() == before


def test_no_text_can_be_tied_to_an_article_that_its_author_may_not_know_of(
    as_author2: ApiClient, hidden: Article
) -> None:
    nowhere = str(uuid7())
    for name, wrap in (("translation_of", str), ("related", lambda id_: [id_])):
        answers = [
            without_ids(as_author2.post(DESK, new(locale="fr", **{name: wrap(id_)})))
            for id_ in (str(hidden.pk), nowhere)
        ]
        assert answers[0] == answers[1]
        assert answers[0]["status"] == 422
    assert Article.objects.count() == 1


def test_a_text_may_name_what_anybody_can_read_and_keeps_what_an_editor_named(
    as_author2: ApiClient, as_editor: ApiClient, hidden: Article
) -> None:
    public = a_published_article(slug="public")
    made = as_author2.post(DESK, new(related=[str(public.pk)]))
    assert made.status_code == 201
    place, etag = made.headers["Location"], made.headers["ETag"]
    both = [str(public.pk), str(hidden.pk)]
    etag = as_editor.patch(place, {"related": both}, headers={"If-Match": etag}).headers["ETag"]
    saved = as_author2.patch(place, {"title": "Better"}, headers={"If-Match": etag})
    assert saved.status_code == 200
    assert saved.json()["content"]["related"] == both


def test_a_publication_is_found_under_its_own_article_only(as_editor: ApiClient, hidden: Article) -> None:
    other = an_article(slug="other")
    (row,) = rows(hidden)
    for parent, tag in ((other, fresh(other).etag), (other, hidden.etag)):
        path = f"{DESK}/{parent.pk}/publications/{row.pk}"
        for method, body in (("patch", {"effective_until": None}), ("delete", None)):
            answer = getattr(as_editor, method)(path, body, headers={"If-Match": tag})
            assert answer.status_code in (404, 412)
    assert Publication.objects.filter(pk=row.pk).exists()


def test_a_revision_is_found_under_its_own_article_only(as_editor: ApiClient, hidden: Article) -> None:
    other = an_article(slug="other")
    a_revision(hidden, title="Second")
    assert as_editor.get(f"{DESK}/{other.pk}/revisions/2").status_code == 404
    assert as_editor.get(f"{DESK}/{other.pk}/checks?revision=2").status_code == 404
    for beneath, body in (("publications", {"revision": 2}), ("review-requests", {"revision": 2})):
        answer = as_editor.post(f"{DESK}/{other.pk}/{beneath}", body, headers={"If-Match": fresh(other).etag})
        assert answer.status_code in (404, 409), beneath


def test_an_entry_is_found_under_its_own_kind_only(as_editor: ApiClient) -> None:
    topic = an_entry("topic", "sleep")
    for noun in ("people", "references", "helplines", "legal-statuses"):
        path = f"/api/v1/editorial/{noun}/{topic.pk}"
        assert as_editor.get(path).status_code == 404
        assert as_editor.delete(path, headers={"If-Match": topic.etag}).status_code == 404
    assert as_editor.get(f"/api/v1/editorial/topics/{topic.pk}").status_code == 200


def test_a_reply_belongs_under_a_reply_of_the_same_article(api: ApiClient) -> None:
    one = a_published_article(slug="one", comments_policy="publish")
    a_published_article(slug="two", comments_policy="publish")
    parent = api.post(f"/api/v1/articles/{one.pk}/comments", filled(one)).json()["id"]
    answer = api.post("/api/v1/articles/two/comments", form(parent=parent))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/parent"
    assert api.get(f"/api/v1/articles/two/comments?parent={parent}").status_code == 404
    assert api.get(f"/api/v1/articles/two/comments?around={parent}").status_code == 404
    assert Comment.objects.count() == 1


def test_a_parent_that_is_held_is_as_one_that_never_was(api: ApiClient) -> None:
    article = a_published_article(slug="one", comments_policy="hold")
    held = api.post(f"/api/v1/articles/{article.pk}/comments", form()).json()["id"]
    answers = [
        without_ids(api.post("/api/v1/articles/one/comments", form(parent=id_)))
        for id_ in (held, str(uuid7()))
    ]
    assert answers[0] == answers[1]
    assert answers[0]["status"] == 422


def test_one_replys_token_opens_no_other(api: ApiClient) -> None:
    one = a_published_article(slug="one", comments_policy="publish")
    mine, theirs = (api.post("/api/v1/articles/one/comments", filled(one)).json() for _ in range(2))
    as_me = ApiClient(token=mine["author_token"])
    other, nowhere = f"/api/v1/my/comments/{theirs['id']}", f"/api/v1/my/comments/{uuid7()}"
    for method, body in (("get", None), ("patch", {"text": "Mine now."}), ("delete", None)):
        answers = [
            without_ids(getattr(as_me, method)(path, body, headers={"If-Match": '"v1-1"'}))
            for path in (other, nowhere)
        ]
        assert answers[0] == answers[1]
        assert answers[0]["status"] == 404
    assert Comment.objects.get(pk=theirs["id"]).state == "published"


def test_an_authors_token_opens_nothing_else(api: ApiClient, as_editor: ApiClient) -> None:
    a_published_article(slug="one", comments_policy="publish")
    made = api.post("/api/v1/articles/one/comments", form()).json()
    own = f"/api/v1/my/comments/{made['id']}"
    as_reader = ApiClient(token=made["author_token"])
    for place in ("me", "articles", "comments", f"comments/{made['id']}", "tokens"):
        assert as_reader.get(f"/api/v1/editorial/{place}").status_code == 401
    assert as_editor.get(own).status_code == 401
    for where in ("author_token", "token", "access_token", "authorization"):
        assert api.get(f"{own}?{where}={made['author_token']}").status_code in (400, 401)
    deleted = [as_reader.delete(own).status_code for _ in range(2)]
    assert deleted == [204, 204]
    assert as_reader.patch(own, {"text": "Back."}, headers={"If-Match": "*"}).status_code == 400


SCOPES = {
    "articles:read": {
        f"GET {DESK}",
        "GET /api/v1/editorial/topics",
        "POST /api/v1/editorial/preview-markdown",
    },
    "articles:write": {f"POST {DESK}"},
    "catalogue:write": {"POST /api/v1/editorial/topics"},
    "comments:moderate": {"GET /api/v1/editorial/comments"},
    "comments:answer": set(),
    "comments:relay": set(),
}
CALLS: dict[str, Any] = {
    f"GET {DESK}": None,
    f"POST {DESK}": {"title": "T"},
    "GET /api/v1/editorial/topics": None,
    "POST /api/v1/editorial/topics": {"key": "grief", "title": {"en": "Grief"}},
    "POST /api/v1/editorial/preview-markdown": {"body_markdown": "B"},
    "GET /api/v1/editorial/comments": None,
    "GET /api/v1/editorial/audit": None,
    "GET /api/v1/editorial/tokens": None,
    "POST /api/v1/editorial/tokens": {"name": "more"},
}


@pytest.mark.parametrize("scope", SCOPES)
def test_a_narrowed_token_does_what_it_names_and_nothing_else(
    speaking_for: Any, administrator: User, scope: str
) -> None:
    client = speaking_for(administrator, scope)
    for call, body in CALLS.items():
        method, path = call.split()
        answer = getattr(client, method.lower())(path, body)
        assert (answer.status_code < 300) is (call in SCOPES[scope]), f"{scope}: {call} {answer.status_code}"
        assert answer.status_code < 300 or answer.status_code == 403


def test_a_scope_gives_nothing_that_the_role_does_not(speaking_for: Any, author: User) -> None:
    client = speaking_for(author, "comments:moderate", "catalogue:write", "articles:write")
    assert client.get("/api/v1/editorial/comments").status_code == 403
    assert client.post("/api/v1/editorial/topics", {"key": "a", "title": {"en": "A"}}).status_code == 403


def test_losing_a_role_or_the_account_ends_what_it_allowed_at_once(
    as_editor: ApiClient, browser_of: Any, editor: User, hidden: Article
) -> None:
    browser = browser_of(editor)
    assert as_editor.get(f"{DESK}/{hidden.pk}").status_code == 200
    editor.groups.remove(Group.objects.get(name="editor"))
    assert as_editor.get(f"{DESK}/{hidden.pk}").status_code == 403
    assert browser.get(f"{DESK}/{hidden.pk}").status_code == 403
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert as_editor.get("/api/v1/editorial/me").status_code == 401
    assert browser.get("/api/v1/editorial/me").status_code == 401


def test_a_new_password_ends_sessions(browser_of: Any, editor: User) -> None:
    editor.set_password("a-first-password-of-theirs")
    editor.save()
    browser = browser_of(editor)
    assert browser.get("/api/v1/editorial/me").status_code == 200
    editor.set_password("another-password-of-theirs")
    editor.save()
    assert browser.get("/api/v1/editorial/me").status_code == 401


def test_an_id_of_another_kind_is_nothing(as_administrator: ApiClient, hidden: Article, author: User) -> None:
    token = ApiToken.objects.create(user=author, name="old")[0]
    for id_ in (hidden.pk, author.pk, token.id, UUID(int=0)):
        for place in ("comments", "topics", "tokens", "people"):
            assert as_administrator.get(f"/api/v1/editorial/{place}/{id_}").status_code == 404

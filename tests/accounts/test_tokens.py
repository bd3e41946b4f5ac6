"""Tokens for programs: made with a password or a session, shown once, narrowed, ended at once, one's own."""

import base64
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from cms import clock
from cms.models import ApiToken, AuditEntry, User
from tests.client import ApiClient

TOKENS = "/api/v1/editorial/tokens"
ME = "/api/v1/editorial/me"
PASSWORD = "correct horse battery"
Speaking = Callable[..., ApiClient]
pytestmark = pytest.mark.django_db


def by_password(name: str, password: str) -> ApiClient:
    client = ApiClient()
    client.credentials(HTTP_AUTHORIZATION="Basic " + base64.b64encode(f"{name}:{password}".encode()).decode())
    return client


@pytest.fixture
def with_password(editor: User) -> ApiClient:
    editor.set_password(PASSWORD)
    editor.save()
    return by_password("editor", PASSWORD)


@pytest.fixture
def made(with_password: ApiClient) -> dict[str, Any]:
    response: Any = with_password.post(TOKENS, {"name": "A build"})
    assert response.status_code == 201
    return response.json()


def test_a_password_makes_a_token_that_works(made: dict[str, Any], editor: User) -> None:
    answer: Any = ApiClient(token=made["token"]).get(ME)
    assert answer.status_code == 200
    assert answer.json()["username"] == "editor"


def test_the_secret_is_shown_once_and_stored_as_a_digest(made: dict[str, Any]) -> None:
    listed: Any = ApiClient(token=made["token"]).get(TOKENS)
    assert made["token"] not in listed.content.decode()
    assert "digest" not in listed.content.decode()
    stored = ApiToken.objects.get()
    assert made["token"] not in [getattr(stored, field.attname) for field in ApiToken._meta.concrete_fields]


def test_the_answer_says_where_the_token_is(with_password: ApiClient) -> None:
    response: Any = with_password.post(TOKENS, {"name": "A build"})
    assert response.headers["Location"] == f"{TOKENS}/{response.json()['id']}"
    assert response.headers["Cache-Control"] == "no-store"


def test_a_repeated_key_gets_the_same_token_again(with_password: ApiClient) -> None:
    first, second = (
        with_password.post(TOKENS, {"name": "A build"}, headers={"idempotency-key": "one"}) for _ in range(2)
    )
    assert first.json() == second.json()
    assert second.headers["Idempotent-Replayed"] == "true"
    assert ApiToken.objects.count() == 1


def test_a_token_lives_as_long_as_was_asked_and_no_longer(
    with_password: ApiClient, travel: Callable[[float], datetime]
) -> None:
    made: Any = with_password.post(TOKENS, {"name": "Short", "expires_in": 60})
    client = ApiClient(token=made.json()["token"])
    assert client.get(ME).status_code == 200
    travel(61)
    assert client.get(ME).status_code == 401


def test_a_token_cannot_make_another(made: dict[str, Any]) -> None:
    response: Any = ApiClient(token=made["token"]).post(TOKENS, {"name": "Child"})
    assert response.status_code == 403
    assert response.json()["code"] == "not_allowed"


def test_a_password_opens_nothing_but_the_making_of_tokens(with_password: ApiClient) -> None:
    assert with_password.get(TOKENS).status_code == 401
    assert with_password.get(ME).status_code == 401


@pytest.mark.parametrize(("name", "password"), [("editor", "wrong"), ("nobody-here", "wrong"), ("", "")])
def test_wrong_names_and_passwords_get_the_same_answer(
    with_password: ApiClient, name: str, password: str
) -> None:
    response: Any = by_password(name, password).post(TOKENS, {"name": "A build"})
    assert response.status_code == 401
    assert response.json()["code"] == "authentication_failed"
    assert (
        response.json()["detail"] == by_password("editor", "x").post(TOKENS, {"name": "A"}).json()["detail"]
    )


def test_too_many_wrong_passwords_are_stopped(with_password: ApiClient) -> None:
    client = by_password("editor", "wrong")
    answers = [client.post(TOKENS, {"name": "A"}).status_code for _ in range(settings.AXES_FAILURE_LIMIT + 1)]
    assert answers[-1] == 429
    assert with_password.post(TOKENS, {"name": "A"}).status_code == 429


def test_nobody_makes_no_token(api: ApiClient) -> None:
    assert api.post(TOKENS, {"name": "A"}).status_code == 401


def test_somebody_without_a_role_makes_no_token(as_stranger: ApiClient, stranger: User) -> None:
    stranger.set_password(PASSWORD)
    stranger.save()
    assert by_password("stranger", PASSWORD).post(TOKENS, {"name": "A"}).status_code == 403


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/name"),
        ({"name": ""}, "/name"),
        ({"name": "x" * 101}, "/name"),
        ({"name": "A", "scopes": ["everything"]}, "/scopes/0"),
        ({"name": "A", "scopes": "articles:read"}, "/scopes"),
        ({"name": "A", "expires_in": 59}, "/expires_in"),
        ({"name": "A", "expires_in": 10**9}, "/expires_in"),
        ({"name": "A", "user": "administrator"}, "/user"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(with_password: ApiClient, body: Any, pointer: str) -> None:
    response: Any = with_password.post(TOKENS, body)
    assert response.status_code == 422
    assert pointer in [error["pointer"] for error in response.json()["errors"]]


def test_scopes_narrow_what_a_token_may_and_me_says_so(editor: User, speaking_for: Speaking) -> None:
    narrow = speaking_for(editor, "articles:read")
    answer: Any = narrow.get(ME)
    assert answer.json()["scopes"] == ["articles:read"]
    assert "article.read" in answer.json()["verbs"]
    assert "article.publish" not in answer.json()["verbs"]
    assert narrow.get(TOKENS).status_code == 403


def test_one_sees_and_ends_ones_own_tokens_only(
    as_editor: ApiClient, as_author: ApiClient, author: User
) -> None:
    theirs = ApiToken.objects.get(user=author)
    listed: Any = as_editor.get(TOKENS)
    assert str(theirs.id) not in [token["id"] for token in listed.json()["results"]]
    assert as_editor.get(f"{TOKENS}/{theirs.id}").status_code == 404
    assert as_editor.delete(f"{TOKENS}/{theirs.id}").status_code == 404
    assert as_author.get(ME).status_code == 200


def test_an_ended_token_is_refused_at_once(as_editor: ApiClient, editor: User) -> None:
    own = ApiToken.objects.get(user=editor)
    assert as_editor.get(f"{TOKENS}/{own.id}").json()["name"] == "test"
    assert as_editor.delete(f"{TOKENS}/{own.id}").status_code == 204
    assert as_editor.get(ME).status_code == 401


def test_a_token_that_never_was_is_not_found(as_editor: ApiClient) -> None:
    assert as_editor.delete(f"{TOKENS}/{uuid4()}").status_code == 404


def test_the_list_is_walked_page_by_page(as_editor: ApiClient, editor: User) -> None:
    for number in range(4):
        ApiToken.objects.create(user=editor, name=f"token {number}")
    seen, path = [], f"{TOKENS}?limit=2"
    while path:
        body: Any = as_editor.get(path).json()
        seen += [token["id"] for token in body["results"]]
        path = (body["next"] or "").removeprefix(settings.PUBLIC_URL)
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize("count", [3, 6])
def test_listing_costs_the_same_however_many_there_are(
    as_editor: ApiClient, editor: User, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        ApiToken.objects.create(user=editor, name=f"token {number}")
    with django_assert_num_queries(3):  # token with its user, roles, tokens
        assert len(as_editor.get(TOKENS).json()["results"]) == count + 1


def test_making_and_ending_are_in_the_audit_without_any_secret(made: dict[str, Any], editor: User) -> None:
    client = ApiClient(token=made["token"])
    client.delete(f"{TOKENS}/{made['id']}")
    entries = list(AuditEntry.objects.order_by("id"))
    assert [(entry.verb, entry.actor_id) for entry in entries] == [
        ("token.create", editor.pk),
        ("token.delete", editor.pk),
    ]
    assert all(made["token"] not in str(entry.detail) for entry in entries)


def test_somebody_disabled_is_refused_at_once(as_editor: ApiClient, editor: User) -> None:
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert as_editor.get(ME).status_code == 401


def test_me_tells_roles_and_verbs(as_moderator: ApiClient, as_stranger: ApiClient, api: ApiClient) -> None:
    moderator: Any = as_moderator.get(ME).json()
    assert moderator["roles"] == ["moderator"]
    assert "comment.moderate" in moderator["verbs"]
    assert moderator["links"]["comments"] == "/api/v1/editorial/comments"
    assert as_stranger.get(ME).json()["roles"] == []
    assert api.get(ME).status_code == 401


def test_expiry_is_counted_on_the_applications_clock(made: dict[str, Any]) -> None:
    left = datetime.fromisoformat(made["expires_at"]) - clock.now()
    assert 29 <= left.days <= 30

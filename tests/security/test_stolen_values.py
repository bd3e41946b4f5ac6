"""Keys and cursors in the hands of somebody else, or in another place: they give nothing away and do nothing."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from articles.models import Article
from cms.models import ApiToken, IdempotencyRecord, User
from comments.models import Comment
from tests.builders import a_published_article, an_entry
from tests.client import ApiClient
from tests.comments.people import form

pytestmark = pytest.mark.django_db

DESK = "/api/v1/editorial/articles"
BrowserOf = Callable[[User | None], Client]


def test_a_key_is_its_callers_own(
    as_author: ApiClient, as_author2: ApiClient, author: User, author2: User
) -> None:
    body, headers = {"title": "Mine", "slug": "mine"}, {"Idempotency-Key": "one"}
    first, other, again = (
        client.post(DESK, body, headers=headers) for client in (as_author, as_author2, as_author)
    )
    assert first.json()["id"] != other.json()["id"]
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert set(Article.objects.values_list("created_by", flat=True)) == {author.pk, author2.pk}


def test_a_key_does_not_give_away_what_somebody_else_was_told(api: ApiClient) -> None:
    """An author's token is told to whoever sends the very same reply under the same key, and to nobody else."""
    a_published_article(slug="one", comments_policy="publish")
    a_published_article(slug="two", comments_policy="publish")
    place, headers = "/api/v1/articles/one/comments", {"Idempotency-Key": "k"}
    secret = api.post(place, form(), headers=headers).json()["author_token"]
    for path, body in (
        (place, form(text="Guessed.")),
        (place, form(author_email="other@example.org")),
        ("/api/v1/articles/two/comments", form()),
        (f"{place}?locale=en", form()),
    ):
        answer = api.post(path, body, headers=headers)
        assert secret not in answer.content.decode()
        assert answer.status_code == 422
        assert answer.json()["code"] == "idempotency_key_reused"
    assert api.post(place, form(), headers=headers).json()["author_token"] == secret
    assert api.post(place, form(), headers={"Idempotency-Key": "K"}).json()["author_token"] != secret
    assert Comment.objects.count() == 2


def test_a_key_of_a_password_is_not_replayed_to_a_token(
    author: User, speaking_for: Any, browser_of: BrowserOf
) -> None:
    browser = ApiClient()
    browser.force_login(author, backend="django.contrib.auth.backends.ModelBackend")
    headers = {"Idempotency-Key": "make"}
    made = browser.post("/api/v1/editorial/tokens", {"name": "a"}, headers=headers)
    assert made.status_code == 201
    again = speaking_for(author).post("/api/v1/editorial/tokens", {"name": "a"}, headers=headers)
    assert again.status_code == 403
    assert made.json()["token"] not in again.content.decode()
    assert made.json()["token"].encode() not in bytes(IdempotencyRecord.objects.get().sealed)
    assert not ApiToken.objects.filter(digest=made.json()["token"]).exists()


def test_a_cursor_is_taken_as_it_was_given_and_where_it_was_given(
    api: ApiClient, as_administrator: ApiClient
) -> None:
    for number in range(3):
        a_published_article(slug=f"a{number}")
        an_entry("topic", f"t{number}")
    following = api.get("/api/v1/articles?limit=1").json()["next"]
    cursor = parse_qs(urlsplit(following).query)["cursor"][0]
    for place in range(0, len(cursor), 3):
        other = "A" if cursor[place] != "A" else "B"
        spoiled = cursor[:place] + other + cursor[place + 1 :]
        answer = api.get(f"/api/v1/articles?limit=1&cursor={spoiled}")
        assert answer.status_code == 400
        assert answer.json()["code"] == "invalid_cursor"
    for elsewhere in ("/api/v1/topics", "/api/v1/articles?ordering=title", "/api/v1/articles/a0/comments"):
        mark = "&" if "?" in elsewhere else "?"
        assert api.get(f"{elsewhere}{mark}cursor={cursor}").status_code == 400, elsewhere
    assert as_administrator.get(f"/api/v1/editorial/audit?cursor={cursor}").status_code == 400

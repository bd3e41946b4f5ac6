"""Reader-Address: a frontend's server with a token of its own posts for its readers, each with a limit of their own."""

from typing import Any

import pytest

from comments.models import CommentPrivate
from tests.client import ApiClient
from tests.comments.people import form, thread_url

pytestmark = pytest.mark.django_db

READERS = ("192.0.2.1", "192.0.2.2", "2001:db8::1")


@pytest.fixture
def relay(moderator: Any, speaking_for: Any) -> ApiClient:
    """A frontend's server."""
    client: ApiClient = speaking_for(moderator, "comments:relay")
    return client


@pytest.fixture(autouse=True)
def two_in_a_while(settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"comments": (2, 600), "form-tokens": (2, 600)}


def post(client: ApiClient, article: Any, reader: str | None = None, number: int = 0) -> Any:
    headers = {"Reader-Address": reader} if reader is not None else {}
    return client.post(thread_url(article), form(text=f"Reply {number}."), headers=headers)


def digests() -> list[str]:
    return list(
        CommentPrivate.objects.order_by("comment__created_at", "pk").values_list("ip_digest", flat=True)
    )


def test_each_reader_of_a_relay_has_a_limit_and_a_digest_of_their_own(article, relay) -> None:
    for reader in READERS:
        assert [post(relay, article, reader, n).status_code for n in range(3)] == [202, 202, 429]
    assert len(set(digests())) == len(READERS)
    assert not any(reader in digest for reader in READERS for digest in digests())
    for reader in READERS:
        tokens = [
            relay.post(
                "/api/v1/form-tokens", {"article": str(article.pk)}, headers={"Reader-Address": reader}
            )
            for _ in range(3)
        ]
        assert [answer.status_code for answer in tokens] == [201, 201, 429]


def test_the_same_reader_has_the_same_digest_with_and_without_a_relay(article, relay) -> None:
    post(relay, article, "127.0.0.1")
    post(ApiClient(), article)
    assert len(set(digests())) == 1


def test_nobody_is_believed_who_has_no_token(article, api: ApiClient) -> None:
    answers = [post(api, article, f"192.0.2.{n}", n) for n in range(3)]
    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert len(set(digests())) == 1


@pytest.mark.parametrize("scopes", [(), ("comments:moderate",), ("articles:read", "articles:write")])
def test_a_token_without_the_scope_is_told_which_it_needs(article, moderator, speaking_for, scopes) -> None:
    refused = post(speaking_for(moderator, *scopes), article, READERS[0])
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert refused.json()["required_scope"] == "comments:relay"
    assert "comments:relay" in refused.json()["detail"]
    assert refused.json()["support_href"]


def test_the_scope_alone_does_not_make_a_relay_of_an_author(article, author, speaking_for) -> None:
    assert post(speaking_for(author, "comments:relay"), article, READERS[0]).status_code == 403


def test_a_wrong_token_is_refused_only_where_it_would_count(article) -> None:
    wrong = ApiClient(token="kt_" + "x" * 60)
    refused = post(wrong, article, READERS[0])
    assert (refused.status_code, refused.json()["code"]) == (401, "authentication_failed")
    assert refused["WWW-Authenticate"].startswith("Bearer")
    assert post(wrong, article).status_code == 202


@pytest.mark.parametrize(
    "named", ["", "reader", "192.0.2.1, 192.0.2.2", "192.0.2.1:80", "192.0.2.0/24", "fe80::1%eth0"]
)
def test_what_is_no_address_is_a_mistake_of_the_frontends(article, relay, named) -> None:
    refused = post(relay, article, named)
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_header")
    assert refused.json()["errors"][0]["parameter"] == "Reader-Address"
    assert not CommentPrivate.objects.exists()


def test_an_address_has_one_digest_however_it_is_written(article, relay) -> None:
    for written in ("::ffff:192.0.2.9", "192.0.2.9", " 192.0.2.9 "):
        post(relay, article, written)
    assert len(set(digests())) == 1


def test_a_relay_is_a_reader_like_any_other_besides(article, relay) -> None:
    answer = post(relay, article, READERS[0]).json()
    private = CommentPrivate.objects.get()
    assert private.comment.is_staff is False
    assert answer["state"] == "received"

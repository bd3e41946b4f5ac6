"""Whoever changes something names what they had read of it (RFC 9110, 13.1.1): If-Match at every write of the desk."""

from collections.abc import Callable
from typing import Any

import pytest

from articles.models import Article, CatalogueVersion, Publication, Review, Revision
from cms.models import AuditEntry, User
from tests.articles.api.writes import WRITES, Target, Write
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
EVERY = pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
WITH_A_BODY = pytest.mark.parametrize(
    "write",
    [write for write in WRITES.values() if write.body],
    ids=[name for name in WRITES if WRITES[name].body],
)
POSTS = pytest.mark.parametrize(
    "write",
    [write for write in WRITES.values() if write.method == "post"],
    ids=[name for name in WRITES if WRITES[name].method == "post"],
)
OF_MORE_BODIES = pytest.mark.parametrize(
    "write",
    [write for write in WRITES.values() if write.other],
    ids=[name for name in WRITES if WRITES[name].other],
)
Somebody = Callable[[Write], ApiClient]


@pytest.fixture
def somebody(request: pytest.FixtureRequest) -> Somebody:
    """A client of whoever does such a write."""
    return lambda write: request.getfixturevalue(f"as_{write.by}")


@pytest.fixture
def target(write: Write, author: User) -> Target:
    return write.target(author)


def everything() -> dict[str, Any]:
    return {
        "articles": list(Article.objects.order_by("pk").values()),
        "publications": list(
            Publication.objects.order_by("pk").values_list("pk", "effective_from", "effective_until")
        ),
        "counts": [model.objects.count() for model in (Revision, Review, CatalogueVersion, AuditEntry)],
    }


@EVERY
def test_without_a_tag_it_is_428_and_nothing_changes(
    write: Write, target: Target, somebody: Somebody
) -> None:
    client, before = somebody(write), everything()
    answer = write.send(client, target)
    assert (answer.status_code, answer.json()["code"]) == (428, "precondition_required")
    assert everything() == before


@EVERY
@pytest.mark.parametrize(("tag", "code"), [("*", "if_match_star"), ("r1-1", "if_match_invalid")])
def test_a_star_or_something_unreadable_is_400(
    write: Write, target: Target, somebody: Somebody, tag: str, code: str
) -> None:
    client, before = somebody(write), everything()
    answer = write.send(client, target, if_match=tag)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert everything() == before


@EVERY
def test_a_tag_of_another_head_is_412_and_nothing_changes(
    write: Write, target: Target, somebody: Somebody
) -> None:
    client, before = somebody(write), everything()
    answer = write.send(client, target, if_match='"r99-99"')
    assert (answer.status_code, answer.json()["code"]) == (412, "stale")
    assert answer.json()["current_etag"] == target.tag()
    assert everything() == before


@EVERY
def test_after_somebody_elses_write_a_tag_is_stale(write: Write, target: Target, somebody: Somebody) -> None:
    client, tag = somebody(write), target.tag()
    target.touch()
    answer = write.send(client, target, if_match=tag)
    if write is WRITES["saving"]:
        assert answer.status_code == 200, "saving compares the head alone"
    else:
        assert (answer.status_code, answer.json()["current_etag"]) == (412, target.tag())


@EVERY
@pytest.mark.parametrize("form", ["{}", "W/{}", '"r0-0", {}'])
def test_a_tag_in_every_form_that_proxies_leave_is_accepted(
    write: Write, target: Target, somebody: Somebody, form: str
) -> None:
    answer = write.send(somebody(write), target, if_match=form.format(target.tag()))
    assert answer.status_code == write.succeeds, answer.content
    assert answer["Cache-Control"] == "no-store"


@WITH_A_BODY
def test_the_answer_gives_the_tag_for_the_next_write(
    write: Write, target: Target, somebody: Somebody
) -> None:
    before = target.tag()
    answer = write.send(somebody(write), target, if_match=before)
    assert answer["ETag"] == target.tag()
    assert target.tag() != before


@WITH_A_BODY
def test_a_field_that_there_is_not_is_422_and_named(write: Write, target: Target, somebody: Somebody) -> None:
    client, before = somebody(write), everything()
    answer = write.send(client, target, {**(write.body or {}), "surprise": 1}, if_match=target.tag())
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    errors = {(error["pointer"], error["code"]) for error in answer.json()["errors"]}
    assert errors == {("/surprise", "unknown_field")}
    assert everything() == before


@WITH_A_BODY
@pytest.mark.parametrize("body", [b"[]", b'"text"', b"{", b'{"a": 1, "a": 2}', b"\xff"])
def test_a_body_that_is_no_object_is_400(
    write: Write, target: Target, somebody: Somebody, body: bytes
) -> None:
    client = somebody(write)
    send = getattr(client, write.method)
    answer = send(target.path, body, content_type="application/json", headers={"if-match": target.tag()})
    assert answer.status_code == 400


@WITH_A_BODY
def test_a_body_of_another_type_is_415(write: Write, target: Target, somebody: Somebody) -> None:
    send = getattr(somebody(write), write.method)
    answer = send(target.path, "a=1", content_type="text/plain", headers={"if-match": target.tag()})
    assert answer.status_code == 415


@POSTS
def test_a_post_sent_again_with_its_key_has_no_second_effect(
    write: Write, target: Target, somebody: Somebody
) -> None:
    client, tag = somebody(write), target.tag()
    first = write.send(client, target, if_match=tag, idempotency_key="once")
    after = everything()
    again = write.send(client, target, if_match=tag, idempotency_key="once")
    assert first.status_code == again.status_code == write.succeeds
    assert (again.content, again["Idempotent-Replayed"]) == (first.content, "true")
    assert everything() == after


@OF_MORE_BODIES
def test_a_key_with_another_body_is_422(write: Write, target: Target, somebody: Somebody) -> None:
    client, tag = somebody(write), target.tag()
    write.send(client, target, if_match=tag, idempotency_key="once")
    changed = {**(write.body or {}), **(write.other or {})}
    answer = write.send(client, target, changed, if_match=tag, idempotency_key="once")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


@EVERY
def test_a_stranger_is_401_and_nothing_changes(write: Write, target: Target, api: ApiClient) -> None:
    before = everything()
    answer = write.send(api, target, if_match=target.tag())
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert everything() == before


@EVERY
def test_somebody_without_a_role_is_403_and_nothing_changes(
    write: Write, target: Target, as_stranger: ApiClient
) -> None:
    before = everything()
    answer = write.send(as_stranger, target, if_match=target.tag())
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert everything() == before


@EVERY
def test_what_another_author_began_is_not_there_for_an_author(
    write: Write, target: Target, as_author2: ApiClient
) -> None:
    """Invisible is 404 where an author could write at all, and forbidden is 403 where no author may."""
    before = everything()
    answer = write.send(as_author2, target, if_match=target.tag())
    assert answer.status_code == (404 if write.by == "author" else 403)
    assert everything() == before


@EVERY
def test_a_token_for_reading_writes_nothing(
    write: Write, target: Target, administrator: User, speaking_for: Callable[..., ApiClient]
) -> None:
    before = everything()
    answer = write.send(speaking_for(administrator, "articles:read"), target, if_match=target.tag())
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert everything() == before

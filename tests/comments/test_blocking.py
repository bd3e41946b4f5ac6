"""Blocking an author by their reply: nobody sees the address, and no answer tells that there is a block."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms import clock
from cms.models import AuditEntry
from comments.actions import withholding
from comments.models import Comment, CommentPrivate, Contact, Thread
from tests.client import ApiClient
from tests.comments.forms import filled
from tests.comments.people import form, own, thread_url

pytestmark = pytest.mark.django_db

DESK = "/api/v1/editorial/comments"
ADDRESS = "seller@example.org"
TRUSTED = "trusted@example.org"


def verdicts(comment_id: str) -> list[str]:
    """The rules that spoke of a reply's latest version."""
    private = CommentPrivate.objects.get(pk=comment_id).comment.versions.latest("number").private
    return [verdict["rule"] for verdict in private.verdicts]


@pytest.fixture
def reply(api: ApiClient, article: Any) -> dict[str, Any]:
    """What somebody was told who sent an advertisement."""
    answer: dict[str, Any] = api.post(thread_url(article), form(author_email=ADDRESS)).json()
    return answer


def block(client: ApiClient, comment_id: str, note: str = "Sells under every article.") -> Any:
    tag = client.get(f"{DESK}/{comment_id}")["ETag"]
    return client.put(f"{DESK}/{comment_id}/author-block", {"note": note}, headers={"If-Match": tag})


def unblock(client: ApiClient, comment_id: str) -> Any:
    tag = client.get(f"{DESK}/{comment_id}")["ETag"]
    return client.delete(f"{DESK}/{comment_id}/author-block", headers={"If-Match": tag})


def test_replies_from_a_blocked_address_are_held_with_a_verdict_until_it_is_lifted(
    api, as_moderator, open_article, reply
) -> None:
    sent = {"author_email": ADDRESS.upper().replace("EXAMPLE.ORG", "example.org")}
    assert api.post(thread_url(open_article), filled(open_article, **sent)).status_code == 201
    blocked = block(as_moderator, reply["id"])
    assert blocked.status_code == 200, blocked.content
    assert blocked.json()["blocked"] is True
    assert ADDRESS not in blocked.content.decode()
    again = api.post(thread_url(open_article), filled(open_article, text="Again.", **sent))
    assert (again.status_code, verdicts(again.json()["id"])) == (201, ["blocked"])
    withholding.sweep()
    assert api.get(f"/api/v1/comments/{again.json()['id']}").status_code == 404
    kept = as_moderator.get(f"{DESK}/{again.json()['id']}").json()
    assert (kept["state"], kept["waiting"]) == ("held", True)
    assert unblock(as_moderator, reply["id"]).status_code == 204
    assert as_moderator.get(f"{DESK}/{reply['id']}/author-block").json()["blocked"] is False
    assert api.post(thread_url(open_article), filled(open_article, **sent)).status_code == 201
    verbs = AuditEntry.objects.filter(verb__contains="block").order_by("id")
    assert [entry.verb for entry in verbs] == ["comment.block_author", "comment.unblock_author"]
    assert "Sells" not in str([entry.detail for entry in verbs])


def test_what_a_person_let_through_or_came_before_the_block_stays(
    api, as_moderator, open_article, reply, travel
) -> None:
    before = api.post(thread_url(open_article), filled(open_article, author_email=ADDRESS)).json()
    travel(5)
    block(as_moderator, reply["id"])
    sent = filled(open_article, author_email=ADDRESS, text="I only wanted to say thank you.")
    wanted = api.post(thread_url(open_article), sent).json()
    withholding.sweep()
    place = f"{DESK}/{wanted['id']}"
    decision = {"decision": "publish", "version": 1, "reason": "within_guidelines"}
    tag = {"If-Match": as_moderator.get(place)["ETag"]}
    assert as_moderator.post(f"{place}/decisions", decision, headers=tag).status_code == 201
    withholding.sweep()
    assert Comment.objects.filter(pk__in=(before["id"], wanted["id"]), state="published").count() == 2
    assert Thread.objects.get(pk=open_article.pk).public_count == 2


def test_an_edit_by_a_blocked_author_waits(api, as_moderator, open_article) -> None:
    answer = api.post(thread_url(open_article), filled(open_article, author_email=ADDRESS)).json()
    block(as_moderator, answer["id"])
    headers = own(answer["author_token"])
    tag = {"If-Match": api.get(answer["links"]["self"], headers=headers)["ETag"]}
    edited = api.patch(answer["links"]["self"], {"text": "Buy."}, headers=headers | tag).json()
    assert (edited["version"], edited["public_version"]) == (2, 1)


@pytest.mark.parametrize("policy", ["hold", "publish"])
def test_no_answer_depends_on_whose_address_was_typed(
    api, as_moderator, request, policy, decided, moderator
) -> None:
    """Unknown, known, trusted and blocked: the same status and words, by the same statements, held or public."""
    article = request.getfixturevalue("article" if policy == "hold" else "open_article")
    known = api.post(thread_url(article), form(author_email="known@example.org")).json()
    wicked = api.post(thread_url(article), form(author_email=ADDRESS)).json()
    block(as_moderator, wicked["id"])
    for number in range(3):  # enough to appear at once, for who sends the token
        earned = form(author_email=TRUSTED, text=f"Thanks {number}.")
        decided(
            Comment.objects.get(pk=api.post(thread_url(article), earned).json()["id"]), "publish", moderator
        )
    trusted = Contact.objects.filter(comments__comment__decisions__decided_by=moderator).distinct()
    assert Contact.objects.filter(pk__in=trusted).update(confirmed_at=clock.now()) == 1
    api.post(thread_url(article), filled(article, author_email="first@example.org"))  # the first of a policy
    told, statements = [], []
    for email in ("unknown@example.org", "known@example.org", TRUSTED, ADDRESS):
        sent = filled(article, author_email=email)
        with CaptureQueriesContext(connection) as asked:
            answer = api.post(thread_url(article), sent)
        body = answer.json()
        for name in ("id", "author_token", "links", "edit_until", "next_review_at"):
            assert name in body
            del body[name]
        told.append((answer.status_code, body, sorted(answer.headers)))
        statements.append(len([query for query in asked if not query["sql"].startswith("DELETE")]))  # sweeps
    assert told[0] == told[1] == told[2] == told[3]
    assert len(set(statements)) == 1, statements
    assert verdicts(known["id"])[-1:] == ["form"]


def test_who_is_no_moderator_may_not_and_who_has_read_nothing_may_not(as_editor, as_moderator, reply) -> None:
    place, note = f"{DESK}/{reply['id']}/author-block", {"note": "Sells."}
    assert as_editor.get(place).status_code == 403
    assert as_editor.put(place, note, headers={"If-Match": '"v1-1"'}).status_code == 403
    assert as_moderator.put(place, note).status_code == 428
    assert as_moderator.put(place, note, headers={"If-Match": '"v9-9"'}).status_code == 412
    tag = {"If-Match": as_moderator.get(place)["ETag"]}
    assert as_moderator.put(place, {"note": "x" * 1001}, headers=tag).status_code == 422
    assert as_moderator.put(place, {}, headers=tag).status_code == 422
    assert as_moderator.put(place, note | {"until": "never"}, headers=tag).status_code == 422
    assert not Contact.objects.filter(blocked_at__isnull=False).exists()


def test_erasing_takes_the_block_and_its_note_along(api, as_moderator, reply) -> None:
    block(as_moderator, reply["id"], note="A note.")
    api.delete(reply["links"]["self"], headers=own(reply["author_token"]))
    assert not Contact.objects.exists()
    shown = as_moderator.get(f"{DESK}/{reply['id']}/author-block").json()
    assert (shown["has_address"], shown["blocked"], shown["note"]) == (False, False, "")
    refused = block(as_moderator, reply["id"])
    assert (refused.status_code, refused.json()["code"]) == (409, "no_address")


def test_the_page_says_where_it_stands_and_offers_what_is_possible(
    browser_of, moderator, as_moderator, reply
) -> None:
    place = f"{DESK}/{reply['id']}/author-block"
    page = browser_of(moderator).get(place).content.decode()
    assert ("Block this reply" in page, "Lift the block" in page) == (True, False)
    block(as_moderator, reply["id"])
    page = browser_of(moderator).get(place).content.decode()
    assert "Lift the block" in page
    assert ADDRESS not in page

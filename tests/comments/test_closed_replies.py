"""An author may close their reply to answers, at first or later. Readers are told, and new answers are refused."""

import pytest

from cms import clock
from cms.models import Change
from cms.preconditions import IfMatch
from comments import actions
from comments.models import Comment
from tests.comments.people import form, own, thread_url
from tests.comments.test_failures import nothing_is_left_whichever_statement_fails

pytestmark = pytest.mark.django_db


def test_no_answer_is_taken_while_its_author_wants_none(api, open_article, decided, moderator) -> None:
    sent = api.post(thread_url(open_article), form(allow_replies=False)).json()
    decided(Comment.objects.get(pk=sent["id"]), "publish", moderator)
    shown = f"/api/v1/comments/{sent['id']}"
    assert api.get(shown).json()["replies"]["open"] is False
    answer = form(text="An answer.", parent=sent["id"])
    refused = api.post(thread_url(open_article), answer)
    assert (refused.status_code, refused.json()["code"]) == (409, "parent_closed")
    assert refused.json()["support_href"] == "/api/v1/helplines"
    url, token = sent["links"]["self"], own(sent["author_token"])
    seen = api.get(url, headers=token)
    assert seen.json()["allow_replies"] is False
    changed = api.patch(url, {"allow_replies": True}, headers=token | {"If-Match": seen["ETag"]})
    assert (changed.json()["allow_replies"], changed.json()["version"]) == (True, 1)
    assert api.get(shown).json()["replies"]["open"] is True
    assert api.post(thread_url(open_article), answer).status_code == 202
    assert [c.type for c in Change.objects.filter(subject=sent["id"]).order_by("id")] == [
        "comment.published",
        "comment.updated",
    ]


def test_it_can_be_closed_long_after_the_words_are_fixed_and_answers_stay(
    api, open_article, replied, travel
) -> None:
    done = replied(open_article)
    answer = replied(open_article, "An answer.", to=done.comment).comment
    travel(86_400)
    url = f"/api/v1/my/comments/{done.comment.pk}"
    headers = own(done.token) | {"If-Match": api.get(url, headers=own(done.token))["ETag"]}
    assert api.patch(url, {"allow_replies": "no"}, headers=headers).status_code == 422
    assert api.patch(url, {"allow_replies": False}, headers=headers).status_code == 200
    assert api.get(f"/api/v1/comments/{answer.pk}").status_code == 200
    api.delete(url, headers=own(done.token))
    headers["If-Match"] = api.get(url, headers=own(done.token))["ETag"]
    assert api.patch(url, {"allow_replies": True}, headers=headers).json()["code"] == "reply_erased"


def test_failing_in_the_middle_closes_nothing(open_article, replied) -> None:

    comment = Comment.objects.get(pk=replied(open_article).comment.pk)
    said = {"if_match": IfMatch((comment.etag,)), "now": clock.read_instant()}
    nothing_is_left_whichever_statement_fails(
        lambda: actions.allow_replies(comment_id=comment.pk, allowed=False, **said)
    )


@pytest.mark.parametrize(
    ("body", "kind", "query", "status"),
    [
        (b"{", "application/json", "", 400),
        (b'{"text": 1', "application/json", "", 400),
        (b"{}", "application/json", "?nonsense=1", 400),
        (b"text", "text/plain", "", 415),
        (b'{"text": "' + b"x" * 1_100_000 + b'"}', "application/json", "", 413),
        (b"{}", "application/json", "", 422),
    ],
)
def test_every_refusal_says_where_support_is(api, open_article, body, kind, query, status) -> None:
    answer = api.generic("POST", thread_url(open_article) + query, body, content_type=kind)
    assert (answer.status_code, answer.json()["support_href"]) == (status, "/api/v1/helplines")

"""R5: a reply that is sent again and again under one key, by an impatient hand or after a crash, is one reply."""

import http.client
from collections import Counter

import pytest

from cms.models import Change
from comments.models import Comment, Contact, Decision, Thread
from tests.builders import a_published_article
from tests.comments.forms import filled
from tests.concurrency import together
from tests.load.server import Answer, serving

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 20
KEY = {"Idempotency-Key": "one-and-the-same"}


def test_twenty_at_once_are_one_reply_and_one_answer() -> None:
    article = a_published_article(slug="open", comments_policy="publish")
    place, sent = f"/api/v1/articles/{article.pk}/comments", filled(article)
    with serving(workers=2) as server:
        answers = together([lambda: server.call("POST", place, sent, KEY) for _ in range(TIMES)])
        last = server.call("POST", place, sent, KEY)
    counts = Counter(answer.status for answer in answers)
    assert set(counts) <= {201, 409}
    assert {answer.body["code"] for answer in answers if answer.status == 409} <= {"idempotency_in_flight"}
    assert {answer.content for answer in (*answers, last) if answer.status == 201} == {last.content}
    assert [answer.headers["Idempotent-Replayed"] for answer in answers].count(None) - counts[409] == 1
    the_one_reply(last)


def test_a_server_that_dies_between_commit_and_answer_has_taken_the_reply_once() -> None:
    article = a_published_article(slug="open", comments_policy="publish")
    place, sent = f"/api/v1/articles/{article.pk}/comments", filled(article)
    with (
        serving(application="tests.load.dying:application") as server,
        pytest.raises((OSError, http.client.HTTPException)),
    ):
        server.call("POST", place, sent, KEY | {"Die": "before-the-answer"})
    assert Comment.objects.count() == 1, "it was committed, and nobody was told"
    with serving() as server:
        retried, again = (server.call("POST", place, sent, KEY) for _ in range(2))
        own = {"Authorization": f"Bearer {retried.body['author_token']}"}
        assert server.call("GET", f"/api/v1/my/comments/{retried.body['id']}", None, own).status == 200
    assert (retried.status, retried.headers["Idempotent-Replayed"]) == (201, "true")
    assert retried.content == again.content
    the_one_reply(retried)


def the_one_reply(answer: Answer) -> None:
    """Nothing of it is there twice."""
    assert str(Comment.objects.get().pk) == answer.body["id"]
    assert (Thread.objects.get().public_count, Contact.objects.count()) == (1, 1)
    assert Decision.objects.count() == 1
    assert Change.objects.filter(type="comment.published").count() == 1

"""Decisions and questions when something fails in the middle, and when two people act at once; and through the API."""

from collections.abc import Callable
from typing import Any

import pytest

from articles import actions
from articles.models import Article, Review, ReviewRequest
from cms import clock
from cms.models import User
from tests.articles.test_failure_in_the_middle import fails_nowhere_halfway
from tests.builders import (
    a_byline,
    a_published_article,
    a_request,
    a_revision,
    ahead,
    an_article,
    fresh,
    published,
    reviewed,
    tag,
)
from tests.client import ApiClient
from tests.concurrency import together

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "/api/v1/editorial/articles"


@pytest.fixture
def scheduled(author: User, reviewer: User, editor: User) -> Article:
    """A public article with an approved medical revision that begins in two days, and an open question."""
    a_byline(reviewer, "dr-sorrel")
    article = a_published_article(by=author)
    a_revision(article, by=author, title="Friday", medical=True)
    a_request(article, by=author, reviewers=["reviewer"])
    reviewed(article, by=reviewer)
    published(article, by=editor, effective_from=ahead(days=2), effective_until=ahead(days=3))
    a_request(article, by=author, reviewers=["reviewer"])
    return article


def decide(article: Article, reviewer: User, decision: str, revision: int) -> Callable[[], Any]:
    return lambda: actions.review(
        article_id=article.pk,
        revision=revision,
        decision=decision,
        expected=tag(article),
        by=reviewer,
        now=clock.now(),
    )


@pytest.mark.parametrize(("decision", "revision"), [("approve", 1), ("request_changes", 2)])
def test_a_decision_that_fails_halfway_left_nothing(
    scheduled: Article, reviewer: User, decision: str, revision: int
) -> None:
    assert fails_nowhere_halfway(decide(scheduled, reviewer, decision, revision)) > 20


def test_a_question_that_fails_halfway_was_not_asked(scheduled: Article, author: User) -> None:
    assert fails_nowhere_halfway(lambda: a_request(scheduled, by=author, reviewers=["reviewer"]))


def test_a_question_is_taken_back_or_not(scheduled: Article, author: User) -> None:
    open_one = ReviewRequest.objects.get(article=scheduled, closed_at=None)
    assert fails_nowhere_halfway(
        lambda: actions.withdraw_request(
            article_id=scheduled.pk,
            request_id=open_one.pk,
            expected=tag(scheduled),
            by=author,
            now=clock.now(),
        )
    )


def test_of_two_who_decide_with_the_same_tag_one_succeeds(
    author: User, reviewer: User, administrator: User, token_for: Callable[..., str]
) -> None:
    article = an_article(by=author)
    etag = fresh(article).etag
    clients = [ApiClient(token=token_for(person)) for person in (reviewer, administrator)]
    sent = {"revision": 1, "decision": "approve"}

    def post(client: ApiClient) -> Any:
        return client.post(f"{DESK}/{article.pk}/reviews", sent, headers={"if-match": etag})

    answers = together([lambda client=client: post(client) for client in clients])
    assert sorted(answer.status_code for answer in answers) == [201, 412]
    assert Review.objects.count() == 1


def test_of_two_who_ask_at_once_one_question_is_open(
    author: User, editor: User, token_for: Callable[..., str]
) -> None:
    article = an_article(by=author)
    etag = fresh(article).etag
    clients = [ApiClient(token=token_for(person)) for person in (author, editor)]

    def post(client: ApiClient) -> Any:
        return client.post(
            f"{DESK}/{article.pk}/review-requests", {"revision": 1}, headers={"if-match": etag}
        )

    answers = together([lambda client=client: post(client) for client in clients])
    assert sorted(answer.status_code for answer in answers) == [201, 412]
    assert ReviewRequest.objects.filter(closed_at=None).count() == 1


def test_while_one_publishes_on_an_approval_another_takes_it_back(
    author: User, reviewer: User, editor: User, token_for: Callable[..., str]
) -> None:
    article = an_article(by=author, medical=True)
    reviewed(article, by=reviewer)
    etag = fresh(article).etag
    publisher, doubter = (ApiClient(token=token_for(person)) for person in (editor, reviewer))
    begin = {"revision": 1, "effective_from": "2100-01-01T00:00:00Z"}
    doubt = {"revision": 1, "decision": "request_changes"}
    answers = together(
        [
            lambda: publisher.post(f"{DESK}/{article.pk}/publications", begin, headers={"if-match": etag}),
            lambda: doubter.post(f"{DESK}/{article.pk}/reviews", doubt, headers={"if-match": etag}),
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [201, 412]


def test_a_re_review_is_answered_when_readers_see_it(as_reviewer: ApiClient, author: User) -> None:
    article = a_published_article(by=author)
    sent = {"revision": 1, "decision": "approve", "interests": "None."}
    answer = as_reviewer.post(
        f"{DESK}/{article.pk}/reviews",
        sent,
        headers={"if-match": fresh(article).etag, "idempotency-key": "once"},
    )
    assert answer.status_code == 201
    shown = as_reviewer.get(f"/api/v1/articles/{article.pk}").json()["review"]
    assert (shown["status"], shown["reviewed_version"]) == ("current", 1)
    assert answer.json()["visible_at"] is not None
    changes = as_reviewer.get("/api/v1/editorial/articles?review=stale").json()["results"]
    assert changes == []


def test_what_is_no_minor_update_is_named_piece_by_piece(as_editor: ApiClient, author: User) -> None:
    article = a_published_article(by=author)
    a_revision(article, by=author, title="Never sleep 3 hours")
    answer = as_editor.post(
        f"{DESK}/{article.pk}/publications",
        {"revision": 2, "update_type": "minor"},
        headers={"if-match": fresh(article).etag},
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "not_minor")
    assert {(error["pointer"], error["code"]) for error in answer.json()["errors"]} == {
        ("/title", "number"),
        ("/title", "negation"),
    }


def test_notes_and_names_of_the_desk_reach_no_reader(
    as_reviewer: ApiClient, api: ApiClient, author: User
) -> None:
    article = a_published_article(by=author)
    a_request(article, by=author, note="planted-question")
    sent = {
        "revision": 1,
        "decision": "approve",
        "note": "planted-note",
        "interests": "planted-interest",
        "comments": [{"note": "planted-remark"}],
    }
    as_reviewer.post(f"{DESK}/{article.pk}/reviews", sent, headers={"if-match": fresh(article).etag})
    for place in (f"articles/{article.pk}", "articles", f"articles/{article.pk}/versions"):
        text = api.get(f"/api/v1/{place}").content.decode()
        assert "planted" not in text
        assert '"reviewer"' not in text

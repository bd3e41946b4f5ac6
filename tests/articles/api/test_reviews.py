"""POST /review-requests, GET and POST /reviews of an article"""

from typing import Any

import pytest

from articles.models import Article
from cms.models import User
from tests.builders import a_revision, an_article, fresh, reviewed
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
DESK = "/api/v1/editorial/articles"


@pytest.fixture
def draft(author: User) -> Article:
    return an_article(by=author)


def post(client: ApiClient, article: Article, place: str, body: dict[str, Any]) -> Any:
    return client.post(f"{DESK}/{article.pk}/{place}", body, headers={"if-match": fresh(article).etag})


def problem(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_a_review_is_asked_for(as_author: ApiClient, draft: Article) -> None:
    answer = post(as_author, draft, "review-requests", {"revision": 1})
    assert answer.status_code == 201
    assert answer.json()["revision"] == 1
    assert as_author.get(f"{DESK}/{draft.pk}").json()["review_requested_at"] == answer.json()["requested_at"]


def test_only_the_newest_revision_can_be_sent_to_review(as_author: ApiClient, draft: Article) -> None:
    a_revision(draft, title="Better")
    assert problem(post(as_author, draft, "review-requests", {"revision": 1})) == (409, "not_the_head")


def test_a_review_says_who_decided_what_of_which_text(as_reviewer: ApiClient, draft: Article) -> None:
    block_id = draft.revisions.get(number=1).block_ids[1]
    sent = {
        "revision": 1,
        "decision": "request_changes",
        "note": "Cite the guideline.",
        "interests": "None.",
        "comments": [{"block_id": block_id, "quote": "usually", "note": "How often?"}],
    }
    answer = post(as_reviewer, draft, "reviews", sent)
    assert answer.status_code == 201
    made = answer.json()
    remarks = [{**sent["comments"][0], "in_head": True}]
    assert {name: made[name] for name in sent} == {**sent, "comments": remarks}
    assert made["revision_sha256"] == draft.revisions.get(number=1).sha256
    assert made["reviewer"]["username"] == "reviewer"
    assert as_reviewer.get(f"{DESK}/{draft.pk}/reviews").json()["results"] == [
        {name: value for name, value in made.items() if name not in ("etag", "visible_at", "warnings")}
    ]


def test_reviews_are_listed_newest_first(as_reviewer: ApiClient, draft: Article, reviewer: User) -> None:
    reviewed(draft, by=reviewer, decision="request_changes")
    reviewed(draft, by=reviewer)
    found = as_reviewer.get(f"{DESK}/{draft.pk}/reviews").json()["results"]
    assert [item["decision"] for item in found] == ["approve", "request_changes"]


def test_nobody_reviews_what_they_wrote(as_administrator: ApiClient, administrator: User) -> None:
    own = an_article(by=administrator)
    answer = post(as_administrator, own, "reviews", {"revision": 1, "decision": "approve"})
    assert problem(answer) == (403, "reviewer_is_author")


def test_a_revision_that_is_not_there_is_404(as_reviewer: ApiClient, draft: Article) -> None:
    assert post(as_reviewer, draft, "reviews", {"revision": 9, "decision": "approve"}).status_code == 404


@pytest.mark.parametrize(
    ("sent", "pointer", "code"),
    [
        ({"decision": "approve"}, "/revision", "required"),
        ({"revision": 0, "decision": "approve"}, "/revision", "min_value"),
        ({"revision": "one", "decision": "approve"}, "/revision", "invalid"),
        ({"revision": 1, "decision": "maybe"}, "/decision", "invalid_choice"),
        ({"revision": 1, "decision": "approve", "comments": [{}]}, "/comments/0/note", "required"),
        ({"revision": 1, "decision": "approve", "comments": "no"}, "/comments", "not_a_list"),
        ({"revision": 1, "decision": "approve", "note": "x" * 5001}, "/note", "max_length"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(
    as_reviewer: ApiClient, draft: Article, sent: dict[str, Any], pointer: str, code: str
) -> None:
    answer = post(as_reviewer, draft, "reviews", sent)
    assert answer.status_code == 422
    assert (pointer, code) in {(error["pointer"], error["code"]) for error in answer.json()["errors"]}


@pytest.mark.parametrize("role", ["author", "editor", "moderator"])
def test_who_may_not_review(request: pytest.FixtureRequest, draft: Article, role: str) -> None:
    client: ApiClient = request.getfixturevalue(f"as_{role}")
    answer = post(client, draft, "reviews", {"revision": 1, "decision": "approve"})
    assert problem(answer) == (403, "not_allowed")

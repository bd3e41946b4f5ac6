"""Asking for a review, answering it, and taking the question back: GET, POST, DELETE /review-requests"""

from typing import Any

import pytest

from articles.models import Article, ReviewRequest
from cms.models import User
from tests.builders import a_request, a_revision, ahead, an_article, fresh, judged, reviewed
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
DESK = "/api/v1/editorial/articles"


@pytest.fixture
def draft(author: User, reviewer: User) -> Article:
    return an_article(by=author)


def ask(client: ApiClient, article: Article, **body: Any) -> Any:
    sent = {"revision": fresh(article).head_number, **body}
    return client.post(
        f"{DESK}/{article.pk}/review-requests", sent, headers={"if-match": fresh(article).etag}
    )


def errors(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 422, answer.content
    return [(error["pointer"], error["code"]) for error in answer.json()["errors"]]


def is_open(article: Article) -> bool:
    return ReviewRequest.objects.filter(article=article, closed_at=None).exists()


def test_somebody_is_asked_until_a_day(as_author: ApiClient, draft: Article, reviewer: User) -> None:
    day = f"{ahead(days=3):%Y-%m-%dT%H:%M:%SZ}"
    made = ask(as_author, draft, reviewers=["reviewer"], due_at=day, note="The second part, please.")
    assert made.status_code == 201
    body = made.json()
    assert body["reviewers"] == [{"id": str(reviewer.pk), "username": "reviewer"}]
    assert (body["due_at"], body["note"], body["closed_at"]) == (day, "The second part, please.", None)
    assert body["requested_by"]["username"] == "author"
    one = as_author.get(made["Location"])
    assert one.json() == {name: body[name] for name in one.json()}
    assert as_author.get(f"{DESK}/{draft.pk}/review-requests").json()["results"] == [one.json()]
    card = as_author.get(f"{DESK}/{draft.pk}").json()
    assert (card["review_requested_at"], card["review_wanted_by"]) == (body["requested_at"], day)


def test_a_reviewer_is_named_by_id_too_and_once(as_author: ApiClient, draft: Article, reviewer: User) -> None:
    made = ask(as_author, draft, reviewers=[str(reviewer.pk), "reviewer"]).json()
    assert [person["username"] for person in made["reviewers"]] == ["reviewer"]


def test_only_who_may_review_is_asked(as_author: ApiClient, draft: Article, editor: User) -> None:
    answer = ask(as_author, draft, reviewers=["reviewer", "editor", "nobody"])
    assert errors(answer) == [("/reviewers/1", "unknown_reviewer"), ("/reviewers/2", "unknown_reviewer")]
    assert not is_open(draft)


def test_nobody_is_asked_about_what_they_wrote(as_author: ApiClient, draft: Article, reviewer: User) -> None:
    a_revision(draft, by=reviewer, title="Theirs")
    assert errors(ask(as_author, draft, reviewers=["reviewer"])) == [("/reviewers/0", "reviewer_is_author")]


def test_a_day_that_has_passed_is_refused(as_author: ApiClient, draft: Article) -> None:
    assert errors(ask(as_author, draft, due_at="2001-01-01T00:00:00Z")) == [("/due_at", "in_past")]


def test_a_newer_question_ends_the_one_before(as_author: ApiClient, draft: Article) -> None:
    ask(as_author, draft)
    ask(as_author, draft, reviewers=["reviewer"])
    found = as_author.get(f"{DESK}/{draft.pk}/review-requests").json()["results"]
    assert [bool(one["closed_at"]) for one in found] == [False, True]


def test_an_answer_closes_it(draft: Article, author: User, reviewer: User) -> None:
    a_request(draft, by=author)
    reviewed(draft, by=reviewer, decision="request_changes")
    assert not is_open(draft)
    assert fresh(draft).review_requested_at is None


def test_an_answer_to_a_newer_revision_closes_it_and_one_to_an_older_does_not(
    draft: Article, author: User, reviewer: User
) -> None:
    a_revision(draft, by=author, title="Second")
    a_request(draft, by=author)
    reviewed(draft, by=reviewer, revision=1)
    assert is_open(draft)
    assert fresh(draft).review_requested_at is not None
    a_revision(draft, by=author, title="Third")
    reviewed(draft, by=reviewer, revision=3)
    assert not is_open(draft)


def test_it_can_be_taken_back_once(as_author: ApiClient, draft: Article, author: User) -> None:
    asked = a_request(draft, by=author)
    place = f"{DESK}/{draft.pk}/review-requests/{asked.pk}"
    assert as_author.delete(place, headers={"if-match": fresh(draft).etag}).status_code == 204
    assert fresh(draft).review_requested_at is None
    again = as_author.delete(place, headers={"if-match": fresh(draft).etag})
    assert (again.status_code, again.json()["code"]) == (409, "request_closed")
    assert as_author.get(place).json()["closed_at"] is not None


def test_a_question_of_another_article_is_not_there(
    as_author: ApiClient, draft: Article, author: User
) -> None:
    other = a_request(an_article(by=author, slug="other"), by=author)
    place = f"{DESK}/{draft.pk}/review-requests/{other.pk}"
    assert as_author.get(place).status_code == 404
    assert as_author.delete(place, headers={"if-match": fresh(draft).etag}).status_code == 404


def test_who_waits_for_whom_is_listed_by_day(
    as_reviewer: ApiClient, author: User, reviewer: User, administrator: User
) -> None:
    days = {"late": 9, "soon": 2, "open": None, "theirs": 1}
    for slug, day in days.items():
        asked = "administrator" if slug == "theirs" else "reviewer"
        due_at = ahead(days=day) if day else None
        a_request(an_article(by=author, slug=slug), by=author, reviewers=[asked], due_at=due_at)
    an_article(by=author, slug="nobody-asked")

    def slugs(query: str) -> list[str]:
        found: list[str] = []
        following = f"{DESK}?review=waiting&ordering=review_wanted_by&limit=2{query}"
        while following:
            page = as_reviewer.get(following).json()
            found += [card["slug"] for card in page["results"]]
            following = (page["next"] or "").partition("//")[2].partition("/")[2]
            following = f"/{following}" if following else ""
        return found

    assert slugs("") == ["theirs", "soon", "late", "open"]
    assert slugs("&mine=true") == ["soon", "late", "open"]


def test_a_decision_says_what_it_was_about_and_what_changed_since(
    as_reviewer: ApiClient, draft: Article, author: User, reviewer: User
) -> None:
    first, second = draft.revisions.get(number=1).block_ids
    remarks = [{"block_id": first, "quote": "changes after", "note": "How?"}, {"note": "Good."}]
    made = judged(draft, by=reviewer, remarks=remarks).review
    a_revision(draft, by=author, title="Another", body_markdown="It usually settles with time.\n\nRest.\n")
    found = as_reviewer.get(f"{DESK}/{draft.pk}/reviews").json()["results"][0]
    assert (found["id"], found["binds"]) == (str(made.pk), True)
    changes = found["changes_since"]
    assert (changes["head"], changes["identical"], changes["fields"]) == (2, False, ["title"])
    assert changes["blocks"]["removed"] == [first]
    assert second not in changes["blocks"]["changed"]
    assert [remark["in_head"] for remark in found["comments"]] == [False, True]


def test_a_later_decision_on_the_same_text_ends_the_one_before(
    as_reviewer: ApiClient, draft: Article, reviewer: User
) -> None:
    reviewed(draft, by=reviewer)
    reviewed(draft, by=reviewer, decision="request_changes")
    found = as_reviewer.get(f"{DESK}/{draft.pk}/reviews").json()["results"]
    assert [(one["decision"], one["binds"]) for one in found] == [
        ("request_changes", False),
        ("approve", False),
    ]


def test_a_remark_points_at_what_is_there(as_reviewer: ApiClient, draft: Article) -> None:
    block_id = draft.revisions.get(number=1).block_ids[0]
    remarks = [
        {"block_id": "nowhere", "note": "?"},
        {"block_id": block_id, "quote": "settles with time", "note": "?"},
        {"quote": "Sleep often   changes", "note": "!"},
        {"quote": "unheard of", "note": "?"},
    ]
    sent = {"revision": 1, "decision": "approve", "comments": remarks}
    answer = as_reviewer.post(f"{DESK}/{draft.pk}/reviews", sent, headers={"if-match": fresh(draft).etag})
    assert errors(answer) == [
        ("/comments/0/block_id", "unknown_block"),
        ("/comments/1/quote", "not_in_block"),
        ("/comments/3/quote", "not_in_block"),
    ]
    assert draft.reviews.count() == 0

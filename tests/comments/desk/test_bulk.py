"""POST /api/v1/editorial/comments/decisions: many at once, an answer for each, each for itself."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from cms.models import AuditEntry
from comments.models import Comment, Decision
from tests.comments.desk.conftest import QUEUE
from tests.comments.test_failures import failing_at

pytestmark = pytest.mark.django_db
BULK = f"{QUEUE}/decisions"
NOBODY = "01890a5d-ac96-774b-bcce-b302099a8057"


def deciding(*comments: Comment, decision: str = "publish", **more: Any) -> list[dict[str, Any]]:
    return [{"id": str(comment.pk), "version": 1, "decision": decision, **more} for comment in comments]


@pytest.fixture
def waiting(article, replied) -> Callable[[int], list[Comment]]:
    return lambda count: [replied(article, f"Number {n}.", policy="hold").comment for n in range(count)]


def test_each_gets_the_answer_that_it_would_have_got_alone(
    as_moderator, as_moderator2, article, replied, waiting, decide
) -> None:
    fine, edited, read, over = waiting(4)
    grave = [
        replied(article, text, policy="hold").comment for text in ("I want to die.", "He died by suicide.")
    ]
    decide(as_moderator, over, "reject")
    as_moderator2.post(f"{QUEUE}/{read.pk}/claim")
    sent = deciding(fine, edited, read, over, *grave)
    sent[1]["version"], sent[3] = 2, {**sent[3], "decision": "remove", "reason": "other"}
    sent.append({"id": NOBODY, "version": 1, "decision": "publish"})
    answers = as_moderator.post(BULK, sent).json()["results"]
    assert [answer["id"] for answer in answers] == [item["id"] for item in sent]
    told = [(answer["status"], answer["problem"] and answer["problem"]["code"]) for answer in answers]
    assert told == [
        (201, None),
        (409, "version_changed"),
        (409, "claimed"),
        (409, "decision_not_possible"),
        (409, "needs_reading_alone"),
        (409, "needs_reading_alone"),
        (404, "not_found"),
    ]
    assert (answers[0]["message"], answers[0]["state"]) == ("Published.", "published")
    assert answers[4]["message"] == answers[4]["problem"]["detail"]
    assert Comment.objects.filter(state="published").get() == fine
    assert AuditEntry.objects.filter(verb="comment.publish").count() == 1


def test_a_hundred_replies_in_two_requests(as_moderator, waiting) -> None:
    comments = waiting(100)
    listed = as_moderator.get(f"{QUEUE}?limit=100").json()["results"]
    sent = [
        {"id": entry["id"], "version": entry["version"], "decision": "reject", "reason": "off_topic"}
        for entry in listed
    ]
    answers = as_moderator.post(BULK, sent).json()["results"]
    assert [answer["status"] for answer in answers] == [201] * 100
    assert as_moderator.get(QUEUE).json()["results"] == []
    too_many = as_moderator.post(BULK, deciding(*comments, comments[0]))
    assert too_many.status_code == 422


@pytest.mark.parametrize(
    ("spoil", "pointer"),
    [
        ({"decision": "delete"}, "/1/decision"),
        ({"version": 0}, "/1/version"),
        ({"version": "1"}, "/1/version"),
        ({"id": "x"}, "/1/id"),
        ({"decision": "reject"}, "/1/reason"),
        ({"force": True}, "/1/force"),
    ],
)
def test_a_body_that_is_not_right_in_every_part_changes_nothing(
    as_moderator, waiting, spoil, pointer
) -> None:
    first, second = deciding(*waiting(2))
    response = as_moderator.post(BULK, [first, second | spoil])
    assert response.status_code == 422
    assert pointer in {error["pointer"] for error in response.json()["errors"]}
    assert not Decision.objects.of_persons().exists()


@pytest.mark.parametrize("body", [{}, {"decisions": []}, []])
def test_it_takes_a_list_of_at_least_one(as_moderator, body) -> None:
    assert as_moderator.post(BULK, body).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_cut_off_midway_it_is_finished_by_repeating_it_and_nothing_is_done_twice(
    as_moderator, waiting
) -> None:
    comments, others = waiting(4), waiting(4)
    sent, key = deciding(*comments), {"Idempotency-Key": "desk"}
    statements = 0

    def counting(run: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        nonlocal statements
        statements += 1
        return run(sql, params, many, context)

    with connection.execute_wrapper(counting):
        as_moderator.post(BULK, deciding(*others))
    with failing_at(statements // 2):
        cut = as_moderator.post(BULK, sent, headers=key)
    assert {answer["status"] for answer in cut.json()["results"]} == {201, 503}
    again = as_moderator.post(BULK, sent, headers=key)
    assert [answer["status"] for answer in again.json()["results"]] == [201] * 4
    assert Decision.objects.of_persons().filter(comment__in=comments).count() == 4
    third = as_moderator.post(BULK, sent, headers=key)
    assert third.json() == again.json()
    assert third["Idempotent-Replayed"] == "true"
    other = as_moderator.post(BULK, deciding(*comments, decision="spam"), headers=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")

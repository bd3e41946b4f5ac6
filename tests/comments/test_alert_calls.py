"""The alert as a signed call of the site's own address: once, again after a failure, and without a word of the reply."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from cms import calling, clock
from comments.actions import alert_calls
from comments.models import AlertCall, AlertState, Comment
from tests.cms.test_calling import NEW, OLD
from tests.comments.people import form, thread_url
from tests.letters import worked
from tests.receiver import receiver

pytestmark = pytest.mark.django_db

QUEUE = "/api/v1/editorial/comments"
GRAVE = "I will kill myself tonight. zqxtext"


@pytest.fixture
def called(settings, db):
    """A site without mail whose address answers with 500 first."""
    with receiver(500) as server:
        settings.COMMENT_ALERT_WEBHOOK_URL = f"{server.url}/zqxsecret"
        settings.COMMENT_ALERT_WEBHOOK_KEYS = [NEW, OLD]
        yield server


def test_a_call_that_failed_comes_again_signed_anew_and_arrives_once(
    api, open_article, called, travel, caplog
) -> None:
    sent = form(text=GRAVE, author_name="zqxname", author_email="zqxmail@zqx.example", country="CA")
    with caplog.at_level(logging.DEBUG):
        reply = api.post(thread_url(open_article), sent).json()
        assert called.calls == [], "posting waits for nobody"
        worked()
        assert len(called.calls) == 1
        worked()
        assert len(called.calls) == 1, "not before its time"
        travel(66)
        worked()
        travel(66)
        worked()
    first, second = called.calls
    assert not AlertCall.objects.exists()
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) >= 66
    for call in called.calls:
        assert json.loads(call.body) == told(Comment.objects.get(), call)
        assert call.headers["content-type"] == "application/json"
        assert signatures(call) == call.headers["webhook-signature"]
    tasks = " ".join(json.dumps(row) for row in queued())
    for place in (first.body.decode() + str(first.headers), said_in(caplog), tasks):
        hidden = ("zqx", reply["id"], str(open_article.pk), "kill", "Sleep after trauma")
        assert [word for word in hidden if word in place] == []
    assert "An alert was not taken at attempt 1: answered 500" in caplog.text


def told(comment: Comment, call: Any) -> dict[str, Any]:
    at = json.loads(call.body)["timestamp"]
    since = clock.floor(comment.private.since).strftime("%Y-%m-%dT%H:%M:%SZ")
    data = {"grade": "immediate", "waiting_since": since, "desk": f"http://testserver{QUEUE}"}
    return {"type": "comment.alert", "timestamp": at, "data": data}


def signatures(call: Any) -> str:
    at = datetime.fromtimestamp(int(call.headers["webhook-timestamp"]), UTC)
    headers = calling.signed(call_id=call.headers["webhook-id"], at=at, body=call.body, keys=[NEW, OLD])
    return headers["webhook-signature"]


def queued() -> list[Any]:
    return list(DBTaskResult.objects.values_list("args_kwargs", flat=True))


def said_in(caplog) -> str:
    records = [record for record in caplog.records if not record.name.startswith("django.db")]
    return " ".join(record.getMessage() for record in records)


def test_nobody_is_called_for_what_was_taken_up_meanwhile(
    open_article, replied, called, decided, moderator
) -> None:
    decided(replied(open_article, GRAVE).comment, "hold", moderator)
    worked()
    assert (called.calls, AlertCall.objects.count()) == ([], 0)


def test_a_call_that_nobody_takes_is_given_up_and_another_comes_while_nobody_comes(
    open_article, replied, called, travel, caplog, settings
) -> None:
    settings.COMMENT_ALERT_WEBHOOK_RETRIES = [5, 5]
    called.statuses[:] = [500, 301, 404]
    replied(open_article, GRAVE)
    for _ in range(4):
        worked()
        travel(66)
    assert len(called.calls) == 3
    assert not AlertCall.objects.exists()
    assert "An alert was given up after 3 attempts" in caplog.text
    travel(31 * 60)
    worked()
    assert len(called.calls) == 4
    assert len({call.headers["webhook-id"] for call in called.calls}) == 2


def test_one_worker_at_a_time_has_a_call_and_what_a_dead_one_left_is_found(
    open_article, replied, called, travel
) -> None:
    called.statuses.clear()
    replied(open_article, GRAVE)
    row = AlertCall.objects.get()
    AlertCall.objects.update(due_at=clock.now() + alert_calls.LEASE, attempts=1)  # a worker had it, and died
    worked()
    alert_calls.make(row.pk)
    assert called.calls == []
    travel(alert_calls.LEASE.total_seconds() + alert_calls.FORGOTTEN.total_seconds() + 1)
    worked()
    assert [call.headers["webhook-id"] for call in called.calls] == [str(row.pk)]


def test_without_an_address_and_without_mail_nobody_is_called(open_article, replied, db) -> None:
    replied(open_article, GRAVE)
    assert not AlertState.objects.exists()
    assert not AlertCall.objects.exists()

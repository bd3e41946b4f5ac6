"""Two at once: locks, keys and tags hold against real concurrent requests, on both databases."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from cms.models import Change
from cms.sealing import token_digest
from comments.models import Comment, Contact, Decision, Report, Thread
from tests.client import ApiClient
from tests.comments.forms import filled
from tests.comments.people import form, own, thread_url
from tests.matrix.world import a_waiting_confirmation

pytestmark = pytest.mark.django_db(transaction=True)

QUEUE = "/api/v1/editorial/comments"


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Start all together, each on a connection of its own; their results in order."""
    results: list[Any] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(place: int, work: Callable[[], Any]) -> None:
        try:
            gate.wait()
            results[place] = work()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def statuses(responses: list[Any]) -> list[int]:
    return sorted(response.status_code for response in responses)


def test_one_key_sent_eight_times_is_one_reply(article) -> None:
    def send() -> Any:
        return ApiClient().post(thread_url(article), form(), headers={"Idempotency-Key": "one"})

    responses = at_once(*[send] * 8)
    assert set(statuses(responses)) <= {202, 409}
    assert Comment.objects.count() == 1
    bodies = {response.content for response in responses if response.status_code == 202}
    assert len(bodies) == 1
    for response in responses:
        if response.status_code == 409:
            assert response.json()["code"] == "idempotency_in_flight"


def test_one_key_of_somebody_who_answers_as_the_site_is_one_answer(article, moderator, token_for) -> None:
    token, path = token_for(moderator), f"/api/v1/editorial/articles/{article.pk}/comments"

    def send() -> Any:
        return ApiClient(token=token).post(path, {"text": "Thank you."}, headers={"Idempotency-Key": "one"})

    responses = at_once(*[send] * 4)
    assert set(statuses(responses)) <= {201, 409}
    assert len({response.content for response in responses if response.status_code == 201}) == 1
    assert Comment.objects.get().is_staff
    assert Thread.objects.get().public_count == 1


def test_of_two_decisions_on_one_tag_one_is_made(
    article, replied, moderator, administrator, token_for
) -> None:
    comment = replied(article, policy="hold").comment
    comment.refresh_from_db()

    def deciding(token: str, decision: str) -> Callable[[], Any]:
        body = {"decision": decision, "version": 1, "reason": "other"}
        return lambda: ApiClient(token=token).post(
            f"{QUEUE}/{comment.pk}/decisions", body, headers={"If-Match": comment.etag}
        )

    tokens = token_for(moderator), token_for(administrator)
    responses = at_once(deciding(tokens[0], "publish"), deciding(tokens[1], "reject"))
    assert statuses(responses) == [201, 412]
    assert Decision.objects.filter(decided_by__isnull=False).count() == 1
    thread = Thread.objects.get()
    comment.refresh_from_db()
    assert (thread.public_count, thread.held_count) == (int(comment.state == "published"), 0)


def test_a_decision_and_an_edit_at_once_never_publish_what_was_not_read(
    article, replied, moderator, token_for
) -> None:
    done = replied(article, "Read.", policy="hold")
    comment = done.comment
    comment.refresh_from_db()
    tag, token = {"If-Match": comment.etag}, token_for(moderator)
    at_once(
        lambda: ApiClient(token=token).post(
            f"{QUEUE}/{comment.pk}/decisions", {"decision": "publish", "version": 1}, headers=tag
        ),
        lambda: ApiClient().patch(
            f"/api/v1/my/comments/{comment.pk}", {"text": "Not read."}, headers=own(done.token) | tag
        ),
    )
    shown = ApiClient().get(f"/api/v1/comments/{comment.pk}")
    assert shown.status_code == 404 or shown.json()["text"] == "Read."


def test_of_two_redactions_of_one_text_one_is_made_and_the_other_reads_again(
    open_article, replied, moderator, administrator, token_for
) -> None:
    comment = replied(open_article, "Call Ana on 555 0100.").comment
    comment.refresh_from_db()
    tag = {"If-Match": comment.etag}

    def taking_out(token: str, start: int, end: int) -> Callable[[], Any]:
        body = {"start": start, "end": end, "version": 1, "label": "personal_data"}
        return lambda: ApiClient(token=token).post(f"{QUEUE}/{comment.pk}/redactions", body, headers=tag)

    tokens = token_for(moderator), token_for(administrator)
    responses = at_once(taking_out(tokens[0], 5, 8), taking_out(tokens[1], 12, 20))
    assert statuses(responses) == [201, 412]
    assert Decision.objects.filter(decision="redact").count() == 1
    comment.refresh_from_db()
    assert comment.last_version == 2
    assert comment.public_version.text in (
        "Call [removed: personal data] on 555 0100.",
        "Call Ana on [removed: personal data].",
    )
    assert Thread.objects.get().public_count == 1


def test_replies_at_once_each_get_a_place_of_their_own(open_article, replied) -> None:
    parent = str(replied(open_article).comment.pk)

    def send(number: int) -> Callable[[], Any]:
        where = {"parent": parent} if number % 2 else {}
        sent = filled(open_article, text=f"Reply {number}.", author_email="same@example.org", **where)
        return lambda: ApiClient().post(thread_url(open_article), sent)

    responses = at_once(*[send(number) for number in range(8)])
    assert statuses(responses) == [201] * 8
    thread = Thread.objects.get()
    assert (thread.public_count, thread.held_count, thread.last_root) == (9, 0, 5)
    assert Comment.objects.get(pk=parent).public_replies == 4
    assert len({bytes(path) for path in Comment.objects.values_list("path", flat=True)}) == 9
    assert Contact.objects.count() == 2
    assert Change.objects.filter(type="comment.published").count() == 9


def test_erasing_twice_at_once_is_erasing(open_article, replied) -> None:
    done = replied(open_article)

    def erase() -> Any:
        return ApiClient().delete(f"/api/v1/my/comments/{done.comment.pk}", headers=own(done.token))

    assert statuses(at_once(erase, erase)) == [204, 204]
    assert Change.objects.filter(type="comment.removed").count() == 1
    assert not Contact.objects.exists()


def test_the_last_reply_goes_while_a_new_one_comes_from_the_same_address(
    open_article, published, replied
) -> None:
    done = replied(open_article, email="same@example.org")
    other = published("publish", slug="another")
    responses = at_once(
        lambda: ApiClient().delete(f"/api/v1/my/comments/{done.comment.pk}", headers=own(done.token)),
        lambda: ApiClient().post(thread_url(other), filled(other, author_email="same@example.org")),
    )
    assert statuses(responses) == [201, 204]
    assert Contact.objects.count() == 1
    assert Comment.objects.get(article=other).private.contact == Contact.objects.get()


def test_the_limit_is_one_for_all_workers(article, settings) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"comments": (3, 600)}
    responses = at_once(*[lambda: ApiClient().post(thread_url(article), form())] * 8)
    assert statuses(responses) == [202] * 3 + [429] * 5
    assert Comment.objects.count() == 3


def test_of_eight_reports_by_one_reader_one_counts_and_by_eight_readers_all(open_article, replied) -> None:
    comment = replied(open_article).comment

    def send(address: str) -> Callable[[], Any]:
        said = {"reason": "privacy", "identifies_me": True}
        return lambda: ApiClient(REMOTE_ADDR=address).post(f"/api/v1/comments/{comment.pk}/reports", said)

    assert statuses(at_once(*[send("198.51.100.7")] * 4)) == [202] * 4
    assert statuses(at_once(*[send(f"203.0.113.{n}") for n in range(4)])) == [202] * 4
    private = Comment.objects.get().private
    assert (private.open_reports, private.urgent_reports) == (5, 5)
    assert Report.objects.count() == 5


def test_of_two_appeals_at_once_one_is_made(article, replied, moderator, decided) -> None:
    done = replied(article, policy="hold")
    decided(done.comment, "reject", moderator)
    url = f"/api/v1/my/comments/{done.comment.pk}/appeals"

    def send() -> Any:
        return ApiClient().post(url, {"text": "Look again."}, headers=own(done.token))

    assert statuses(at_once(send, send)) == [201, 409]
    assert Comment.objects.get().private.open_appeals == 1


def test_a_link_confirms_once_however_many_follow_it_at_once(article, replied) -> None:
    link = f"/api/v1/confirmations/{a_waiting_confirmation(replied(article).comment)}"
    responses = at_once(*[lambda: ApiClient().post(link)] * 4)
    assert statuses(responses) == [200, 404, 404, 404]
    token = next(answer.json()["trust_token"] for answer in responses if answer.status_code == 200)
    assert Contact.objects.get().trust_token_sha256 == token_digest(token)

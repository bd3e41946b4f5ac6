"""Failures in the middle: whichever statement of a verb fails, nothing of it remains, and a retry succeeds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection, transaction
from django_tasks_db.models import DBTaskResult

from cms import clock
from cms.models import Letter
from cms.preconditions import IfMatch
from comments import actions
from comments.actions import confirming
from comments.actions.decide import Ruling
from comments.actions.threads import Policy
from comments.models import AlertCall, Comment, CommentPrivate, Contact, Escalation
from tests.comments.forms import filled
from tests.comments.people import NOBODY, own, thread_url, words
from tests.letters import OFFERED
from tests.matrix.world import a_waiting_confirmation

pytestmark = pytest.mark.django_db

MOST_STATEMENTS = 60


class Interrupted(OperationalError):
    """What this test makes of the n-th statement."""


@contextmanager
def failing_at(number: int) -> Iterator[None]:
    """The `number`-th statement that writes or reads inside fails."""
    seen = 0

    def execute(run: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        nonlocal seen
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")):
            seen += 1
            if seen == number:
                raise Interrupted("the connection was lost")
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


def snapshot() -> dict[str, list]:
    tables = list(apps.get_app_config("comments").get_models())
    tables += [
        apps.get_model("cms", name)
        for name in ("Change", "AuditEntry", "IdempotencyRecord", "Letter", "RateWindow")
    ]
    tables.append(DBTaskResult)
    return {model.__name__: sorted(map(str, model.objects.values_list())) for model in tables}


def nothing_is_left_whichever_statement_fails(work: Callable[[], Any]) -> None:
    """Run `work` with its 1st, 2nd, … statement failing, until none is left to fail."""
    before = snapshot()
    for number in range(1, MOST_STATEMENTS):
        try:
            with transaction.atomic(), failing_at(number):
                work()
        except Interrupted:
            assert snapshot() == before, f"statement {number} left something behind"
        else:
            assert number > 5
            assert snapshot() != before
            return
    pytest.fail("the verb has more statements than this test expects")


def test_submitting_and_publishing_at_once(open_article, replied) -> None:
    parent = replied(open_article).comment
    nothing_is_left_whichever_statement_fails(lambda: replied(open_article, "An answer.", to=parent))


def test_submitting_with_letters_to_go_out(open_article, replied, settings) -> None:
    settings.EMAIL_URL = OFFERED
    parent = replied(open_article).comment
    CommentPrivate.objects.update(notify=True)
    Contact.objects.update(confirmed_at=clock.now())
    submission = actions.Submission("mara@example.org", NOBODY, parent.pk, notify=True, trust_token="kc_1")

    def submit() -> None:
        actions.submit(
            article_id=open_article.pk,
            policy=Policy("publish"),
            submission=submission,
            draft=actions.compose(words("An answer."), "publish"),
            now=clock.read_instant(),
        )

    nothing_is_left_whichever_statement_fails(submit)
    assert Letter.objects.count() == 2


def test_submitting_what_calls_somebody(open_article, replied, settings) -> None:
    settings.EMAIL_URL, settings.COMMENT_ALERT_TO = OFFERED, ["lead@magazine.example"]
    settings.COMMENT_ALERT_WEBHOOK_URL = "https://desk.example/"
    nothing_is_left_whichever_statement_fails(lambda: replied(open_article, "I will kill myself tonight."))
    assert (Letter.objects.count(), AlertCall.objects.count(), DBTaskResult.objects.count()) == (1, 1, 2)


def test_confirming_an_address(article, replied) -> None:
    token = a_waiting_confirmation(replied(article).comment)
    nothing_is_left_whichever_statement_fails(lambda: confirming.confirm(token=token, now=clock.now()))


def test_deciding(article, replied, moderator) -> None:
    parent = replied(article).comment
    comment = replied(article, to=parent).comment
    comment.refresh_from_db()

    def remove() -> None:
        actions.decide(
            comment_id=comment.pk,
            ruling=Ruling("remove", 1, "hurtful", "A note."),
            if_match=IfMatch((comment.etag,)),
            by=moderator,
            now=clock.read_instant(),
        )

    nothing_is_left_whichever_statement_fails(remove)


def test_claiming_and_undoing(article, replied, moderator, decided) -> None:
    comment = replied(article, policy="hold").comment
    nothing_is_left_whichever_statement_fails(
        lambda: actions.claim_next(by=moderator, now=clock.read_instant())
    )
    decision = decided(comment, "publish", moderator).decisions.latest("id")
    tag = IfMatch((decision.comment.etag,))
    nothing_is_left_whichever_statement_fails(
        lambda: actions.undo(
            comment_id=comment.pk,
            decision_id=decision.pk,
            note="A note.",
            if_match=tag,
            by=moderator,
            now=clock.read_instant(),
        )
    )


def test_editing(open_article, replied) -> None:
    comment = replied(open_article).comment
    comment.refresh_from_db()
    tag = IfMatch((comment.etag,))
    nothing_is_left_whichever_statement_fails(
        lambda: actions.edit(
            comment_id=comment.pk, changes={"text": "Better."}, if_match=tag, now=clock.read_instant()
        )
    )


def test_erasing(open_article, replied) -> None:
    comment = replied(open_article).comment
    nothing_is_left_whichever_statement_fails(
        lambda: actions.erase(comment_id=comment.pk, now=clock.read_instant())
    )


def test_escalating_and_recording_what_was_done(article, replied, moderator) -> None:
    comment = replied(article, policy="hold").comment
    said = {"comment_id": comment.pk, "by": moderator, "now": clock.read_instant()}
    nothing_is_left_whichever_statement_fails(lambda: actions.escalate(to="The lead", note="Read.", **said))
    row = Escalation.objects.select_related("comment").get()
    tag = IfMatch((row.comment.etag,))
    nothing_is_left_whichever_statement_fails(
        lambda: actions.settle(escalation_id=row.pk, done="Called.", if_match=tag, **said)
    )


def test_reporting_appealing_and_answering(open_article, replied, moderator, decided) -> None:
    comment, now = replied(open_article).comment, clock.read_instant()
    said = actions.Reported(network="198.51.100.7", reason="privacy", identifies_me=True)
    nothing_is_left_whichever_statement_fails(
        lambda: actions.report(comment_id=comment.pk, reported=said, now=now)
    )
    nothing_is_left_whichever_statement_fails(lambda: decided(comment, "remove", moderator))
    nothing_is_left_whichever_statement_fails(
        lambda: actions.appeal(comment_id=comment.pk, text="Look again.", now=now)
    )
    nothing_is_left_whichever_statement_fails(lambda: decided(comment, "publish", moderator))


def test_writing_to_the_author(open_article, replied, moderator) -> None:
    comment = replied(open_article).comment
    nothing_is_left_whichever_statement_fails(
        lambda: actions.send_message(
            comment_id=comment.pk, text="Thank you.", by=moderator, now=clock.read_instant()
        )
    )


@pytest.mark.django_db(transaction=True)
class TestOverHttp:
    """The same through the whole stack, where the transaction is the request's own."""

    def test_a_failed_submission_is_a_503_and_its_retry_is_one_reply(self, api, open_article) -> None:
        before, sent = snapshot(), filled(open_article)
        key = {"Idempotency-Key": "again"}
        for number in range(1, MOST_STATEMENTS):
            with failing_at(number):
                response = api.post(thread_url(open_article), sent, headers=key)
            if response.status_code == 201:
                break
            assert response.status_code == 503
            assert response["Retry-After"]
            assert response.json()["retryable"] is True
            assert snapshot() == before, f"statement {number} left something behind"
        again = api.post(thread_url(open_article), sent, headers=key)
        assert again.json() == response.json()
        assert Comment.objects.count() == 1

    def test_a_failed_erasure_erases_nothing_and_its_retry_everything(self, api, open_article) -> None:
        answer = api.post(thread_url(open_article), filled(open_article)).json()
        before = snapshot()
        for number in range(2, MOST_STATEMENTS, 3):
            with failing_at(number):
                response = api.delete(answer["links"]["self"], headers=own(answer["author_token"]))
            if response.status_code == 204:
                break
            assert snapshot() == before
        assert Comment.objects.get().state == "deleted"

"""POST …/{id}/redactions: a span goes, the rest stays, and nothing that was taken out is kept anywhere."""

import pytest

from cms import clock
from cms.models import AuditEntry, Change
from cms.preconditions import IfMatch
from comments import actions
from comments.models import Comment, Decision
from tests.comments.people import own
from tests.comments.test_care import QUEUE
from tests.comments.test_failures import nothing_is_left_whichever_statement_fails
from tests.security.rows import every_row, text_of

pytestmark = pytest.mark.django_db

TEXT = "🕊 Dear Ana, call me: 555 0100 zqxsecret (tonight) *thank you*."
SECRET = "555 0100 zqxsecret "


def span(secret: str = SECRET, **changes):
    start = TEXT.index(secret)
    said = {"start": start, "end": start + len(secret), "version": 1, "label": "personal_data"}
    return said | changes


def redact(client, comment: Comment, tag: str = "", **changes):
    comment.refresh_from_db()
    headers = {"If-Match": tag or comment.etag}
    return client.post(f"{QUEUE}/{comment.pk}/redactions", span(**changes), headers=headers)


def test_a_public_reply_keeps_its_place_and_the_rest_of_its_words(
    api, as_moderator, open_article, replied, decided, moderator
) -> None:
    done = replied(open_article, TEXT, policy="hold")
    comment = decided(done.comment, "publish", moderator)
    answer = replied(open_article, "An answer.", to=comment).comment
    assert (redact(as_moderator, comment).status_code, answer.depth) == (201, 1)
    shown = api.get(f"/api/v1/comments/{comment.pk}").json()
    assert shown["text"] == "🕊 Dear Ana, call me: [removed: personal data] (tonight) *thank you*."
    assert "<em>thank you</em>" in shown["html"]
    assert "<a" not in shown["html"], "what follows makes no link of the mark"
    assert (shown["version"], shown["state"], shown["replies"]["count"]) == (2, "published", 1)
    told = api.get(f"/api/v1/my/comments/{comment.pk}", headers=own(done.token)).json()
    assert [r["mark"] for r in told["redactions"]] == ["[removed: personal data]"]
    assert Change.objects.filter(type="comment.updated", subject=comment.pk, version=2).count() == 1
    entry = AuditEntry.objects.get(verb="comment.redact")
    assert entry.detail == {"version": 1, "label": "personal_data"}
    assert [table for table, row in every_row() if "zqxsecret" in text_of(row)] == []
    logged = Decision.objects.get(decision="redact")
    undo = f"{QUEUE}/{comment.pk}/decisions/{logged.pk}/undo"
    tag = as_moderator.get(f"{QUEUE}/{comment.pk}")["ETag"]
    assert as_moderator.post(undo, {}, headers={"If-Match": tag}).json()["code"] == "not_undoable"


def test_what_waits_goes_on_waiting_and_an_edit_afterwards_is_read(
    api, as_moderator, open_article, replied
) -> None:
    done = replied(open_article, TEXT, policy="hold")
    assert redact(as_moderator, done.comment).status_code == 201
    entry = as_moderator.get(QUEUE).json()["results"][0]
    assert (entry["version"], entry["state"], entry["waiting"]) == (2, "held", True)
    assert "[removed: personal data]" in entry["text"]
    public = replied(open_article, "Plain words about Ana.").comment
    token = replied(open_article, "Plain.").token
    assert token
    comment = Comment.objects.get(pk=public.pk)
    body = {"start": 18, "end": 21, "version": 1, "label": "identifies_somebody"}
    made = as_moderator.post(f"{QUEUE}/{comment.pk}/redactions", body, headers={"If-Match": comment.etag})
    assert made.json()["reason"] == "identifies_somebody"


def test_an_edit_of_a_redacted_reply_is_read_before_it_appears(api, as_moderator, open_article, replied):
    done = replied(open_article, "Plain words about Ana.")
    comment = Comment.objects.get(pk=done.comment.pk)
    body = {"start": 18, "end": 21, "version": 1, "label": "identifies_somebody"}
    as_moderator.post(f"{QUEUE}/{comment.pk}/redactions", body, headers={"If-Match": comment.etag})
    url = f"/api/v1/my/comments/{comment.pk}"
    headers = own(done.token) | {"If-Match": api.get(url, headers=own(done.token))["ETag"]}
    api.patch(url, {"text": "Plain words about Ana again."}, headers=headers)
    shown = api.get(f"/api/v1/comments/{comment.pk}").json()["text"]
    assert shown == "Plain words about [removed: somebody could be recognised]."


def test_it_is_bound_to_the_text_that_was_read(api, as_moderator, open_article, replied, decided, moderator):
    comment = replied(open_article, TEXT, policy="hold").comment
    old = comment.etag
    decided(comment, "hold", moderator)
    assert redact(as_moderator, comment, tag=old).status_code == 412
    assert redact(as_moderator, comment, version=2).status_code == 412
    assert as_moderator.post(f"{QUEUE}/{comment.pk}/redactions", span()).status_code == 428
    for wrong, pointer in (({"end": 3000}, "/end"), ({"end": 1}, "/end"), ({"label": "ugly"}, "/label")):
        answer = redact(as_moderator, comment, **wrong)
        assert [e["pointer"] for e in answer.json()["errors"]] == [pointer]
    decided(comment, "reject", moderator)
    assert redact(as_moderator, comment).json()["code"] == "not_redactable"
    assert Comment.objects.get().last_version == 1


def test_failing_in_the_middle_takes_out_nothing(as_moderator, open_article, replied, moderator) -> None:
    comment = replied(open_article, TEXT, policy="hold").comment
    comment.refresh_from_db()
    said = actions.Span(**span())
    nothing_is_left_whichever_statement_fails(
        lambda: actions.redact(
            comment_id=comment.pk,
            span=said,
            if_match=IfMatch((comment.etag,)),
            by=moderator,
            now=clock.read_instant(),
        )
    )


def test_in_a_french_article_the_mark_is_french(as_moderator, published, replied, api) -> None:
    article = published("publish", slug="sommeil", locale="fr")
    comment = replied(article, "Bonjour Ana.").comment
    comment.refresh_from_db()
    body = {"start": 8, "end": 11, "version": 1, "label": "identifies_somebody"}
    as_moderator.post(f"{QUEUE}/{comment.pk}/redactions", body, headers={"If-Match": comment.etag})
    text = api.get(f"/api/v1/comments/{comment.pk}").json()["text"]
    assert text == "Bonjour [retiré : une personne serait reconnaissable]."

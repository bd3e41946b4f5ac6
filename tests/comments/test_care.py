"""Escalations, messages and appeals: what moderators and authors do about a reply beside deciding on it."""

import json

import pytest

from cms.models import AuditEntry
from comments.models import Appeal, AuthorMessage, Comment, Decision, Escalation
from tests.client import ApiClient
from tests.comments.people import form, own, thread_url

pytestmark = pytest.mark.django_db

QUEUE = "/api/v1/editorial/comments"


@pytest.fixture
def sent(api, article) -> dict:
    """The answer to a reply that waits."""
    return api.post(thread_url(article), form(text="A reply to read.")).json()


def decide(client: ApiClient, id_: str, decision: str, **body):
    seen = client.get(f"{QUEUE}/{id_}").json()
    said = {"decision": decision, "version": seen["version"], "reason": "off_topic"} | body
    return client.post(f"{QUEUE}/{id_}/decisions", said, headers={"If-Match": seen["etag"]})


def listed(client: ApiClient, url: str = QUEUE) -> list[str]:
    return [row.get("comment", row["id"]) for row in client.get(url).json()["results"]]


def status(api: ApiClient, sent: dict) -> dict:
    return api.get(sent["links"]["self"], headers=own(sent["author_token"])).json()


class TestEscalations:
    def test_one_stands_first_until_somebody_records_what_was_done(
        self, as_moderator, article, replied, decided, moderator
    ) -> None:
        grave = replied(article, "I will kill myself tonight.", policy="hold").comment
        plain = replied(article, "First.", policy="hold").comment
        url = f"{QUEUE}/{plain.pk}/escalations"
        opened = as_moderator.post(url, {"to": "Clinical lead", "note": "Read the end."})
        assert (opened.status_code, opened.json()["closed_at"]) == (201, None)
        assert listed(as_moderator) == [str(plain.pk), str(grave.pk)]
        decided(plain, "publish", moderator)
        assert listed(as_moderator) == [str(plain.pk), str(grave.pk)], "a decision does not close it"
        assert listed(as_moderator, f"{QUEUE}/escalations") == [str(plain.pk)]
        assert as_moderator.get(f"{QUEUE}/{plain.pk}").json()["calls"]["escalations"] == 1
        one = opened["Location"]
        done = {"done": "Telephoned at noon."}
        assert as_moderator.patch(one, done).status_code == 428
        assert as_moderator.patch(one, done, headers={"If-Match": opened["ETag"]}).status_code == 412
        tag = {"If-Match": as_moderator.get(one)["ETag"]}
        assert as_moderator.patch(one, {"done": " "}, headers=tag).status_code == 422
        closed = as_moderator.patch(one, done, headers=tag).json()
        assert (closed["done"], closed["closed_by"]) == ("Telephoned at noon.", "moderator")
        tag = {"If-Match": as_moderator.get(one)["ETag"]}
        assert as_moderator.patch(one, done, headers=tag).json()["code"] == "escalation_closed"
        assert listed(as_moderator) == [str(grave.pk)]
        assert listed(as_moderator, f"{QUEUE}/escalations") == []

    def test_the_audit_holds_no_word_of_it_and_a_repeated_post_is_one(self, as_moderator, sent) -> None:
        url, key = f"{QUEUE}/{sent['id']}/escalations", {"Idempotency-Key": "once"}
        for _ in range(2):
            as_moderator.post(url, {"to": "Planted name", "note": "Planted note"}, headers=key)
        assert Escalation.objects.count() == 1
        entry = AuditEntry.objects.get(verb="comment.escalate")
        assert (entry.actor.username, set(entry.detail)) == ("moderator", {"escalation"})

    def test_it_outlives_the_authors_erasure_without_its_words(self, api, as_moderator, sent) -> None:
        url = f"{QUEUE}/{sent['id']}/escalations"
        one = as_moderator.post(url, {"to": "Planted", "note": "Planted"})["Location"]
        api.delete(sent["links"]["self"], headers=own(sent["author_token"]))
        assert "Planted" not in json.dumps(as_moderator.get(url).json())
        assert listed(as_moderator) == [sent["id"]]
        seen = as_moderator.get(one)
        closed = as_moderator.patch(one, {"done": "Planted."}, headers={"If-Match": seen["ETag"]}).json()
        assert (closed["done"], closed["closed_by"]) == ("", "moderator")
        assert listed(as_moderator) == []
        assert as_moderator.post(url, {"to": "A", "note": "B"}).json()["code"] == "reply_erased"

    def test_one_of_another_reply_is_not_there(self, as_moderator, article, replied, sent) -> None:
        one = as_moderator.post(f"{QUEUE}/{sent['id']}/escalations", {"to": "A", "note": "B"}).json()["id"]
        other = replied(article, policy="hold").comment
        assert as_moderator.get(f"{QUEUE}/{other.pk}/escalations/{one}").status_code == 404


class TestMessages:
    def test_only_the_author_reads_one_and_no_moderator_is_named(self, api, as_moderator, sent) -> None:
        url = f"{QUEUE}/{sent['id']}/messages"
        before = api.get(sent["links"]["self"], headers=own(sent["author_token"]))
        assert as_moderator.post(url, {"text": "Could you leave out the street?"}).status_code == 201
        after = api.get(sent["links"]["self"], headers=own(sent["author_token"]))
        assert before["ETag"] != after["ETag"]
        assert [list(m) for m in after.json()["messages"]] == [["text", "sent_at"]]
        assert after.json()["messages"][0]["text"] == "Could you leave out the street?"
        assert "moderator" not in json.dumps(after.json()["messages"])
        decide(as_moderator, sent["id"], "publish")
        assert "street" not in api.get(f"/api/v1/comments/{sent['id']}").content.decode()
        assert as_moderator.get(url).json()["results"][0]["sent_by"] == "moderator"

    def test_they_are_erased_with_the_reply(self, api, as_moderator, sent) -> None:
        as_moderator.post(f"{QUEUE}/{sent['id']}/messages", {"text": "Planted."})
        api.delete(sent["links"]["self"], headers=own(sent["author_token"]))
        assert not AuthorMessage.objects.exists()
        assert status(api, sent)["messages"] == []
        refused = as_moderator.post(f"{QUEUE}/{sent['id']}/messages", {"text": "Hello?"})
        assert (refused.status_code, refused.json()["code"]) == (409, "reply_erased")


class TestAppeals:
    def appeal(self, api, sent, text: str = "It is about the article."):
        return api.post(f"{sent['links']['self']}/appeals", {"text": text}, headers=own(sent["author_token"]))

    def test_a_decision_can_be_appealed_once_and_another_person_answers(
        self, api, as_moderator, as_administrator, sent
    ) -> None:
        assert status(api, sent)["appeal"]["state"] == "none"
        assert self.appeal(api, sent).json()["code"] == "nothing_to_appeal"
        decide(as_moderator, sent["id"], "reject")
        told = status(api, sent)
        assert (told["appeal"]["state"], told["reason"]) == (
            "possible",
            "It is about something else than the article.",
        )
        assert listed(as_moderator) == []
        made = self.appeal(api, sent)
        assert (made.status_code, made.json()["state"]) == (201, "waiting")
        assert self.appeal(api, sent).json()["code"] == "appealed_already"
        assert listed(as_moderator) == [sent["id"]]
        shown = as_moderator.get(f"{QUEUE}/{sent['id']}/appeals").json()["results"]
        assert [(a["text"], a["decided_by"], a["answer"]) for a in shown] == [
            ("It is about the article.", "moderator", None)
        ]
        own_case = decide(as_moderator, sent["id"], "publish")
        assert (own_case.status_code, own_case.json()["code"]) == (409, "appeal_needs_another")
        assert decide(as_administrator, sent["id"], "reject").status_code == 201
        assert status(api, sent)["appeal"]["state"] == "answered"
        assert self.appeal(api, sent).json()["code"] == "nothing_to_appeal", "an answer is final"
        assert listed(as_moderator) == []

    def test_with_nobody_else_there_the_same_person_answers(self, api, as_moderator, sent) -> None:
        decide(as_moderator, sent["id"], "spam")
        self.appeal(api, sent)
        assert decide(as_moderator, sent["id"], "publish").status_code == 201
        told = status(api, sent)
        assert (told["state"], told["appeal"]["state"]) == ("published", "answered")

    def test_undoing_the_decision_answers_it(self, api, as_moderator, sent) -> None:
        made = decide(as_moderator, sent["id"], "reject")
        self.appeal(api, sent)
        tag = as_moderator.get(f"{QUEUE}/{sent['id']}")["ETag"]
        undo = f"{QUEUE}/{sent['id']}/decisions/{made.json()['id']}/undo"
        assert as_moderator.post(undo, {}, headers={"If-Match": tag}).status_code == 201
        assert Appeal.objects.get().answer.decision == "undo"
        assert as_moderator.get(f"{QUEUE}/{sent['id']}").json()["calls"]["appeals"] == 0

    def test_nobody_is_handed_an_appeal_against_themselves(
        self, api, as_moderator, as_administrator, sent
    ) -> None:
        decide(as_moderator, sent["id"], "reject")
        self.appeal(api, sent)
        assert as_moderator.post(f"{QUEUE}/next", {}).status_code == 404
        assert as_administrator.post(f"{QUEUE}/next", {}).json()["id"] == sent["id"]

    def test_it_goes_with_the_reply(self, api, as_moderator, sent) -> None:
        decide(as_moderator, sent["id"], "reject")
        self.appeal(api, sent, "Planted.")
        api.delete(sent["links"]["self"], headers=own(sent["author_token"]))
        assert not Appeal.objects.exists()
        assert listed(as_moderator) == []
        assert status(api, sent)["appeal"]["state"] == "none"


def test_confirming_what_is_public_never_publishes_an_edit_that_was_refused(
    api, as_moderator, moderator, article, replied, decided
) -> None:
    done = replied(article, "Old.", policy="hold")
    comment = decided(done.comment, "publish", moderator)
    url = f"/api/v1/my/comments/{comment.pk}"
    api.patch(url, {"text": "New."}, headers=own(done.token) | {"If-Match": comment.etag})
    decided(comment, "reject", moderator)
    decided(comment, "publish", moderator)
    assert api.get(f"/api/v1/comments/{comment.pk}").json()["text"] == "Old."
    assert Decision.objects.filter(comment=comment).count() == 5
    assert Comment.objects.get().last_version == 2

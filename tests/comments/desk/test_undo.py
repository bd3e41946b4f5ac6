"""Undoing a decision: everything is as before, for readers, authors, counts and the next moderator."""

import random
from typing import Any

import pytest

from cms.models import AuditEntry, Change
from comments.models import Comment, CommentPrivate, CommentVersion, Decision, Thread
from comments.transitions import TRANSITIONS, situation
from tests.comments.people import own, thread_url
from tests.load.length import TIMES

pytestmark = pytest.mark.django_db
OF_THE_WRITE = {"sequence"}
"""Columns that count writes: an undo is one more."""


def standing() -> dict[str, Any]:
    """Every row of replies but for logs and counters of writes."""
    rows = {}
    for model in (Thread, Comment, CommentPrivate, CommentVersion):
        names = [field.attname for field in model._meta.concrete_fields if field.attname not in OF_THE_WRITE]
        rows[model.__name__] = sorted(map(str, model.objects.values_list(*names)))
    return rows


@pytest.mark.parametrize("seed", range(3 * TIMES))
def test_deciding_then_undoing_restores_every_row(
    api, as_moderator, open_article, replied, moderator, decided, undo, seed
) -> None:
    """On random threads with tombstones, waiting edits and every situation: decide, undo, compare."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable walk, no secret
    done: list[Any] = []
    for step in range(14):
        above = [
            item.comment for item in done if Comment.objects.get(pk=item.comment.pk).state == "published"
        ]
        to = chance.choice([*above, None])
        done.append(replied(open_article, f"reply {step}", to=to, policy=chance.choice(["publish", "hold"])))
        some = chance.choice(done)
        comment = Comment.objects.get(pk=some.comment.pk)
        if comment.state == "published" and chance.random() < 0.5:
            tag = own(some.token) | {"If-Match": comment.etag}
            api.patch(f"/api/v1/my/comments/{comment.pk}", {"text": "Call me, 555 0100 1234."}, headers=tag)
        elif ways := TRANSITIONS[comment.state]:
            decided(comment, chance.choice(list(ways)), moderator)
    before, shown = standing(), api.get(thread_url(open_article)).json()
    for item in done:
        comment = Comment.objects.select_related("private").get(pk=item.comment.pk)
        seen = api.get(f"/api/v1/my/comments/{comment.pk}", headers=own(item.token)).json()
        for way in TRANSITIONS[situation(comment.state, waits=comment.private.queue == "waiting")]:
            decided(comment, way, moderator, reason="hurtful")
            decision = Decision.objects.filter(comment=comment).latest("id")
            assert undo(as_moderator, comment, decision.pk).status_code == 201
            assert standing() == before, way
            assert api.get(thread_url(open_article)).json() == shown
        comment.refresh_from_db()
        assert api.get(f"/api/v1/my/comments/{comment.pk}", headers=own(item.token)).json() == seen


def test_it_is_logged_like_a_decision_and_told_to_readers(
    api, as_moderator, article, replied, decide, undo
) -> None:
    comment = replied(article, policy="hold").comment
    made = decide(as_moderator, comment, "publish")
    answer = undo(as_moderator, comment, made.json()["id"], note="The wrong button.")
    said = answer.json()
    assert (said["decision"], said["old_state"], said["new_state"]) == ("undo", "published", "held")
    assert (said["undoes"], said["decided_by"], said["note"]) == (
        made.json()["id"],
        "moderator",
        "The wrong button.",
    )
    assert api.get(f"/api/v1/comments/{comment.pk}").status_code == 404
    comment.refresh_from_db()
    assert answer["ETag"] == comment.etag
    first, second = as_moderator.get(f"/api/v1/editorial/comments/{comment.pk}/decisions").json()["results"][
        1:
    ]
    assert (first["undone_by"], first["undo_until"], second["undo_until"]) == (said["id"], None, None)
    assert Change.objects.latest("id").type == "comment.removed"
    assert AuditEntry.objects.filter(verb="comment.undo", actor__username="moderator").count() == 1


class TestWhatCannotBeUndone:
    def refused(self, answer: Any, why: str) -> None:
        assert (answer.status_code, answer.json().get("code")) == (409, "not_undoable"), answer.json()
        assert answer.json()["why"] == why

    def test_anything_but_the_latest(self, as_moderator, article, replied, decide, undo) -> None:
        comment = replied(article, policy="hold").comment
        gate = Decision.objects.get(comment=comment)
        self.refused(undo(as_moderator, comment, gate.pk), "nothing_to_go_back_to")
        first = decide(as_moderator, comment, "hold").json()["id"]
        second = decide(as_moderator, comment, "publish").json()["id"]
        self.refused(undo(as_moderator, comment, first), "not_the_latest")
        undone = undo(as_moderator, comment, second).json()["id"]
        self.refused(undo(as_moderator, comment, second), "not_the_latest")
        self.refused(undo(as_moderator, comment, undone), "nothing_to_go_back_to")

    def test_what_its_author_edited_or_erased_since(
        self, api, as_moderator, article, replied, decide, undo
    ) -> None:
        done = replied(article, policy="hold")
        comment, url = done.comment, f"/api/v1/my/comments/{done.comment.pk}"
        decision = decide(as_moderator, comment, "publish")
        headers = own(done.token) | {"If-Match": decision["ETag"]}
        api.patch(url, {"text": "Something else."}, headers=headers)
        self.refused(undo(as_moderator, comment, decision.json()["id"]), "edited")
        api.delete(url, headers=own(done.token))
        self.refused(undo(as_moderator, comment, decision.json()["id"]), "erased")
        comment.refresh_from_db()
        assert comment.state == "deleted"

    def test_what_is_long_ago(self, as_moderator, article, replied, decide, undo, travel, settings) -> None:
        comment = replied(article, policy="hold").comment
        decision = decide(as_moderator, comment, "publish").json()["id"]
        travel(settings.COMMENT_UNDO_WINDOW.total_seconds() + 2)
        self.refused(undo(as_moderator, comment, decision), "too_late")

    def test_a_decision_on_another_reply_or_read_before_the_last_write(
        self, as_moderator, article, replied, decide, undo
    ) -> None:
        comment, other = [replied(article, policy="hold").comment for _ in range(2)]
        decision = decide(as_moderator, comment, "publish").json()["id"]
        assert undo(as_moderator, other, decision).status_code == 404
        assert undo(as_moderator, comment, decision, tag='"v1-1"').status_code == 412
        url = f"/api/v1/editorial/comments/{comment.pk}/decisions/{decision}/undo"
        assert as_moderator.post(url).status_code == 428
        assert undo(as_moderator, comment, decision, reason="none").status_code == 422

    def test_what_somebody_else_is_reading(
        self, as_moderator, as_moderator2, article, replied, decide, undo
    ) -> None:
        comment = replied(article, policy="hold").comment
        decision = decide(as_moderator, comment, "hold").json()["id"]
        as_moderator2.post(f"/api/v1/editorial/comments/{comment.pk}/claim")
        assert undo(as_moderator, comment, decision).json()["code"] == "claimed"

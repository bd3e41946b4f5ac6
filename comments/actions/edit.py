"""An author's edit: a new version that passes the gate again, while the old text stays where it is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.conf import settings

from cms import audit, transactions
from cms.errors import WrongState
from cms.preconditions import IfMatch
from comments.actions import alerting, blocking, standing, threads
from comments.actions.writing import Draft, append_version, compose, words_of
from comments.models import Comment, CommentVersion, Decision

EDITABLE = ("held", "published")


def edit(*, comment_id: UUID, changes: Mapping[str, str], if_match: IfMatch, now: datetime) -> Comment:
    """Append a version with `changes` (fields of `Words`); nothing is written when nothing differs.

    Who may was judged before. Raises NotFound, PreconditionFailed, and WrongState (codes `edit_window_over`,
    `not_editable`).
    """
    return transactions.run(lambda: _edit(comment_id, changes, if_match, now))


def _edit(comment_id: UUID, changes: Mapping[str, str], if_match: IfMatch, now: datetime) -> Comment:
    at = standing.locked(comment_id)
    if_match.require_head(at.comment.etag)
    _require_editable(at.comment, now)
    latest = at.comment.versions.select_related("private").get(number=at.comment.last_version)
    words = replace(words_of(latest), **changes)
    if words == words_of(latest):
        return at.comment
    policy = threads.current_policy(at.comment.article_id).policy
    draft = compose(words, policy, comment_id, is_staff=at.comment.is_staff)
    draft = draft.held_for(*blocking.verdicts_on(at.comment.private.contact))
    version = append_version(at.comment, draft, now)
    _rule(at, version, draft, now)
    audit.record(
        verb="comment.edit",
        subject_type="comment",
        subject=comment_id,
        by=None,
        at=now,
        detail={"version": version.number},
    )
    alerting.raise_for(draft.ruling.grade, now)
    at.tell(now)
    return at.comment


def _require_editable(comment: Comment, now: datetime) -> None:
    if comment.state not in EDITABLE:
        raise WrongState("This reply can no longer be edited.", code="not_editable", state=comment.state)
    if now >= comment.created_at + settings.COMMENT_EDIT_WINDOW:
        minutes = int(settings.COMMENT_EDIT_WINDOW.total_seconds() // 60)
        raise WrongState(
            f"A reply can be edited for {minutes} minutes. You can still delete it, at any time.",
            code="edit_window_over",
        )


def _rule(at: standing.Standing, version: CommentVersion, draft: Draft, now: datetime) -> None:
    """Only an edit of what is public, with nothing waiting, may appear at once: a held reply stays held."""
    comment, old_state = at.comment, at.comment.state
    comment.private.urgency = min(comment.private.urgency, 3 - draft.ruling.grade)
    comment.private.since = now
    redacted = Decision.objects.filter(comment=comment, decision="redact").exists()
    waits = draft.ruling.holds or redacted or old_state != "published" or comment.private.queue == "waiting"
    if waits:
        at.move(state=old_state, public_version=comment.public_version, waits=True)
    else:
        comment.versions.filter(state="public").update(state="superseded")
        version.state = "public"
        version.save(update_fields=["state"])
        at.move(state="published", public_version=version, waits=False)
    Decision.objects.create(
        comment=comment,
        version=version.number,
        decision="hold" if waits else "publish",
        old_state=old_state,
        new_state=comment.state,
        reason="needs_reading" if waits else "within_guidelines",
        rule=draft.ruling.first_rule,
        at=now,
    )

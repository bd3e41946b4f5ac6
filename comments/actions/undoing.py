"""Undoing the latest decision: back to exactly the state, versions, counts and visibility that were before it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from cms import audit, transactions
from cms.errors import NotFound, WrongState
from cms.models import User
from cms.preconditions import IfMatch
from comments.actions import care, claims, standing
from comments.models import Comment, CommentVersion, Decision, DecisionNote

Basis = dict[str, Any]
"""What `Decision.before` holds."""


def undo(
    *, comment_id: UUID, decision_id: UUID, note: str, if_match: IfMatch, by: User, now: datetime
) -> Decision:
    """Take a person's decision back, and log that like a decision; returns the log's row.

    Raises NotFound, PreconditionFailed, and WrongState (codes `claimed`, `not_undoable`).
    """
    return transactions.run(lambda: _undo(comment_id, decision_id, note, if_match, by, now))


def basis_of(comment: Comment) -> Basis:
    """How things stand, for a later undo."""
    return {
        "waits": comment.private.queue == "waiting",
        "public": comment.public_version.number if comment.public_version else None,
        "versions": {str(number): state for number, state in comment.versions.values_list("number", "state")},
    }


def _undo(
    comment_id: UUID, decision_id: UUID, note: str, if_match: IfMatch, by: User, now: datetime
) -> Decision:
    at = standing.locked(comment_id)
    comment = at.comment
    if_match.require(comment.etag)
    claims.require_free(comment, by=by, now=now)
    undone, before = _undoable(comment, decision_id, now)
    state = comment.state
    public = _write_versions(comment, before)
    at.move(state=undone.old_state, public_version=public, waits=before["waits"])
    logged = _log(undone, state, note, by, now)
    care.undone(at, undone, logged)
    audit.record(
        verb="comment.undo",
        subject_type="comment",
        subject=comment.id,
        by=by,
        at=now,
        detail={"version": undone.version, "old": state, "new": comment.state, "decision": str(undone.pk)},
    )
    at.tell(now)
    return logged


def _undoable(comment: Comment, decision_id: UUID, now: datetime) -> tuple[Decision, Basis]:
    """The decision, locked with its comment, and what to go back to. Raises NotFound, WrongState."""
    decision = Decision.objects.filter(comment=comment, pk=decision_id).first()
    if decision is None:
        raise NotFound("There is no such decision on this reply.")
    latest = Decision.objects.filter(comment=comment).order_by("-id").values_list("pk", flat=True).first()
    if comment.state == "deleted" or _are_erased(comment, decision.before or {}):
        raise _refused("The words of this reply are erased: nothing brings them back.", "erased")
    if decision.version != comment.last_version:
        raise _refused("Its author has edited the reply since. Decide on the new text.", "edited")
    if decision.pk != latest:
        raise _refused("Only the latest decision can be undone.", "not_the_latest")
    if decision.before is None:
        raise _refused(
            "Only a person's decision can be undone; decide anew instead.", "nothing_to_go_back_to"
        )
    if now > decision.at + settings.COMMENT_UNDO_WINDOW:
        raise _refused("It is too late to undo this; decide anew instead.", "too_late")
    return decision, decision.before


def _are_erased(comment: Comment, before: Basis) -> bool:
    """Whether words that would be read again, by readers or by moderators, are gone."""
    states = before.get("versions", {})
    shown = [int(number) for number, state in states.items() if state in ("public", "pending")]
    return comment.versions.filter(number__in=shown, erased_at__isnull=False).exists()


def _refused(sentence: str, why: str) -> WrongState:
    return WrongState(sentence, code="not_undoable", why=why)


def _write_versions(comment: Comment, before: Basis) -> CommentVersion | None:
    """Each version in its earlier state; returns the one that readers see again.

    All go by `superseded`, for two are never public, nor pending, at any moment.
    """
    versions = {row.number: row for row in comment.versions.all()}
    moved = [row for row in versions.values() if row.state != before["versions"][str(row.number)]]
    comment.versions.filter(pk__in=[row.pk for row in moved]).update(state="superseded")
    for row in moved:
        comment.versions.filter(pk=row.pk).update(state=before["versions"][str(row.number)])
    return versions[before["public"]] if before["public"] else None


def _log(undone: Decision, state: str, note: str, by: User, now: datetime) -> Decision:
    logged = Decision.objects.create(
        comment=undone.comment,
        version=undone.version,
        decision="undo",
        old_state=state,
        new_state=undone.old_state,
        reason="other",
        decided_by=by,
        at=now,
        undoes=undone,
    )
    if note:
        DecisionNote.objects.create(decision=logged, text=note)
    return logged

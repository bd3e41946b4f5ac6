"""A moderator's decision: bound to the version that was read, logged with who, when, old, new and why."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cms import audit, transactions
from cms.errors import WrongState
from cms.models import User
from cms.preconditions import IfMatch
from comments.actions import care, claims, exposure, standing, undoing
from comments.models import Comment, CommentVersion, Decision, DecisionNote
from comments.transitions import EDITED, TRANSITIONS, situation


@dataclass(frozen=True)
class Ruling:
    """What a moderator decides about which version, and why. `reason` is a code of `comments.wording.REASONS`."""

    decision: str
    version: int
    reason: str
    note: str = ""


def decide(*, comment_id: UUID, ruling: Ruling, if_match: IfMatch, by: User, now: datetime) -> Decision:
    """Apply a decision and log it. It ends the claim on the reply.

    Raises NotFound, PreconditionFailed when anything was written since `by` read it, and WrongState (codes
    `claimed`, `version_changed`, `decision_not_possible`, `appeal_needs_another`).
    """
    return transactions.run(lambda: _decide(comment_id, ruling, if_match, by, now))


def _decide(comment_id: UUID, ruling: Ruling, if_match: IfMatch, by: User, now: datetime) -> Decision:
    at = standing.locked(comment_id)
    if_match.require(at.comment.etag)
    return rule(at, ruling, by, now)


def decide_among_many(*, comment_id: UUID, ruling: Ruling, by: User, now: datetime) -> Decision:
    """One of several decisions sent together, bound to its version alone. Nothing that was graded is decided so.

    Raises NotFound and WrongState (codes as of `decide`, and `needs_reading_alone`).
    """
    return transactions.run(lambda: _decide_among_many(comment_id, ruling, by, now))


def _decide_among_many(comment_id: UUID, ruling: Ruling, by: User, now: datetime) -> Decision:
    at = standing.locked(comment_id)
    if at.comment.private.grade != "none":
        raise WrongState(
            "This reply speaks of self-harm: open it, and decide on it alone.", code="needs_reading_alone"
        )
    return rule(at, ruling, by, now)


def rule(at: standing.Standing, ruling: Ruling, by: User, now: datetime) -> Decision:
    """Judge and write a decision on a reply whose lock is held. Raises WrongState as `decide` does."""
    comment = at.comment
    claims.require_free(comment, by=by, now=now)
    _require_latest(comment, ruling.version)
    _require_words(comment)
    care.require_somebody_else(comment, by)
    old_state = comment.state
    now_is = situation(old_state, waits=comment.private.queue == "waiting")
    new_state = _next(now_is, ruling.decision)
    before = undoing.basis_of(comment)
    public_version = _write_versions(comment, now_is, ruling.decision)
    at.move(state=new_state, public_version=public_version, waits=ruling.decision == "hold")
    claims.end(comment)
    exposure.decided(comment_id=comment.pk, by=by, now=now)
    decision = _write_decision(comment, ruling, old_state, before, by, now)
    care.answered_by(at, decision)
    audit.record(
        verb=f"comment.{ruling.decision}",
        subject_type="comment",
        subject=comment.id,
        by=by,
        at=now,
        detail={"version": ruling.version, "old": old_state, "new": new_state, "reason": ruling.reason},
    )
    at.tell(now)
    return decision


def _require_latest(comment: Comment, version: int) -> None:
    if version != comment.last_version:
        raise WrongState(
            f"The reply has another version by now: {comment.last_version}. Read it, then decide.",
            code="version_changed",
            latest_version=comment.last_version,
        )


def _require_words(comment: Comment) -> None:
    """Words that were kept long enough are gone, and nothing can be decided on them any more."""
    latest = comment.versions.filter(number=comment.last_version, erased_at__isnull=False)
    if comment.state in ("rejected", "spam", "removed") and latest.exists():
        raise WrongState(
            "The words of this reply were kept long enough and are erased. Nothing can be decided on it.",
            code="decision_not_possible",
            allowed=[],
        )


def _next(now_is: str, decision: str) -> str:
    allowed = TRANSITIONS[now_is]
    if decision not in allowed:
        possible = ", ".join(allowed) or "nothing"
        raise WrongState(
            f"A reply that is {now_is} cannot be decided so. Possible: {possible}.",
            code="decision_not_possible",
            allowed=list(allowed),
        )
    return allowed[decision]


def _write_versions(comment: Comment, now_is: str, decision: str) -> CommentVersion | None:
    """Move the versions, and return the one that readers see from now on."""
    versions = comment.versions
    if (now_is, decision) == ("published", "publish"):
        return comment.public_version
    latest = versions.filter(number=comment.last_version)
    if decision == "publish":
        versions.filter(state="public").update(state="superseded")
        latest.update(state="public")
        return latest.get()
    if decision in ("spam", "remove"):
        versions.filter(state__in=("pending", "public")).update(state="refused")
        return None
    latest.update(state="pending" if decision == "hold" else "refused")
    return comment.public_version if now_is == EDITED else None


def _write_decision(
    comment: Comment, ruling: Ruling, old_state: str, before: undoing.Basis, by: User, now: datetime
) -> Decision:
    decision = Decision.objects.create(
        comment=comment,
        version=ruling.version,
        decision=ruling.decision,
        old_state=old_state,
        new_state=comment.state,
        reason=ruling.reason,
        decided_by=by,
        at=now,
        before=before,
    )
    if ruling.note:
        DecisionNote.objects.create(decision=decision, text=ruling.note)
    return decision

"""Handing a reply to somebody who can do more, and recording what was done. The open ones come first in the queue."""

from datetime import datetime
from uuid import UUID

from cms import audit, transactions
from cms.errors import NotFound, WrongState
from cms.models import User
from cms.preconditions import IfMatch
from comments.actions import care, standing
from comments.models import Escalation


def escalate(*, comment_id: UUID, to: str, note: str, by: User, now: datetime) -> Escalation:
    """Open an escalation. Raises NotFound, and WrongState for a reply that was erased."""
    return transactions.run(lambda: _escalate(comment_id, to, note, by, now))


def _escalate(comment_id: UUID, to: str, note: str, by: User, now: datetime) -> Escalation:
    at = standing.locked(comment_id)
    care.require_not_erased(at.comment)
    row = Escalation.objects.create(comment=at.comment, to=to, note=note, opened_by=by, opened_at=now)
    at.count(now=now, escalations=1)
    _audit("comment.escalate", row, by, now)
    return row


def settle(
    *, comment_id: UUID, escalation_id: UUID, done: str, if_match: IfMatch, by: User, now: datetime
) -> Escalation:
    """Close an escalation by recording what was done; of an erased reply only that something was.

    Raises NotFound, PreconditionFailed, and WrongState (code `escalation_closed`).
    """
    return transactions.run(lambda: _settle(comment_id, escalation_id, done, if_match, by, now))


def _settle(
    comment_id: UUID, escalation_id: UUID, done: str, if_match: IfMatch, by: User, now: datetime
) -> Escalation:
    at = standing.locked(comment_id)
    row = Escalation.objects.select_related("opened_by").filter(pk=escalation_id, comment=at.comment).first()
    if row is None:
        raise NotFound("This reply has no such escalation.")
    if_match.require(at.comment.etag)
    if row.closed_at is not None:
        raise WrongState("It was recorded already what was done.", code="escalation_closed")
    row.comment = at.comment
    row.done = "" if at.comment.state == "deleted" else done
    row.closed_by, row.closed_at = by, now
    row.save(update_fields=["done", "closed_by", "closed_at"])
    at.count(now=now, escalations=-1)
    _audit("comment.escalation_close", row, by, now)
    return row


def _audit(verb: str, row: Escalation, by: User, now: datetime) -> None:
    detail = {"escalation": str(row.pk)}
    audit.record(verb=verb, subject_type="comment", subject=row.comment_id, by=by, at=now, detail=detail)

"""The author's own choice whether their reply may be answered. It concerns new answers; those that are there stay."""

from datetime import datetime
from uuid import UUID

from cms import audit, transactions
from cms.preconditions import IfMatch
from comments.actions import care, standing
from comments.actions.standing import Event
from comments.models import Comment


def allow_replies(*, comment_id: UUID, allowed: bool, if_match: IfMatch, now: datetime) -> Comment:
    """Open or close a reply to answers. Who may was judged before.

    Raises NotFound, PreconditionFailed, and WrongState for an erased reply.
    """
    return transactions.run(lambda: _allow(comment_id, allowed, if_match, now))


def _allow(comment_id: UUID, allowed: bool, if_match: IfMatch, now: datetime) -> Comment:
    at = standing.locked(comment_id)
    comment = at.comment
    if_match.require_head(comment.etag)
    care.require_not_erased(comment)
    if comment.allows_replies == allowed:
        return comment
    comment.allows_replies = allowed
    comment.save(update_fields=["allows_replies"])
    at.touch()
    if comment.public_version is not None:
        at.events.append(Event("comment.updated", comment.pk, comment.public_version.number))
    audit.record(
        verb="comment.allow_replies",
        subject_type="comment",
        subject=comment_id,
        by=None,
        at=now,
        detail={"allowed": allowed},
    )
    at.tell(now)
    return comment

"""Labels: which kinds of hard content a reply holds, as the gate found or a moderator says.

They are private, and are erased with the reply.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from cms import audit, transactions
from cms.errors import WrongState
from cms.models import User
from cms.preconditions import IfMatch
from comments.actions import standing
from comments.models import Comment, CommentLabel


def set_labels(
    *, comment_id: UUID, kinds: Collection[str], if_match: IfMatch, by: User, now: datetime
) -> Comment:
    """Make `kinds` exactly the labels of a reply. Nothing is written when they are that already.

    Raises NotFound, PreconditionFailed, and WrongState (code `wrong_state`) for an erased reply.
    """
    return transactions.run(lambda: _set(comment_id, set(kinds), if_match, by, now))


def by_the_gate(comment: Comment, kinds: Iterable[str]) -> None:
    """What the gate finds in a new version replaces what it found before; what moderators said stays.

    Call it inside a transaction.
    """
    if comment.last_version > 1:
        CommentLabel.objects.filter(comment=comment, by__isnull=True).delete()
    rows = [CommentLabel(comment=comment, kind=kind) for kind in kinds]
    if rows:
        CommentLabel.objects.bulk_create(rows, ignore_conflicts=True)


def _set(comment_id: UUID, kinds: set[str], if_match: IfMatch, by: User, now: datetime) -> Comment:
    at = standing.locked(comment_id)
    comment = at.comment
    if_match.require(comment.etag)
    if comment.state == "deleted":
        raise WrongState("Its author has erased this reply: there is nothing to label.")
    there = set(CommentLabel.objects.filter(comment=comment).values_list("kind", flat=True))
    if there == kinds:
        return comment
    CommentLabel.objects.filter(comment=comment, kind__in=there - kinds).delete()
    CommentLabel.objects.bulk_create(
        CommentLabel(comment=comment, kind=kind, by=by) for kind in sorted(kinds - there)
    )
    at.touch()
    audit.record(
        verb="comment.label",
        subject_type="comment",
        subject=comment_id,
        by=by,
        at=now,
        detail={"version": comment.last_version},
    )
    return comment

"""Words whose time is over: emptied as an erasure does, while the reply stays what it was decided to be."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cms import audit, transactions
from comments.actions import standing
from comments.actions.erase import erase_words


def expire_words(*, comment_id: UUID, still: QuerySet[Any], now: datetime) -> int:
    """Empty every version of a reply that is not public; 1 when done, 0 when `still` no longer holds its private row.

    Its author still learns that it was not published or was removed.
    """
    return transactions.run(lambda: _expire(comment_id, still, now))


def _expire(comment_id: UUID, still: QuerySet[Any], now: datetime) -> int:
    at = standing.locked(comment_id)
    if not still.filter(pk=comment_id).exists():
        return 0
    erase_words(at.comment, now)
    at.move(state=at.comment.state, public_version=None, waits=False)
    audit.record(verb="comment.expire", subject_type="comment", subject=comment_id, by=None, at=now)
    at.tell(now)
    return 1

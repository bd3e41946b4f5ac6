"""Erasing: unconditional, repeatable, final. What identifies the author and what they wrote is gone.

What goes is listed in `comments.personal`; the ledger (`comments.ledger`) is written before the erasure commits.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cms import audit, transactions
from cms.models import User
from comments import ledger, personal
from comments.actions import contacts, naming, standing
from comments.models import Comment, CommentVersion


def erase(*, comment_id: UUID, now: datetime, by: User | None = None) -> None:
    """Erase all that `comments.personal` lists of a reply; leave a tombstone. `by` is None for its author.

    Direct answers that name the author are listed for moderators (`comments.actions.naming`).
    Who may was judged before. Does nothing when it was done already. Raises NotFound, and Unavailable when the ledger
    cannot be written: then nothing is erased.
    """
    transactions.run(lambda: _erase(comment_id, now, by))


def _erase(comment_id: UUID, now: datetime, by: User | None) -> None:
    at = standing.locked(comment_id)
    if at.comment.state == "deleted":
        return
    answers = naming.list_answers_that_name(at.comment, now)
    erase_words(at.comment, now)
    contact = at.comment.private.contact
    forget_author(at.comment)
    at.move(state="deleted", public_version=None, waits=False)
    if contact is not None:
        contacts.forget_unless_needed(contact)
    detail = {"answers_listed": answers} if answers else None
    audit.record(
        verb="comment.erase", subject_type="comment", subject=comment_id, by=by, at=now, detail=detail
    )
    at.tell(now)
    ledger.write("comment", comment_id, now)


def erase_words(comment: Comment, now: datetime) -> None:
    """The words of every version, and what was written about them. Call it under the lock of `standing`."""
    for rows in personal.WITH_THE_REPLY:
        rows.of(comment.pk).delete()
    personal.HANDED_ON.of(comment.pk).update(**personal.NOTES)
    _set(comment, personal.CALLS)
    versions = CommentVersion.objects.filter(comment=comment)
    versions.filter(state__in=("pending", "public")).update(state="superseded")
    erase_versions(versions, now)


def erase_versions(versions: QuerySet[CommentVersion], now: datetime) -> None:
    """The words of some versions, none of them public or waiting."""
    for rows in personal.WITH_A_VERSION:
        rows.model._base_manager.filter(version__in=versions).delete()
    versions.filter(erased_at__isnull=True).update(**personal.WORDS, erased_at=now)


def forget_author(comment: Comment) -> None:
    _set(comment, personal.PERSON)


def _set(comment: Comment, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(comment.private, name, value)
    comment.private.save(update_fields=list(values))

"""Answers that call somebody by name who has erased their reply: listed for a moderator, by the instant alone."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from cms import audit, transactions
from cms.models import User
from cms.preconditions import IfMatch
from comments import naming
from comments.actions import standing
from comments.models import Comment, CommentPrivate, VersionPrivate

_AT_ONCE = 500


def list_answers_that_name(author_of: Comment, now: datetime) -> int:
    """List the direct answers whose latest or public text names whoever wrote a reply; how many there are.

    Call it under the lock of `standing`, while the reply's names are still there. The name itself is written nowhere.
    """
    forms = naming.forms_of(_names(author_of))
    named = _answers_with(author_of, forms) if forms else []
    for start in range(0, len(named), _AT_ONCE):
        some = named[start : start + _AT_ONCE]
        CommentPrivate.objects.filter(pk__in=some).update(names_erased_since=now)
        Comment.objects.filter(pk__in=some).update(sequence=F("sequence") + 1)
    return len(named)


def names_nobody(*, comment_id: UUID, if_match: IfMatch, by: User, now: datetime) -> Comment:
    """A moderator has read an answer that was listed, and it names nobody, or not any more.

    Nothing is written when it is not listed. Raises NotFound and PreconditionFailed.
    """
    return transactions.run(lambda: _names_nobody(comment_id, if_match, by, now))


def _names_nobody(comment_id: UUID, if_match: IfMatch, by: User, now: datetime) -> Comment:
    at = standing.locked(comment_id)
    if_match.require(at.comment.etag)
    private = at.comment.private
    if private.names_erased_since is None:
        return at.comment
    private.names_erased_since = None
    private.save(update_fields=["names_erased_since"])
    at.touch()
    detail = {"version": at.comment.last_version}
    audit.record(
        verb="comment.names_nobody", subject_type="comment", subject=comment_id, by=by, at=now, detail=detail
    )
    return at.comment


def _names(comment: Comment) -> set[str]:
    """As typed and as shown, of every version that still has its words."""
    rows = comment.versions.filter(erased_at__isnull=True)
    pairs = rows.values_list("private__author_name", "public_name")
    return {name for pair in pairs for name in pair if name}


def _answers_with(parent: Comment, forms: Sequence[str]) -> list[UUID]:
    """Ids of the direct answers that say one of the forms, read some hundreds at a time."""
    texts = VersionPrivate.objects.filter(
        Q(version__number=F("version__comment__last_version")) | Q(version__state="public"),
        version__comment__parent=parent,
    )
    rows = texts.values_list("version__comment_id", "folded").iterator(chunk_size=_AT_ONCE)
    return sorted({comment_id for comment_id, folded in rows if naming.is_said(forms, folded)})

"""What every new reply begins with, whoever writes it: its place in the thread, and the gate's ruling in the log."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from cms.errors import FieldError, InvalidContent, WrongState
from cms.prepared import insert
from comments import paths
from comments.models import Comment, Decision, Thread


def place(
    thread: Thread, parent_id: UUID | None, now: datetime, *, is_staff: bool, allows_replies: bool
) -> Comment:
    """A new comment at the end of its parent's replies, or of the thread, which is locked; not yet stored.

    Raises WrongState (codes `parent_not_public`, `parent_closed`) and InvalidContent for a parent that is not one of
    this article's replies or lies too deep.
    """
    parent = _parent(thread, parent_id) if parent_id else None
    if parent is None:
        thread.last_root += 1
        path = paths.root(thread.last_root)
    else:
        path = paths.child(bytes(parent.path), parent.last_child + 1)
        Comment.objects.filter(pk=parent.pk).update(last_child=F("last_child") + 1)
    return Comment(
        article_id=thread.article_id,
        parent=parent,
        path=path,
        newest=paths.newest(path),
        depth=paths.levels(path) - 1,
        last_version=1,
        is_staff=is_staff,
        allows_replies=allows_replies,
        created_at=now,
    )


def log_ruling(comment: Comment, rule: str, now: datetime) -> None:
    """The gate's own ruling, logged like a moderator's. `gate` and `trust` published; every other rule held."""
    appears = comment.visible
    decision = Decision(
        comment=comment,
        version=comment.last_version,
        decision="publish" if appears else "hold",
        old_state="held",
        new_state=comment.state,
        reason="within_guidelines" if appears else "needs_reading",
        rule=rule,
        at=now,
    )
    insert(decision)


def _parent(thread: Thread, parent_id: UUID) -> Comment:
    """Resolved through the article: a reply of another article does not exist here, nor does one never public."""
    parent = Comment.objects.filter(pk=parent_id, article_id=thread.article_id, visible=True).first()
    if parent is None:
        raise _bad_parent(
            "parent_not_found", "Among this article's public replies there is none with this id."
        )
    if parent.state != "published":
        raise WrongState(
            "The reply that this one answers is no longer public. Answer another, or the article itself.",
            code="parent_not_public",
        )
    if not parent.allows_replies:
        raise WrongState(
            "The author of this reply takes no answers to it. Answer another, or the article itself.",
            code="parent_closed",
        )
    if paths.levels(bytes(parent.path)) >= paths.MAX_LEVELS:
        raise _bad_parent(
            "thread_too_deep", "This thread is as deep as it may be. Answer an earlier reply in it."
        )
    return parent


def _bad_parent(code: str, detail: str) -> InvalidContent:
    return InvalidContent(detail, errors=(FieldError(code, detail, pointer="/parent"),))

"""Threads: their one row, their lock, and the policy that comes from the article's publication."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from articles.reading import readable_article
from articles.rendering.times import rfc3339
from cms.errors import Gone, LegallyUnavailable, NotFound, WrongState
from cms.prepared import PreparedQuery
from comments.models import Thread
from comments.policies import Policy, policy_of

__all__ = ["Policy", "current_policy", "locked", "policy_of", "require_open", "set_policy"]


def current_policy(article_id: UUID) -> Policy:
    """The policy of what is public now; when nothing is, new words wait for a person."""
    try:
        return policy_of(readable_article(str(article_id), locale=None))
    except (NotFound, Gone, LegallyUnavailable):
        return Policy()


def locked(article_id: UUID) -> Thread:
    """The thread's row, made when there is none, locked until the transaction ends."""
    if thread := _LOCKED.one(Thread, article_id=article_id):
        return thread
    Thread.objects.bulk_create([Thread(article_id=article_id)], ignore_conflicts=True)
    return _locking(article_id).get()


def _locking(article_id: UUID) -> QuerySet:
    return Thread.objects.select_for_update(of=("self",)).filter(pk=article_id)


_LOCKED = PreparedQuery(_locking, {"article_id": UUID(int=1)})


def set_policy(article_id: UUID, policy: str, closes_at: datetime | None) -> Thread:
    """Write the policy down. Call it inside a transaction."""
    thread = locked(article_id)
    if (thread.policy, thread.closes_at) != (policy, closes_at):
        thread.policy, thread.closes_at = policy, closes_at
        thread.save(update_fields=["policy", "closes_at"])
    return thread


def require_open(thread: Thread, now: datetime) -> None:
    """Raises WrongState (code `comments_closed`)."""
    if thread.is_closed(now):
        raise WrongState(
            "Replies to this article are closed. Your text was not stored; nothing else was changed.",
            code="comments_closed",
            closes_at=rfc3339(thread.closes_at) if thread.closes_at else None,
        )

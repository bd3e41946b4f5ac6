"""Answering as the site: somebody who works here replies under their public byline, or in the site's own name.

No address is kept and no author's token is given: the desk removes and redacts such an answer like any other reply.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cms import audit, transactions
from cms.models import User
from comments.actions import alerting, beginning, threads
from comments.actions.standing import Standing
from comments.actions.writing import Draft, write_version
from comments.models import Comment, CommentPrivate, CommentVersion


@dataclass(frozen=True)
class SiteAnswer:
    """What is answered, where, and as whom: `answer_as` is for the audit, which tells who wrote it."""

    article_id: UUID
    policy: threads.Policy
    parent_id: UUID | None
    draft: Draft
    answer_as: str


def answer(given: SiteAnswer, *, by: User, now: datetime) -> CommentVersion:
    """Store an answer of the site's and, when nothing holds it, publish it; gives its first version.

    A thread that is closed to readers takes it all the same.
    Raises WrongState (codes `parent_not_public`, `parent_closed`) and InvalidContent for a parent that is not one of
    this article's replies or lies too deep.
    """
    return transactions.joined(lambda: _answer(given, by, now))


def _answer(given: SiteAnswer, by: User, now: datetime) -> CommentVersion:
    draft, policy = given.draft, given.policy
    thread = threads.set_policy(given.article_id, policy.policy, policy.closes_at)
    comment = beginning.place(thread, given.parent_id, now, is_staff=True, allows_replies=True)
    waits = draft.ruling.holds
    at = Standing(comment, thread)
    at.begin(_private(comment, draft, now), waits=waits)
    version = write_version(comment, draft, "pending" if waits else "public", now)
    if not waits:
        at.appear(version)
    beginning.log_ruling(comment, draft.ruling.first_rule, now)
    detail = {"version": 1, "answer_as": given.answer_as}
    audit.record(
        verb="comment.answer", subject_type="comment", subject=comment.pk, by=by, at=now, detail=detail
    )
    alerting.raise_for(draft.ruling.grade, now)
    at.tell(now)
    return version


def _private(comment: Comment, draft: Draft, now: datetime) -> CommentPrivate:
    """Of whoever writes here nothing is kept with the reply. No token has an empty digest."""
    return CommentPrivate(
        comment=comment,
        article_id=comment.article_id,
        author_token_sha256="",
        urgency=3 - draft.ruling.grade,
        since=now,
    )
